"""What people will be told stands on each page that decides, in their language and in the page's."""

import re
from typing import Any

import pytest

from exchange.boards import actions as boards
from exchange.boards.models import Post
from exchange.languages.actions import Draft
from exchange.moderation.actions import open_case
from exchange.moderation.models import Case, Decision
from exchange.moderation.targets import of_post
from tests.cast import person, picture, pictured, reply
from tests.moderation.test_bursts import SPAM, wave

pytestmark = pytest.mark.django_db

HIDDEN = {"en": "Your post was hidden", "zh-hans": "你的帖子被隐藏了"}
FOR_NOW = {"en": "Your post is hidden for now", "zh-hans": "你的帖子已暂时隐藏"}
PICTURE = {"en": "A picture of your post was hidden", "zh-hans": "你帖子里的一张图片被隐藏了"}
JSON = {"accept": "application/json"}


def shown(html: str) -> list[tuple[str, str]]:
    """The notices that a page shows: the language of each, and its title."""
    place = html[html.index("data-notices") :]
    place = place[: place.index("</section>")].partition("<template>")[0]
    return re.findall(r'<article class="sheet" lang="([^"]+)">.*?<h3>(.*?)</h3>', place, re.DOTALL)


@pytest.fixture
def post(thread, mei) -> Post:
    return reply(mei, thread, "加我微信。", pictures=[pictured(picture(mei, "#abc"))])


@pytest.fixture
def ed() -> Any:
    """A moderator who reads English alone."""
    from exchange.boards.models import Moderator

    ed = person("ed", reads=["en"])
    Moderator.objects.create(user=ed, board=None)
    return ed


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_hiding_a_picture_shows_the_notice_and_so_does_restoring_it(
    language, post, lin, rules, log_in
):
    upload = post.passage.uploads.get()
    browser, address = log_in(lin), f"/{language}/posts/{post.pk}/pictures/{upload.pk}/hiding/"
    html = browser.get(address).content.decode()
    both = [("zh-Hans", PICTURE["zh-hans"]), ("en", PICTURE["en"])]
    assert shown(html) == (both if language == "en" else both[:1])
    assert " data-told" in html and "data-no-rule" in html
    named = browser.post(address, {"reason": "spam", "preview": "1"})
    assert "规则 spam" in named.content.decode() and not Decision.objects.exists()
    browser.post(address, {"reason": "spam", "note": "广告"})
    assert Decision.objects.get().verb == "picture.hidden"
    html = browser.get(address).content.decode()
    assert ("zh-Hans", "你帖子里的一张图片已恢复显示") in shown(html)
    assert "data-no-rule" not in html  # it names none
    browser.post(address, {"reason": "other", "_method": "DELETE"})
    upload.refresh_from_db()
    assert upload.state == "shown"


def test_a_picture_s_case_is_decided_from_it_and_the_desk_goes_on(
    post, thread, mei, lin, rules, case_of, fields_of, log_in
):
    upload = post.passage.uploads.get()
    case = case_of(f"picture.{upload.pk}")
    following = case_of(reply(mei, thread, "下一句"))
    Case.objects.filter(pk=case.pk).update(score=500)
    browser, address = log_in(lin), f"/en/posts/{post.pk}/pictures/{upload.pk}/hiding/"
    form = browser.get(address, fields_of(case)).content.decode()
    assert "autofocus" in form and "规则 spam" in form
    answer = browser.post(address, fields_of(case, reason="spam"))
    assert answer["Location"] == f"/en/moderation/cases/{following.pk}/"


