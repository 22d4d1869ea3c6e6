"""Where no moderator reads a text's language: it is hidden for now, and a member is asked."""

import re

import pytest

from exchange.boards import actions as boards
from exchange.boards.models import Moderator, Post
from exchange.languages import actions as languages
from exchange.languages.actions import Draft
from exchange.languages.models import Passage
from exchange.ledger.models import Event
from exchange.moderation import actions, queries
from exchange.moderation.models import Case, Decision, Flag, ReaderRequest
from tests import cast
from tests.cast import reply

pytestmark = pytest.mark.django_db


@pytest.fixture
def ed(db):
    """A moderator who reads no Chinese."""
    person = cast.person("ed", reads=["en"])
    Moderator.objects.create(user=person, board=None)
    return person


@pytest.fixture
def post(thread, mei):
    return reply(mei, thread, "一句不该说的话")


@pytest.fixture
def case(post, case_of):
    return case_of(post)


@pytest.fixture
def helper(db):
    """A member who offered to read, and reads Chinese."""
    return cast.person("hua", reads=["zh-hans"], reads_for_moderators=True)


def page_of(case):
    return f"/en/moderation/cases/{case.pk}/"


def test_nobody_is_punished_by_who_cannot_read_the_words(post, case, ed, lin, log_in, fields_of):
    browser = log_in(ed)
    html = browser.get(page_of(case)).content.decode()
    assert "nobody is punished for what a machine" in html and "Hide it for now" in html
    assert f"/en/posts/{post.pk}/hiding/?case" not in html
    assert "On duty now, and reads it:" in html and "lin</bdi>" in html
    hiding = fields_of(case, reason="spam")
    assert browser.post(f"/en/posts/{post.pk}/hiding/", hiding).status_code == 403


def test_hidden_for_now_it_waits_with_its_case_open(post, case, ed, log_in, fields_of):
    browser, address = log_in(ed), f"{page_of(case)}waiting/"
    assert browser.get(address, fields_of(case)).status_code == 200
    assert browser.post(address, fields_of(case, reason="")).status_code == 422
    answer = browser.post(address, fields_of(case, reason="spam"))
    assert answer["Location"] == page_of(case)
    case.refresh_from_db()
    assert case.awaits_reader and case.closed_at is None and Flag.objects.get().closed_at is None
    assert Post.objects.get(pk=post.pk).hidden_at
    assert Decision.objects.get().case == case
    again = browser.post(address, fields_of(case, reason="spam"), follow=True)
    assert "done already" in again.content.decode()
    assert Event.objects.filter(verb="post.hidden").count() == 1


@pytest.mark.parametrize(
    ("stays", "verbs"), [(True, ["post.hidden"] * 2), (False, ["post.hidden", "post.restored"])]
)
def test_who_reads_it_decides_whether_it_stays_hidden(
    stays, verbs, post, case, ed, lin, rules, log_in, fields_of
):
    actions.hide_for_now(moderator=ed, case=case, version=1, post=post, rule=rules["spam"])
    browser = log_in(lin)
    if stays:
        form = browser.get(f"/en/posts/{post.pk}/hiding/", fields_of(case)).content.decode()
        assert "Hide this post" in form
        browser.post(f"/en/posts/{post.pk}/hiding/", fields_of(case, reason="spam"))
    else:
        browser.post(f"{page_of(case)}decision/", fields_of(case))
    case.refresh_from_db()
    assert case.closed_at and not case.awaits_reader
    assert Flag.objects.get().heeded is stays
    assert bool(Post.objects.get(pk=post.pk).hidden_at) is stays
    assert list(Decision.objects.order_by("id").values_list("verb", flat=True)) == verbs


def test_only_who_offered_and_reads_it_is_asked(
    post, case, thread, mei, tom, lin, ed, helper, case_of, log_in
):
    for number, fields in enumerate(
        [{"reads": ["en"], "reads_for_moderators": True}, {"reads": ["zh-hans"]}]
    ):
        cast.person(f"other{number}", **fields)
    for person in (mei, tom, lin):  # who wrote it, who reported it, who moderates
        person.reads_for_moderators, person.reads = True, ["zh-hans", "en"]
        person.save()
    assert queries.willing_readers(case) == [helper]
    browser = log_in(ed)
    browser.post(f"{page_of(case)}readers/", {"reader": tom.pk})
    assert not ReaderRequest.objects.exists()
    browser.post(f"{page_of(case)}readers/", {"reader": helper.pk})
    assert ReaderRequest.objects.get().reader == helper
    asked = Event.objects.get(verb="reader.asked")
    assert (asked.actor, asked.data["person"], asked.public) == (ed, helper.pk, False)
    assert queries.willing_readers(case) == []


