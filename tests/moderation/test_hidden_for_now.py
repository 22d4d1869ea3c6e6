"""What is hidden until somebody who reads it has looked is told as that, and as no verdict, everywhere."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override

from exchange.boards import actions as boards
from exchange.boards.fragments import public_forms
from exchange.boards.models import Moderator, Post
from exchange.languages.models import Passage
from exchange.ledger.models import Event
from exchange.moderation import actions, queries
from exchange.moderation.models import Case, Decision
from exchange.moderation.notices import notice
from exchange.moderation.presenting import sentence
from tests.cast import person, reply
from tests.moderation.test_bursts import JOBS, wave
from tests.moderation.test_notices import RULE
from tests.moderation.test_previews import shown
from tests.notifications.test_telling import hear, told

pytestmark = pytest.mark.django_db

LANGUAGES = ("en", "zh-hans", "zh-hant")
TITLE = {
    "en": "Your post is hidden for now",
    "zh-hans": "你的帖子已暂时隐藏",
    "zh-hant": "你的貼文已暫時隱藏",
}
DECIDED = {
    "en": "Your post was hidden",
    "zh-hans": "你的帖子被隐藏了",
    "zh-hant": "你的貼文被隱藏了",
}
UNTIL = {
    "en": "until somebody who reads its language has looked at it",
    "zh-hans": "等懂这种语言的人看过再定",
    "zh-hant": "等懂這種語言的人看過再定",
}
IN_QUESTION = {"en": "Rule in question:", "zh-hans": "涉及规则：", "zh-hant": "涉及規則："}
NUMBERED = {
    "en": "The rule in question is house rule 4: No advertising.",
    "zh-hans": "涉及的是站规第 4 条：不发广告。",
    "zh-hant": "涉及的是站規第 4 條：不發廣告。",
}
# What only a verdict says.
VERDICT = re.compile(
    "[Tt]he reason|Reason:|broke|[Bb]reach|依据|依據|理由|原因|违反|違反|认定|認定"
)
STUB = {
    "en": "This post is hidden until somebody who reads its language has looked at it.",
    "zh-hans": "这个帖子暂时隐藏，等懂这种语言的人看过再定。",
    "zh-hant": "這則貼文暫時隱藏，等懂這種語言的人看過再定。",
}
STUB_DECIDED = {
    "en": "A moderator hid this post.",
    "zh-hans": "这个帖子已被管理员隐藏。",
    "zh-hant": "這則貼文已被管理員隱藏。",
}


@pytest.fixture
def ed(db: Any) -> Any:
    """A moderator who reads no Chinese."""
    ed = person("ed", reads=["en"])
    Moderator.objects.create(user=ed, board=None)
    return ed


@pytest.fixture
def post(thread: Any, mei: Any) -> Post:
    return reply(mei, thread, "一句不该说的话")


@pytest.fixture
def case(post: Post, case_of: Any) -> Case:
    return case_of(post)


@pytest.fixture
def hidden(post: Post, case: Case, ed: Any, rules: Any) -> Decision:
    made = actions.hide_for_now(moderator=ed, case=case, version=1, post=post, rule=rules["spam"])
    assert made
    return made


def titles(person: Any, language: str = "en") -> list[str]:
    return [line.title for line in told(person, language)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_says_that_nothing_is_decided_yet(language: str) -> None:
    said = notice("post.hidden", rule=RULE, language=language, for_now=True)
    assert said.title == TITLE[language]
    assert UNTIL[language] in said.body and NUMBERED[language] in said.body
    assert not VERDICT.search(said.title + said.body)
    decided = notice("post.hidden", rule=RULE, language=language)
    assert decided.title == DECIDED[language] and VERDICT.search(decided.body)
    assert UNTIL[language] not in decided.body


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stays", [True, False])
def test_the_author_hears_first_that_it_waits_and_then_what_was_decided(
    stays, language, hidden, post, case, mei, tom, lin, rules, log_in
):
    assert hidden.event.data["for_now"] == 1
    hear()
    assert titles(mei, language) == [TITLE[language]]
    (line,) = told(mei, language)
    rule = {"en": "Rule spam", "zh-hans": "规则 spam", "zh-hant": "規則 spam"}[language]
    assert rule in line.body and not VERDICT.search(line.body)
    html = log_in(mei).get(line.link).content.decode()
    assert TITLE[language] in html and DECIDED[language] not in html
    assert titles(tom) == []
    if stays:
        actions.hide(moderator=lin, post=post, rule=rules["spam"])
        then = DECIDED[language]
    else:
        actions.leave(moderator=lin, case=Case.objects.get())
        then = {
            "en": "Your post is shown again",
            "zh-hans": "你的帖子已恢复显示",
            "zh-hant": "你的貼文已恢復顯示",
        }[language]
    hear()
    assert titles(mei, language) == [then, TITLE[language]]
    outcome = "The post that you reported was hidden" if stays else "We looked at what you reported"
    assert titles(tom) == [outcome]


def test_who_reported_what_its_author_deleted_hears_of_no_verdict(hidden, post, mei, tom, follow):
    """Not even where all that happened at once."""
    boards.delete(author=mei, post=Post.objects.get(pk=post.pk))
    follow()
    hear()
    assert "The post that you reported was hidden" not in titles(tom)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_preview_is_what_is_told(language, case, ed, fields_of, log_in):
    address = f"/{language}/moderation/cases/{case.pk}/waiting/"
    html = log_in(ed).get(address, fields_of(case)).content.decode()
    assert ("zh-Hans", TITLE["zh-hans"]) in shown(html)
    assert UNTIL[language] in html
    assert not {title for _language, title in shown(html)} & set(DECIDED.values())


def test_of_a_wave_each_author_is_shown_what_they_will_be_told(thread, rules, ed, log_in):
    posts = wave(thread, 3, text=JOBS)
    address = f"/en/moderation/bursts/{posts[0].pk}/"
    browser = log_in(ed)
    assert shown(browser.get(address).content.decode()) == [("en", TITLE["en"])]
    Passage.objects.filter(pk=posts[0].passage_id).update(language="en")
    html = browser.get(address).content.decode()
    assert set(shown(html)) == {("en", TITLE["en"]), ("en", DECIDED["en"])}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_log_tells_the_one_from_the_other(
    language, hidden, post, lin, rules, nobody, client, log_in
):
    later = actions.hide(moderator=lin, post=post, rule=rules["spam"])
    html = client.get(f"/{language}/moderation/log/").content.decode()
    rows = dict(re.findall(r'<li class="row" id="entry-(\d+)">(.*?)</li>', html, re.DOTALL))
    for_now, decided = rows[str(hidden.event_id)], rows[str(later.event_id)]
    assert UNTIL[language] in for_now and UNTIL[language] not in decided
    assert IN_QUESTION[language] in for_now and IN_QUESTION[language] not in decided
    assert VERDICT.search(decided) and not VERDICT.search(for_now)
    assert "#rule-spam" in for_now
    with override(language):
        assert UNTIL[language] in sentence(queries.entry(nobody, hidden.event_id))
        assert UNTIL[language] not in sentence(queries.entry(nobody, later.event_id))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_line_in_its_place_says_which_and_is_another_once_it_is_decided(
    language, hidden, post, thread, mei, lin, rules, client, log_in
):
    address = f"/{language}/threads/{thread.pk}/"
    for browser in (client, log_in(mei)):
        html = browser.get(address).content.decode()
        assert STUB[language] in html and STUB_DECIDED[language] not in html
        assert IN_QUESTION[language] in html
    assert "一句不该说的话" not in client.get(address).content.decode()
    actions.hide(moderator=lin, post=post, rule=rules["spam"])
    for browser in (client, log_in(mei)):
        html = browser.get(address).content.decode()
        assert STUB_DECIDED[language] in html and STUB[language] not in html
        assert IN_QUESTION[language] not in html


def test_the_line_asks_no_query_more(
    hidden, post, thread, mei, lin, rules, django_assert_num_queries
):
    public_forms([post], "en")  # the rules are kept from now on
    shown_again = Post.objects.select_related("passage", "author").get(pk=post.pk)
    with django_assert_num_queries(1):  # why it is hidden
        assert STUB["zh-hans"] in public_forms([shown_again], "zh-hans")[post.pk].decode()
    actions.hide(moderator=lin, post=shown_again, rule=rules["spam"])
    decided = Post.objects.select_related("passage", "author").get(pk=post.pk)
    with django_assert_num_queries(1):
        assert STUB_DECIDED["en"] in public_forms([decided], "en")[post.pk].decode()


def test_what_a_wave_hides_unread_is_told_the_same(thread, rules, ed):
    posts = wave(thread, text=JOBS)
    unread = {one.pk for one in posts[1:]}
    actions.end_burst(moderator=ed, posts=posts, rule=rules["spam"], unread=unread)
    found = {event.target: event.for_now for event in Event.objects.filter(verb="post.hidden")}
    assert found == {one.target: one.pk in unread for one in posts}


@pytest.mark.parametrize("verb", ["person.warned", "person.silenced"])
def test_a_warning_leaves_it_to_be_decided_and_is_given_once(
    verb, thread, mei, lin, rules, case_of
):
    """Else the line in its place would say for ever that somebody will look."""
    post = reply(mei, thread, "一句不该说的话")
    case = case_of(post)
    actions.hide_for_now(moderator=lin, case=case, version=1, post=post, rule=rules["spam"])
    given = {"moderator": lin, "person": mei, "rule": rules["spam"], "case": case}
    act = actions.warn
    if verb == "person.silenced":
        act, given = actions.silence, given | {"until": timezone.now() + timedelta(days=1)}
    decision = act(**given)
    assert decision is not None and decision.case == case
    assert act(**given) is None
    case.refresh_from_db()
    assert case.closed_at is None and case.awaits_reader
    assert actions.hide(moderator=lin, post=post, rule=rules["spam"])
    case.refresh_from_db()
    assert case.closed_at and not case.awaits_reader
