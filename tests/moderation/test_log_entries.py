"""Each public act has a line that everybody can read, in both languages."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import override

from exchange.languages import actions as languages
from exchange.ledger.actions import record
from exchange.ledger.verbs import VERBS
from exchange.moderation import actions, queries
from exchange.moderation.actions.frame import decided, note_of
from exchange.moderation.models import Appeal
from exchange.moderation.queries import ACTS, Choice
from exchange.moderation.queries.log_filters import verbs_of
from tests.cast import figure_of, open_thread, reply

from .entries import PUBLIC, make


@pytest.fixture
def things(thread, welcome, mei, tom, lin, rules, flat):
    post = reply(mei, thread, entries=[figure_of(flat)])
    half = languages.propose(
        by=tom, passage=post.passage, language="en", body="A third? Me too.", from_version=1
    )
    languages.accept(by=lin, proposal=half)
    correction = languages.offer(
        by=tom,
        passage=post.passage,
        place=0,
        corrected="三分之一？我也一样。",
        reason="",
        from_version=1,
    )
    return {
        "thread": thread,
        "other": open_thread(tom, welcome, title="Elsewhere", title_other=""),
        "post": post,
        "person": mei,
        "by": lin,
        "rule": rules["spam"],
        "item": flat,
        "figure": post.passage.entries.get(),
        "translation": post.passage.translations.get(kind="member"),
        "correction": correction,
        "decision": actions.hide(moderator=lin, post=reply(mei, thread), rule=rules["spam"]),
    }


def lines(client, language="en", query=""):
    html = client.get(f"/{language}/moderation/log/{query}").content.decode()
    rows = re.findall(r'<li class="row" id="entry-(\d+)">(.*?)</li>', html, re.DOTALL)
    return {int(pk): " ".join(strip_tags(row).split()) for pk, row in rows}


def test_every_public_verb_has_a_line_in_both_languages(things, client):
    made = {verb: make(verb, world=things) for verb in PUBLIC}
    for language in ("en", "zh-hans"):
        found = lines(client, language) | lines(client, language, f"?before={made[PUBLIC[20]].pk}")
        with override(language):
            for verb, event in made.items():
                line = found[event.pk]
                assert str(VERBS[verb].label) in line, verb
                assert "lin" in line, verb
                assert ("spam" in line) == bool(event.reason), verb


def test_three_entries_of_a_verb_ask_no_more_than_one(things, nobody, django_assert_num_queries):
    """As many as an evening brings: no page may ask more for more of them."""
    queries.page(nobody, Choice())  # the rules are kept from now on
    for verb in PUBLIC:
        make(verb, world=things)
        with CaptureQueriesContext(connection) as one:
            queries.page(nobody, Choice(), size=1)
        make(verb, world=things)
        make(verb, world=things)
        with django_assert_num_queries(len(one), info=verb):
            found, _more = queries.page(nobody, Choice(), size=3)
        assert [entry.event.verb for entry in found] == [verb] * 3


# Each kind of thing that an entry can be about.
OF_EACH_KIND = (
    *("post.hidden", "thread.split", "thread.moved", "translation.removed", "correction.removed"),
    *("passage.language_named", "figure.excluded", "item.retired", "person.silenced"),
    *("appeal.upheld", "log.annotated", "board.opened", "moderator.appointed"),
)


def test_the_whole_page_asks_a_fixed_number_of_queries(things, client, django_assert_num_queries):
    for verb in OF_EACH_KIND:
        make(verb, world=things)
    client.get("/en/moderation/log/")
    with django_assert_num_queries(24):
        client.get("/en/moderation/log/")
    for verb in OF_EACH_KIND * 2:
        make(verb, world=things)
    with django_assert_num_queries(24):
        client.get("/en/moderation/log/")


def test_every_public_verb_is_of_one_kind():
    kinds = {act: set(verbs_of(act)) for act in ACTS}
    assert sorted(verb for verbs in kinds.values() for verb in verbs) == sorted(PUBLIC)


def test_a_sanction_says_until_when(things, client):
    event = make("person.silenced", world=things)
    assert "until Dec. 24, 2026" in lines(client)[event.pk]
    assert "2026年12月24日" in lines(client, "zh-hans")[event.pk]


def test_a_sanction_without_an_end_says_so(things, lin, mei, rules, client):
    name = f"user.{mei.pk}"
    until = int(datetime(9999, 1, 1, tzinfo=UTC).timestamp())
    about = {"scope": name, "target": name, "rule": rules["scam"], "until": until}
    found = decided("person.suspended", by=lin, person=mei, **about)
    assert "for good" in lines(client)[found.event_id]
    assert "9999" not in lines(client)[found.event_id]


@pytest.mark.parametrize("verb", ["thread.split", "thread.merged", "thread.parted"])
def test_where_posts_went_is_named_with_its_address(verb, things, client):
    make(verb, world=things)
    page = client.get("/en/moderation/log/?act=threads").content.decode()
    assert "→" in page and f'href="/en/threads/{things["other"].pk}/"' in page
    assert "Elsewhere" in page


def test_where_posts_went_is_not_named_to_who_may_not_read_there(
    things, members_board, tom, client, log_in
):
    things["other"] = open_thread(tom, members_board, title="Only for us", title_other="")
    make("thread.split", world=things)
    assert "Only for us" not in client.get("/en/moderation/log/").content.decode()
    assert "Only for us" in log_in(tom).get("/en/moderation/log/").content.decode()


def test_a_text_under_a_post_leads_to_the_post(things, client):
    for verb in ("translation.removed", "correction.removed"):
        make(verb, world=things)
        page = client.get("/en/moderation/log/?act=texts").content.decode()
        assert f'href="/en/posts/{things["post"].pk}/"' in page


def test_a_switch_is_named(things, client):
    event = make("switch.on", world=things)
    assert "what members post waits for a look" in lines(client)[event.pk]
    other = record("switch.off", actor=None, scope="switch", target="switch.sign_up_proof")
    assert "the operator switched off" in lines(client)[other.pk]
    assert "注册时须证明是真人" in lines(client, "zh-hans")[other.pk]


def test_a_new_edition_leads_to_it(things, client):
    make("rules.published", world=things)
    assert 'href="/en/rules/1/"' in client.get("/en/moderation/log/").content.decode()


def test_an_act_and_what_took_it_back_lead_to_each_other(thread, lin, rules, client):
    lock = actions.lock(moderator=lin, thread=thread, rule=rules["other"])
    back = actions.undo(moderator=lin, decision=lock)
    found = lines(client)
    assert "Taken back later" in found[lock.event_id]
    assert "Takes back an earlier act" in found[back.event_id]
    page = client.get(f"/en/moderation/log/{lock.event_id}/").content.decode()
    assert f"/en/moderation/log/{back.event_id}/" in page


@pytest.mark.parametrize(
    ("upheld", "said"),
    [(None, "An appeal waits"), (True, "Appeal upheld"), (False, "Appeal turned down")],
)
def test_the_outcome_of_an_appeal_is_told_without_its_words(upheld, said, things, mei, client):
    made = {"decided_at": timezone.now(), "upheld": upheld} if upheld is not None else {}
    words = note_of("Canary words of an appeal", mei, "moderation")
    Appeal.objects.create(decision=things["decision"], by=mei, words=words, **made)
    found = lines(client)[things["decision"].event_id]
    assert said in found and "Canary" not in found


def test_the_note_of_an_erasing_is_not_shown(things, client):
    event = make("post.erased", world=things)
    assert event.data["note"]
    found = lines(client)[event.pk]
    assert "erased a post for good" in found and "Said of" not in found


def test_who_acted_is_told_by_name_or_by_role(things, settings, staff, board_moderator, client):
    event = make("post.restored", world=things)
    assert lines(client)[event.pk].startswith("lin restored a post")
    settings.LOG_NAMES = "roles"
    assert lines(client)[event.pk].startswith("a moderator of the site restored a post")
    assert ">lin<" not in client.get("/en/moderation/log/").content.decode()
    for by, said in [(staff, "one of the staff"), (board_moderator, "a moderator of a board")]:
        found = make("post.hidden", world=things | {"by": by})
        assert lines(client)[found.pk].startswith(said)


def test_where_moderators_are_not_named_nobody_reads_who_became_one(things, settings, client):
    event = make("moderator.appointed", world=things)
    assert lines(client)[event.pk].startswith("mei became a moderator")
    settings.LOG_NAMES = "roles"
    assert lines(client)[event.pk].startswith("a member became a moderator")


def test_who_was_a_moderator_then_is_told_as_that(things, settings, lin, client):
    settings.LOG_NAMES = "roles"
    event = make("post.restored", world=things)
    actions.dismiss(by=None, person=lin, role="moderator")
    assert lines(client)[event.pk].startswith("a moderator of that time")
