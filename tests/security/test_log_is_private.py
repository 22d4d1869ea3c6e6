"""Nothing that everybody can read of moderation tells who reported, an address, or what is not shown."""

import re
from types import SimpleNamespace

import pytest
from django.utils import timezone

from exchange.boards.models import Post, Thread
from exchange.moderation import actions
from exchange.moderation.actions.frame import note_of
from exchange.moderation.models import Appeal
from exchange.moderation.queries import ACTS, APPEALS, LANGUAGES, ROLES
from exchange.moderation.targets import of_post
from exchange.safety.models import Edition, Watch
from tests.cast import make_rules, open_thread, person, reply
from tests.moderation.entries import PUBLIC, make

# What stands nowhere: each is a word of its own, so that finding it means that it leaked.
CANARIES = {
    "reporter": "quietreporter",
    "report": "Reportcanary",
    "appeal": "Appealcanary",
    "answer": "Answercanary",
    "case note": "Casenotecanary",
    "hidden post": "Hiddencanary",
    "hidden title": "Titlecanary",
    "held post": "Heldcanary",
    "erased post's note": "Erasedcanary",
    "note of a warning because of it": "Warnedcanary",
    "watched word": "Watchcanary",
    "closed board": "Closedcanary",
    "post that was erased": "Lawcanary",
    "an address": "@example.org",
}


@pytest.fixture
def everything(thread, welcome, members_board, mei, tom, lin, staff, flat):
    rules = make_rules()
    reporter = person(CANARIES["reporter"], reads=["en"])
    bad = reply(tom, thread, "Hiddencanary, and more words that nobody shall read.")
    case = actions.report(
        reporter=reporter, target=of_post(bad), rule=rules["spam"], note="Reportcanary"
    ).case
    actions.write_note(moderator=lin, case=case, words="Casenotecanary")
    hidden = actions.hide(moderator=lin, post=bad, rule=rules["spam"], note="广告。")
    gone = open_thread(tom, welcome, title="Titlecanary", title_other="", body="Hiddencanary.")
    actions.hide(moderator=lin, post=gone.posts.get(), rule=rules["scam"])
    held = open_thread(tom, welcome, title="Heldcanary", title_other="", body="Heldcanary, too.")
    actions.pin(moderator=lin, thread=held, rule=rules["other"])
    now = timezone.now()
    Thread.objects.filter(pk=held.pk).update(held_at=now)
    Post.objects.filter(thread=held).update(held_at=now)
    closed = open_thread(tom, members_board, title="Closedcanary", title_other="")
    actions.lock(moderator=lin, thread=closed, rule=rules["other"], note="Closedcanary")
    Watch.objects.create(
        sort="word", kind="flag", text="Watchcanary", rule=rules["spam"], active_at=now
    )
    Appeal.objects.create(
        decision=hidden,
        by=tom,
        words=note_of("Appealcanary", tom, "moderation"),
        decided_at=now,
        decided_by=staff,
        upheld=False,
        answer=note_of("Answercanary", staff, "moderation"),
    )
    erased = actions.hide(moderator=lin, post=reply(mei, thread), rule=rules["minors"])
    by_law = reply(tom, thread, "Lawcanary.")
    case = actions.report(reporter=reporter, target=of_post(by_law), rule=rules["hate"]).case
    actions.warn(moderator=lin, person=tom, rule=rules["hate"], note="Warnedcanary", case=case)
    actions.erase(moderator=staff, post=by_law, rule=rules["hate"])
    Edition.objects.create(number=1, rules=[])
    things = {
        "thread": thread,
        "other": gone,
        "post": bad,
        "person": mei,
        "by": lin,
        "rule": rules["spam"],
        "item": flat,
        "decision": erased,
    }
    nothing = SimpleNamespace(pk=1)
    for verb in PUBLIC:
        made = things | {"figure": nothing, "translation": nothing, "correction": nothing}
        make(verb, world=made, note="Erasedcanary" if verb == "post.erased" else None)


def addresses(client):
    """Every page and file about moderation that a stranger can open, with each choice of the log."""
    for language in ("en", "zh-hans"):
        at = f"/{language}"
        yield from (f"{at}/moderation/{page}" for page in ("transparency/", "transparency.csv"))
        yield from (f"{at}/rules/", f"{at}/rules/1/", f"/feeds/moderation/{language}/")
        log = f"{at}/moderation/log/"
        yield from (f"{log}?act={act}" for act in ACTS)
        yield from (f"{log}?by={role}" for role in ROLES)
        yield from (f"{log}?appeal={how}" for how in APPEALS)
        yield from (f"{log}?language={code}" for code in LANGUAGES)
        yield from (f"{log}?{query}" for query in ("board=rent", "board=welcome", "rule=spam"))
        yield f"{log}?month={timezone.localdate():%Y-%m}"
        page = log
        while page:
            yield page
            html = client.get(page).content.decode()
            if language == "en":
                yield from (f"{log}{pk}/" for pk in re.findall(r'id="entry-(\d+)"', html))
            older = re.search(r'rel="next" href="(\?before=\d+)"', html)
            page = f"{log}{older[1]}" if older else ""


def test_a_stranger_finds_nothing_private_on_any_page(everything, client):
    asked = 0
    for address in addresses(client):
        answer = client.get(address)
        assert answer.status_code == 200, address
        asked += 1
        text = answer.content.decode()
        found = [what for what, canary in CANARIES.items() if canary in text]
        assert found == [], f"{address} tells {found}"
    assert asked > 100
