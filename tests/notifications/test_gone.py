"""Who reported what its author deleted hears that, and nothing of the author or the words."""

from collections.abc import Callable
from typing import Any

import pytest

from exchange.boards import actions as boards
from exchange.boards.models import Post
from exchange.languages import actions as languages
from exchange.ledger.models import Bookmark, Event
from exchange.moderation import actions as moderation
from exchange.moderation.consumer import consumer as desk
from exchange.moderation.models import Case
from exchange.moderation.targets import find
from exchange.notifications.models import Letter, Notification
from tests.cast import picture, pictured, reply

from .test_telling import hear, report, told

pytestmark = pytest.mark.django_db

SAID = {
    "en": ("What you reported was deleted", "Its author deleted what you reported."),
    "zh-hans": ("你举报的内容已删除", "你举报的内容已被作者删除。"),
    "zh-hant": ("你檢舉的內容已刪除", "你檢舉的內容已被作者刪除。"),
}
WITH_ITS_POST = {
    "en": "It stood under a post that its author deleted.",
    "zh-hans": "它所在的帖子已被作者删除。",
    "zh-hant": "它所在的貼文已被作者刪除。",
}


@pytest.fixture
def post(mei: Any, thread: Any) -> Post:
    return reply(mei, thread, "加我微信。", pictures=[pictured(picture(mei, "#abc"))])


@pytest.fixture
def delete(mei: Any, post: Post) -> Callable[[], None]:
    """What the author does, and then the background."""

    def deleted() -> None:
        boards.delete(author=mei, post=Post.objects.get(pk=post.pk))
        desk().round()
        hear(0)

    return deleted


@pytest.mark.parametrize("language", SAID)
def test_reporters_hear_that_its_author_deleted_it(
    language, mei, tom, sam, lin, post, rules, delete
):
    report(tom, post, rules)
    report(sam, post, rules)
    delete()
    title, body = SAID[language]
    for reporter, other in ((tom, sam), (sam, tom)):
        (line,) = told(reporter, language)
        assert line.title == title and line.body.startswith(body) and line.link == ""
        for private in (mei.username, other.username, "微信", "spam"):
            assert private not in line.title + line.body
    assert told(mei) == told(lin) == [] and not Letter.objects.exists()


@pytest.mark.parametrize("language", SAID)
def test_it_stands_on_their_page_of_notices(language, mei, tom, post, rules, delete, log_in):
    report(tom, post, rules)
    delete()
    html = log_in(tom).get(f"/{language}/notifications/").content.decode()
    assert all(part in html for part in SAID[language])
    assert "mei" not in html and "微信" not in html


def test_who_does_not_want_to_hear_of_reports_does_not(tom, post, rules, delete):
    type(tom).objects.filter(pk=tom.pk).update(hears_outcomes=False)
    report(tom, post, rules)
    delete()
    assert told(tom) == []


def test_the_same_event_twice_tells_once(tom, post, rules, delete):
    report(tom, post, rules)
    delete()
    Bookmark.objects.update(position=0)
    desk().round()
    hear(0)
    assert len(told(tom)) == 1


def test_who_reported_the_post_and_its_picture_hears_it_once(tom, sam, post, rules, delete):
    report(tom, post, rules)
    shown = find(f"picture.{post.passage.uploads.get().pk}")
    for reporter in (tom, sam):
        moderation.report(reporter=reporter, target=shown, rule=rules["spam"])
    assert Case.objects.count() == 2
    delete()
    assert len(told(tom)) == len(told(sam)) == 1


@pytest.mark.parametrize("language", WITH_ITS_POST)
def test_of_what_another_wrote_under_it_nobody_reads_that_its_author_deleted_it(
    language, mei, tom, sam, lin, post, rules, delete
):
    half = languages.propose(
        by=tom, passage=post.passage, language="en", body="Add me.", from_version=1
    )
    target = find(f"proposal.{half.pk}")
    for reporter in (sam, mei):
        moderation.report(reporter=reporter, target=target, rule=rules["spam"])
    delete()
    (line,) = told(sam, language)
    assert line.title == SAID[language][0] and line.body.startswith(WITH_ITS_POST[language])
    assert told(mei) == told(tom) == []  # she deleted it herself


def test_what_was_decided_before_is_not_told_again(tom, lin, post, rules, delete):
    moderation.dismiss_case(moderator=lin, case=report(tom, post, rules).case)
    hear()
    delete()
    assert [line.title for line in told(tom)] == ["We looked at what you reported"]


def test_a_case_that_a_moderator_closes_tells_nobody_by_itself(tom, lin, post, rules):
    report(tom, post, rules)
    moderation.hide(moderator=lin, post=post, rule=rules["spam"])
    hear()
    closed = Event.objects.get(verb="case.closed")
    assert not Notification.objects.filter(event=closed).exists()
    assert len(told(tom)) == 1


def test_of_what_was_hidden_for_now_they_hear_it_too(tom, lin, post, rules, delete):
    case = report(tom, post, rules).case
    moderation.hide_for_now(moderator=lin, case=case, version=1, post=post, rule=rules["spam"])
    delete()
    hear()
    assert [line.title for line in told(tom)] == [SAID["en"][0]]