def test_hiding_for_now_shows_the_notice_and_stays_at_the_case(
    post, ed, case_of, fields_of, log_in
):
    case = case_of(post)
    browser, address = log_in(ed), f"/en/moderation/cases/{case.pk}/waiting/"
    html = browser.get(address, fields_of(case)).content.decode()
    assert shown(html) == [("zh-Hans", FOR_NOW["zh-hans"]), ("en", FOR_NOW["en"])]
    assert "until somebody who reads its language" in html and "autofocus" in html
    told = browser.post(address, fields_of(case, reason="hate", preview="1"), headers=JSON)
    assert [one["title"] for one in told.json()["notices"]] == [FOR_NOW["zh-hans"], FOR_NOW["en"]]
    assert "规则 hate" in told.json()["notices"][0]["body"] and not Decision.objects.exists()
    answer = browser.post(address, fields_of(case, reason="hate", queue="kind=held"))
    assert answer["Location"] == f"/en/moderation/cases/{case.pk}/?queue=kind%3Dheld"
    assert Case.objects.get(pk=case.pk).awaits_reader


def test_hiding_for_now_of_words_that_were_edited_asks_again(
    post, mei, ed, case_of, fields_of, log_in
):
    case = case_of(post)
    read = fields_of(case, reason="hate", note="我写的理由")
    boards.edit(author=mei, post=post, draft=Draft("现在是好话了"), from_version=1)
    answer = log_in(ed).post(f"/en/moderation/cases/{case.pk}/waiting/", read)
    html = answer.content.decode()
    assert answer.status_code == 409 and "现在是好话了" in html and "我写的理由" in html
    assert 'name="version" value="2"' in html


# Many at once


@pytest.fixture
def several(thread, mei, tom, sam, case_of) -> list[Case]:
    """Two posts in Chinese, one in English, and a picture."""
    first = reply(mei, thread, "第一句广告", pictures=[pictured(picture(mei, "#abc"))])
    posts = [first, reply(mei, thread, "第二句广告"), reply(tom, thread, "An advertisement")]
    names = [*posts, f"picture.{first.passage.uploads.get().pk}"]
    return [case_of(one, reporter=sam) for one in names]


def chosen(cases: list[Case]) -> list[str]:
    return [f"{case.pk}.1" for case in cases]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_of_many_cases_there_is_one_notice_for_each_language(language, several, lin, log_in):
    browser, address = log_in(lin), f"/{language}/moderation/bulk/"
    html = browser.get(address, {"case": chosen(several[:2]), "act": "hide"}).content.decode()
    both = [("zh-Hans", HIDDEN["zh-hans"]), ("en", HIDDEN["en"])]
    assert shown(html) == (both if language == "en" else both[:1])
    html = browser.get(address, {"case": chosen(several), "act": "hide"}).content.decode()
    assert sorted(shown(html)) == sorted(
        [*both, ("zh-Hans", PICTURE["zh-hans"])] + ([("en", PICTURE["en"])] * (language == "en"))
    )


def test_the_same_for_scripts_as_the_form_is_changed(several, lin, log_in):
    browser = log_in(lin)
    sent = {"case": chosen(several[:3]), "act": "hide", "reason": "hate", "preview": "1"}
    notices = browser.post("/en/moderation/bulk/", sent, headers=JSON).json()["notices"]
    one, other = sorted(notices, key=lambda told: told["language"], reverse=True)
    assert (one["language"], other["language"]) == ("zh-Hans", "en")
    assert one["name"] == "简体中文" and "规则 hate" in one["body"] and "Rule hate" in other["body"]
    sent |= {"act": "dismiss"}
    assert browser.post("/en/moderation/bulk/", sent, headers=JSON).json() == {"notices": []}
    assert not Decision.objects.exists()


def test_without_scripts_a_look_keeps_what_was_chosen_and_typed(several, lin, log_in):
    sent = {"case": chosen(several[:2]), "act": "hide", "reason": "hate", "note": "我写的理由"}
    browser = log_in(lin)
    html = browser.post("/en/moderation/bulk/", sent | {"preview": "1"}).content.decode()
    assert "规则 hate" in html and "我写的理由" in html and "This will decide 2 cases" in html
    assert 'value="hide" checked' in html and not Decision.objects.exists()
    assert re.search(r'<option value="hate" selected', html)
    html = browser.get("/en/moderation/bulk/", {"case": chosen(several), "act": "dismiss"})
    html = html.content.decode()
    assert shown(html) == [] and "The authors are not told of it." in html


