"""The pages of corrections: who may, what is shown, what bad input gets, and what they cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from exchange.boards import actions as boards
from exchange.boards import queries
from exchange.boards.models import Post, SavedDraft, Thread
from exchange.languages import actions
from exchange.languages.models import Correction, CorrectionMute, Passage
from exchange.ledger.models import Event
from exchange.moderation import actions as moderation
from exchange.passages import rules as may
from exchange.passages.queries import waiting
from tests.boards.test_budgets import BOOKKEEPING
from tests.cast import open_thread, person, reply

BODY = "I very like it. It is good."
OTHER = "我很喜欢。它很好。"
both = pytest.mark.parametrize("language", ["en", "zh-hans"])


@pytest.fixture
def post(mei, thread) -> Post:
    return reply(mei, thread, BODY, body_other=OTHER)


def offer(by, post: Post, corrected: str = "I really like it.", **more) -> Correction:
    passage = Passage.objects.get(pk=post.passage_id)
    more = {"place": 0, "from_version": passage.version} | more
    return actions.offer(by=by, passage=passage, corrected=corrected, **more)


def address(post: Post, rest: str = "", language: str = "en") -> str:
    return f"/{language}/passages/{post.passage_id}/correction/{rest}"


def form(**fields) -> dict:
    return {"sentence": "0", "version": "1", "corrected": "I really like it.", "why": ""} | fields


def body(response) -> str:
    return response.content.decode()


def test_asking_is_the_default_in_a_language_that_one_learns_and_a_choice_elsewhere(
    mei, tom, thread, log_in
):
    browser = log_in(mei)
    place = f"/en/threads/{thread.pk}/posts/"
    for words, choice, asks in (
        ("I learn this.", "", True),
        ("I learn this too.", "no", False),
        ("这是我的母语。", "", False),
        ("这也是我的母语。", "yes", True),
    ):
        browser.post(place, {"body": words, "corrections": choice})
        assert Passage.objects.get(body=words).wants_correction is asks
    refused = browser.post(place, {"body": "I learn.", "corrections": "perhaps"})
    assert refused.status_code == 422 and "I learn." in body(refused)


def test_the_form_for_an_edit_shows_what_was_chosen(mei, thread, log_in):
    for choice, shown in (("yes", ""), ("no", "no"), ("", "")):
        wanted = {"yes": True, "no": False}.get(choice)
        post = reply(mei, thread, f"In English ({choice}).", wants_correction=wanted)
        page = body(log_in(mei).get(f"/en/posts/{post.pk}/edit/"))
        assert f'<option value="{shown}" selected>' in page


def test_a_draft_and_a_log_in_keep_the_choice(mei, thread, log_in):
    browser = log_in(mei)
    typed = {"body": "Half a", "corrections": "no", "draft_version": "0"}
    browser.post(f"/en/threads/{thread.pk}/draft/", typed)
    assert SavedDraft.objects.get().fields == {"body": "Half a", "corrections": "no"}
    assert '<option value="no" selected>' in body(browser.get(f"/en/threads/{thread.pk}/"))
    stranger = log_in(None, csrf=True)
    asked = stranger.post(f"/en/threads/{thread.pk}/posts/", typed)
    assert 'name="kept.corrections" value="no"' in body(asked)


@both
def test_a_post_leads_there_and_says_how_many_there_are(language, post, mei, tom, client):
    thread = f"/{language}/threads/{post.thread_id}/"
    says = {"en": ("Correct", "1 correction"), "zh-hans": ("帮改", "1条修改建议")}[language]
    before = body(client.get(thread))
    assert f">{says[0]}</a>" in before and says[1] not in before
    offer(tom, post)
    assert f">{says[1]}</a>" in body(client.get(thread))
    assert post.thread.reply_count == queries.thread(mei, post.thread_id).reply_count


def test_a_text_that_does_not_ask_has_no_such_link(thread, client):
    assert "/correction/" not in body(client.get(f"/en/threads/{thread.pk}/"))


@both
def test_the_page_shows_the_difference_in_words_too(language, post, tom, sam, client):
    made = offer(tom, post, reason="这个词只修饰形容词。")
    offer(sam, post, "I like it a lot.")
    actions.thank(by=None, correction=made)
    page = body(client.get(address(post, language=language)))
    says = {"en": "taken out:", "zh-hans": "删去："}[language]
    html_lang = {"en": "en", "zh-hans": "zh-Hans"}[language]
    assert f'<del><span class="hush" lang="{html_lang}">{says} </span>very' in page
    assert "<ins>" in page and "我很喜欢。" in page
    assert 'lang="zh-Hans" dir="auto">这个词只修饰形容词。' in page
    assert page.count('class="proposal"') == 2
    assert {"en": "thanked 1 time", "zh-hans": "获谢1次"}[language] in page


def test_who_learns_the_language_may_try_first(post, mei, tom, sam, log_in):
    offer(tom, post)
    assert '<details class="more">' in body(log_in(mei).get(address(post)))
    assert '<details class="more">' not in body(log_in(sam).get(address(post)))
    learner = person("rosa", reads=["zh-hans"], learning=["en"])
    before = Event.objects.count(), Correction.objects.count()
    for browser in (log_in(mei), log_in(learner)):
        tried = browser.post(address(post), form(corrected="I am liking it.", **{"try": "1"}))
        page = body(tried)
        assert tried.status_code == 200 and "Your try, against it:" in page
        assert page.count('class="diff"') == 2 and "I am liking it." in page
        assert '<details class="more">' not in page
    assert (Event.objects.count(), Correction.objects.count()) == before


def test_a_correction_is_offered_and_taken_back(post, tom, log_in):
    browser = log_in(tom)
    sent = browser.post(address(post), form(why="短一点。"))
    assert (sent.status_code, sent["Location"]) == (302, address(post, "#sentence-1"))
    made = Correction.objects.get()
    assert (made.by, made.reason.body) == (tom, "短一点。")
    led = browser.get(address(post, f"{made.pk}/"))
    assert led["Location"] == address(post, f"#correction-{made.pk}")
    browser.post(address(post, f"{made.pk}/"), {"_method": "DELETE"})
    assert Correction.objects.get().withdrawn_at
    assert browser.get(address(post, f"{made.pk}/")).status_code == 404


def test_a_stranger_logs_in_first_and_finds_the_words_in_their_form(post, sam, log_in):
    stranger = log_in(None, csrf=True)
    asked = body(stranger.get(address(post, "?sentence=0")))
    assert 'name="corrected"' in asked and "csrfmiddlewaretoken" not in asked
    typed = form(corrected="I like that.", why="So we say.")
    answer = stranger.post(address(post), typed)
    assert answer.status_code == 403 and 'name="kept.corrected" value="I like that."' in body(
        answer
    )
    browser = log_in(sam)
    session = browser.session
    session["kept"] = {"path": address(post), "fields": typed}
    session.save()
    back = body(browser.get(address(post)))
    assert "I like that.</textarea>" in back and "Your text is back" in back


REFUSALS = {
    "not asked": may.NOT_ASKED,
    "muted": may.NOT_NOW,
    "own": may.OWN_TEXT,
    "locked": may.LOCKED,
}


@both
@pytest.mark.parametrize("why", list(REFUSALS))
def test_a_refusal_says_why_and_keeps_the_words(why, language, post, mei, tom, lin, log_in, rules):
    reason = REFUSALS[why]
    if why == "not asked":
        Passage.objects.filter(pk=post.passage_id).update(wants_correction=False)
    if why == "muted":
        actions.mute(author=mei, muted=tom)
    if why == "locked":
        moderation.lock(moderator=lin, thread=post.thread, rule=rules["spam"])
    browser = log_in(mei if why == "own" else tom)
    answer = browser.post(address(post, language=language), form(corrected="Typed words."))
    with override(language):
        assert answer.status_code == 403 and str(reason) in body(answer)
    assert "Typed words." in body(answer) and not Correction.objects.exists()


BAD = {
    "unchanged": ({"corrected": "I very  like it. "}, "这和原句一模一样"),
    "blank": ({"corrected": " \u200b "}, "请写点内容"),
    "too long": ({"corrected": "I like " * 120}, "太长"),
    "reason too long": ({"why": "很" * 501}, "太长"),
    "turned round": ({"corrected": "I like \u202eit."}, "方向"),
    "other language": ({"corrected": "我非常喜欢它，真的很喜欢。"}, "不是同一种语言"),
    "no version": ({"version": ""}, ""),
}


@pytest.mark.parametrize("bad", list(BAD))
def test_bad_input_comes_back_with_its_reason_and_all_that_was_typed(bad, post, tom, log_in):
    fields, says = BAD[bad]
    typed = form(why="因为这样说。") | fields
    answer = log_in(tom).post(address(post, language="zh-hans"), typed)
    page = body(answer)
    assert answer.status_code == 422 and says in page and 'role="alert"' in page
    assert typed["why"] in page and typed["corrected"].split()[0] in page
    assert not Correction.objects.exists()


def test_another_language_is_asked_about_once(post, tom, log_in):
    typed = form(corrected="我非常喜欢它，真的很喜欢。")
    browser = log_in(tom)
    assert 'name="other_language"' in body(browser.post(address(post), typed))
    assert browser.post(address(post), typed | {"other_language": "on"}).status_code == 302


@pytest.mark.parametrize("sentence", ["9", "-1", "x", "", "0" * 40, "１"])
def test_a_sentence_that_is_not_there_leaves_the_words_to_copy(sentence, post, tom, log_in):
    answer = log_in(tom).post(address(post), form(sentence=sentence, corrected="My words."))
    assert answer.status_code == 409 and "My words." in body(answer)
    assert log_in(tom).get(address(post, f"?sentence={sentence}")).status_code == 200


def test_a_text_that_was_edited_meanwhile_is_shown_again_with_the_words(post, mei, tom, log_in):
    draft = actions.Draft("I love it. It is good.", OTHER, wants_correction=True)
    boards.edit(author=mei, post=post, draft=draft, from_version=1)
    browser = log_in(tom)
    answer = browser.post(address(post), form(corrected="I do like it."))
    page = body(answer)
    assert answer.status_code == 409 and "I do like it.</textarea>" in page
    assert 'name="version" value="2"' in page and not Correction.objects.exists()
    browser.post(address(post), form(corrected="I do like it.", version="2"))
    assert Correction.objects.get().original == "I love it."


def test_the_author_takes_one_over_and_it_is_an_edit_like_any(post, mei, tom, log_in):
    made = offer(tom, post)
    boards.keep_draft(author=mei, place=post.target, fields={"body": "Unsent."}, from_version=0)
    browser = log_in(mei)
    answer = browser.post(address(post, f"{made.pk}/taking/"))
    assert answer["Location"] == address(post, f"#correction-{made.pk}")
    now = queries.post(mei, post.pk)
    assert (now.passage.body, now.passage.version) == ("I really like it. It is good.", 2)
    assert now.passage.translations.get().body == OTHER
    assert (now.passage.language, now.passage.wants_correction) == ("en", True)
    assert now.edited_at and now.passage.revisions.count() == 2
    assert SavedDraft.objects.filter(place=post.target).exists()
    verbs = list(Event.objects.order_by("-id").values_list("verb", "target")[:2])
    assert verbs == [("post.edited", post.target), ("correction.taken", post.passage.target)]
    page = body(browser.get(address(post)))
    assert "Taken over by the author" in page and "I very like it." in page
    assert "I really like it. It is good." in body(browser.get(f"/en/threads/{post.thread_id}/"))
    browser.post(address(post, f"{made.pk}/taking/"))
    assert queries.post(mei, post.pk).passage.version == 2


@both
def test_what_is_about_an_earlier_version_is_never_applied_silently(
    language, post, mei, tom, log_in
):
    made = offer(tom, post)
    draft = actions.Draft("I love it. It is good.", OTHER, wants_correction=True)
    boards.edit(author=mei, post=post, draft=draft, from_version=1)
    browser = log_in(mei)
    page = body(browser.get(address(post, language=language)))
    says = {"en": "From an earlier version", "zh-hans": "针对旧版本"}[language]
    assert says in page and "I very like it." in page and f"{made.pk}/taking/" not in page
    answer = browser.post(address(post, f"{made.pk}/taking/", language))
    assert answer.status_code == 409
    assert {"en": "not in the text any more", "zh-hans": "已经没有这句话"}[language] in body(answer)
    assert queries.post(mei, post.pk).passage.body == "I love it. It is good."
    assert Correction.objects.get().taken_at is None


def test_only_the_author_gives_thanks_or_takes_over(post, mei, tom, sam, log_in):
    made = offer(tom, post)
    for who in (tom, sam):
        for act in ("thanks", "taking"):
            assert log_in(who).post(address(post, f"{made.pk}/{act}/")).status_code == 403
    log_in(mei).post(address(post, f"{made.pk}/thanks/"))
    assert Correction.objects.get().thanked_at
    assert "The author says thanks" in body(log_in(None).get(address(post)))


def test_whom_the_author_muted_learns_nothing_of_it(post, mei, tom, sam, log_in):
    offer(tom, post)
    author = log_in(mei)
    author.post("/en/corrections/muted/", {"person": tom.pk})
    assert CorrectionMute.objects.count() == 1
    assert "I really" not in body(author.get(address(post)))  # not for her any more
    theirs = body(log_in(tom).get(address(post)))
    assert "does not take corrections right now" in theirs and "really" in theirs
    assert "mute" not in theirs.lower()
    assert "does not take" not in body(log_in(sam).get(address(post)))
    assert "tom" in body(author.get("/zh-hans/corrections/muted/"))
    author.post("/en/corrections/muted/", {"person": tom.pk, "_method": "DELETE"})
    assert not CorrectionMute.objects.exists()
    for nobody in ("", "x", "99999999", str(mei.pk)):
        assert author.post("/en/corrections/muted/", {"person": nobody}).status_code == 404


def test_hidden_and_deleted_texts_have_no_corrections(post, mei, tom, lin, rules, client, log_in):
    made = offer(tom, post, "I hardly like it.", reason="Secret reason.")
    moderation.hide(moderator=lin, post=post, rule=rules["spam"])
    for browser in (client, log_in(tom)):
        assert browser.get(address(post)).status_code == 404
        assert browser.post(address(post, f"{made.pk}/"), {"_method": "DELETE"}).status_code in (
            403,
            404,
        )
    assert "/correction/" not in body(client.get(f"/en/threads/{post.thread_id}/"))
    assert log_in(mei).post(address(post, f"{made.pk}/taking/")).status_code == 403
    moderation.restore(moderator=lin, post=post, rule=rules["other"])
    boards.delete(author=mei, post=post)
    assert log_in(mei).get(address(post)).status_code == 404
    assert not Passage.objects.filter(body__contains="Secret").exists()


def test_the_list_holds_what_waits_and_this_reader_can_correct(
    post, mei, tom, sam, lin, thread, rent, moderators_board, rules, log_in
):
    reply(tom, thread, "我很喜欢它了。")  # he learns Chinese: for who reads that
    closed = open_thread(mei, rent, body="I like closed doors.")
    moderation.lock(moderator=lin, thread=closed, rule=rules["spam"])
    # Moved there by a moderator: its author does not see it.
    Thread.objects.filter(pk=open_thread(mei, rent, body="I like back rooms.").pk).update(
        board=moderators_board
    )

    def listed(reader, only="") -> list[str]:
        return [found.passage.body for found in waiting(reader, only)]

    assert listed(sam) == [BODY]
    assert listed(mei) == ["我很喜欢它了。"]
    assert listed(sam, "zh") == ["我很喜欢它了。"]
    assert listed(lin)[0] == "I like back rooms." and len(listed(lin)) == 3
    nobody = log_in(None).get("/en/corrections/waiting/?only=zh")
    assert "我很喜欢它了。" in body(nobody) and BODY not in body(nobody)
    actions.mute(author=mei, muted=sam)
    assert listed(sam) == []
    offer(tom, post)
    assert listed(tom) == []


@pytest.mark.parametrize(
    "query", ["?only=fr", "?page=0", "?page=x", "?page=3", "?page=99999999999"]
)
def test_there_is_no_such_list(query, post, client):
    assert client.get(f"/zh-hans/corrections/waiting/{query}").status_code == 404


def queries_of(browser, where: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(where).status_code == 200
    return len([q for q in captured if not q["sql"].startswith(BOOKKEEPING)])


@pytest.mark.parametrize("many", [1, 3])
def test_the_pages_cost_the_same_with_1_or_3_rows(
    many, post, mei, tom, sam, thread, client, log_in
):
    for number in range(many):
        offer(person(f"helper{number}", reads=["en"]), post, f"I like it {number}.", reason="短。")
        reply(mei, thread, f"I wait, number {number}.")
    # passage, post's id, post, its half, corrections, thanks
    assert queries_of(client, address(post)) == 6
    browser = log_in(sam)
    assert queries_of(browser, address(post)) == 11  # + session, person, roles, mute, new notices
    assert queries_of(client, "/en/corrections/waiting/") == 1
    assert queries_of(browser, "/en/corrections/waiting/") == 4