def test_a_reader_sees_the_text_alone_and_tells_what_it_says(
    post, case, ed, helper, tom, log_in, client
):
    asked = actions.ask(moderator=ed, case=case, reader=helper)
    address = f"/en/moderation/readings/{asked.pk}/"
    assert client.get(address).status_code == 403
    assert log_in(tom).get(address).status_code == 404
    assert log_in(ed).get(address).status_code == 404
    browser = log_in(helper)
    html = browser.get(address).content.decode()
    assert "一句不该说的话" in html and "tom" not in html and "mei" not in html
    assert browser.get(page_of(case)).status_code == 404
    wrong = browser.post(address, {"note": "It says hello", "opinion": ""})
    assert wrong.status_code == 422 and "It says hello" in wrong.content.decode()
    browser.post(address, {"note": "It is a quotation", "opinion": "fine"})
    html = log_in(ed).get(page_of(case)).content.decode()
    assert "It is a quotation" in html and "It breaks no rule" in html
    answered = Event.objects.get(verb="reader.answered")
    assert "quotation" not in str(answered.data) and not answered.public
    browser.post(address, {"note": "Better: a proverb", "opinion": "unsure"})
    assert ReaderRequest.objects.get().words.body == "Better: a proverb"


def test_the_role_ends_with_the_case(post, case, ed, lin, helper, log_in):
    asked = actions.ask(moderator=ed, case=case, reader=helper)
    browser = log_in(helper)
    assert str(asked.pk) in browser.get("/en/moderation/readings/").content.decode()
    actions.dismiss_case(moderator=lin, case=case)
    address = f"/en/moderation/readings/{asked.pk}/"
    assert browser.get(address).status_code == 404
    answer = browser.post(address, {"note": "Too late", "opinion": "fine"})
    assert answer.status_code == 404 and not Passage.objects.filter(body="Too late").exists()
    assert "Nothing to read." in browser.get("/en/moderation/readings/").content.decode()


def test_what_was_said_of_a_deleted_post_is_gone_with_it(
    post, mei, tom, ed, helper, rules, case_of, log_in, follow
):
    case = case_of(post, note="He wrote wordzorp")
    actions.write_note(moderator=ed, case=case, words="Again wordzorp")
    asked = actions.ask(moderator=ed, case=case, reader=helper)
    actions.answer(request=asked, opinion="breaks", words="It says wordzorp")
    boards.delete(author=mei, post=Post.objects.get(pk=post.pk))
    assert log_in(helper).get(f"/en/moderation/readings/{asked.pk}/").status_code == 404
    follow()
    assert not Passage.objects.filter(body__contains="wordzorp").exists()
    assert Case.objects.get(pk=case.pk).closed_at
    assert "一句不该" not in log_in(ed).get(page_of(case)).content.decode()


def test_a_case_goes_to_those_who_read_what_it_is_written_in_now(
    post, case, mei, ed, lin, helper, log_in, follow, fields_of
):
    """Edited into another language, or said by its author to be in another."""
    boards.edit(author=mei, post=post, draft=Draft("These are English words now."), from_version=1)
    follow()
    case.refresh_from_db()
    assert (case.language, case.version) == ("en", 1)  # whoever read the Chinese is asked again
    assert queries.willing_readers(case) == []
    assert log_in(ed).get(f"/en/moderation/cases/{case.pk}/").status_code == 200
    post.refresh_from_db()
    languages.name_language(
        by=mei, passage=post.passage, language="zh-hans", counts_as=Passage.Source.AUTHOR
    )
    follow()
    case.refresh_from_db()
    assert case.language == "zh-hans" and queries.willing_readers(case) == [helper]


def test_who_cannot_read_the_words_of_now_punishes_nobody_for_them(
    mei, thread, ed, case_of, log_in, fields_of
):
    post = reply(mei, thread, "Some English words that were reported.")
    case = case_of(post)
    boards.edit(author=mei, post=post, draft=Draft("现在是中文了，谁看得懂？"), from_version=1)
    sent = fields_of(case, reason="spam") | {"version": 2}
    for noun, more in (
        ("warning", {}),
        ("silence", {"length": "1"}),
        ("suspension", {"length": "7"}),
    ):
        address = f"/en/people/{mei.username}/{noun}/"
        assert log_in(ed).post(address, sent | more).status_code == 403
    assert not Decision.objects.exists()


def test_an_answer_says_when_it_was_about_other_words(post, case, mei, lin, helper, log_in):
    asked = actions.ask(moderator=lin, case=case, reader=helper)
    page = f"/en/moderation/readings/{asked.pk}/"
    browser = log_in(helper)
    version = re.findall(r'name="version" value="(\d+)"', browser.get(page).content.decode())
    assert version == ["1"]
    sent = {"note": "Nothing bad.", "opinion": "fine", "version": "1"}
    assert browser.post(page, sent).status_code == 302
    desk = log_in(lin)
    assert "about an earlier version" not in desk.get(page_of(case)).content.decode()
    boards.edit(author=mei, post=post, draft=Draft("换成了别的话"), from_version=1)
    assert "about an earlier version" in desk.get(page_of(case)).content.decode()
    chinese = desk.get(f"/zh-hans/moderation/cases/{case.pk}/").content.decode()
    assert "针对的是修改前的版本" in chinese