def test_what_waited_and_is_let_through_is_told_to_its_author(thread, sam, lin, log_in):
    post = reply(sam, thread, "Cheap flats: https://spam.example/a")
    case = open_case(target=of_post(post), kind=Case.Kind.HELD)
    browser = log_in(lin)
    html = browser.get("/en/moderation/bulk/", {"case": [case.pk], "act": "dismiss"})
    assert shown(html.content.decode()) == [("en", "Your post is shown now")]


def test_of_what_is_left_out_nobody_is_told(several, mei, ed, log_in):
    """Ed reads no Chinese, so he can hide one of the three posts only."""
    html = log_in(ed).get("/zh-hans/moderation/bulk/", {"case": chosen(several[:3]), "act": "hide"})
    assert shown(html.content.decode()) == [
        ("en", HIDDEN["en"]),
        ("zh-Hans", HIDDEN["zh-hans"]),
    ]


def test_fifty_notices_cost_no_query_more(
    several, thread, mei, lin, case_of, sam, log_in, django_assert_num_queries
):
    browser = log_in(lin)
    asked = {"case": chosen(several[:1]), "act": "hide"}
    browser.get("/en/moderation/bulk/", asked)
    more = [case_of(reply(mei, thread, f"第{at}句"), reporter=sam) for at in range(5)]
    for cases in (several[:1], [*several[:1], *more]):
        with django_assert_num_queries(8):
            browser.get("/en/moderation/bulk/", {"case": chosen(cases), "act": "hide"})


# Waves


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_wave_shows_what_its_authors_are_told(language, thread, lin, rules, log_in):
    posts = wave(thread, 3)
    posts.append(reply(person("新人", newcomer=True, reads=["zh-hans"]), thread, SPAM.format(9)))
    browser, address = log_in(lin), f"/{language}/moderation/bursts/{posts[0].pk}/"
    html = browser.get(address).content.decode()
    assert shown(html) == [("en", HIDDEN["en"]), ("zh-Hans", HIDDEN["zh-hans"])]
    assert "规则 spam" in html and " data-told" in html


def test_it_also_shows_that_they_cannot_post_and_until_when(thread, lin, rules, log_in):
    posts = wave(thread)
    browser, address = log_in(lin), f"/en/moderation/bursts/{posts[0].pk}/"
    sent = {"posts": [post.pk for post in posts[1:]], "reason": "hate", "silence": "3"}
    sent |= {"note": "我写的理由", "preview": "1"}
    notices = browser.post(address, sent, headers=JSON).json()["notices"]
    assert [one["title"] for one in notices] == [HIDDEN["en"], "You cannot post for a time"]
    assert "It ends by itself on" in notices[1]["body"] and "Rule hate" in notices[1]["body"]
    assert "It ends by itself on" not in notices[0]["body"]
    html = browser.post(address, sent).content.decode()
    assert len(shown(html)) == 2 and "我写的理由" in html and not Decision.objects.exists()
    ticked = re.findall(r'name="posts" value="(\d+)" checked', html)
    assert ticked == [str(post.pk) for post in posts[1:]]
    assert re.search(r'<option value="3" selected', html)


def test_of_a_wave_of_which_nothing_is_ticked_nobody_is_told(thread, lin, rules, log_in):
    posts = wave(thread)
    sent = {"reason": "spam", "preview": "1"}
    address = f"/en/moderation/bursts/{posts[0].pk}/"
    assert log_in(lin).post(address, sent, headers=JSON).json() == {"notices": []}
    html = log_in(lin).post(address, sent)
    assert html.status_code == 200 and "not told" in html.content.decode()
