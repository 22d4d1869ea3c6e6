"""The page of a text's translation: what it shows, what it takes, and what it says instead."""

import html
import re
from typing import Any

import pytest
from django.contrib.messages import get_messages

from exchange.boards import actions as boards
from exchange.languages import actions
from exchange.languages.actions import Draft
from exchange.languages.models import Passage, Proposal
from exchange.passages.queries import mark
from tests.accounts.test_kept_text import form
from tests.boards.test_budgets import queries_of
from tests.cast import PASSWORD, fill, reply

from .conftest import CHINESE, ENGLISH

PARTS = ["The rent is too high.", "Water and power cost extra.", "How is it where you are?"]
HAN = re.compile("[\u4e00-\u9fff]")


def address(passage, rest="", language="en") -> str:
    return f"/{language}/passages/{passage.pk}/translation/{rest}"


def fields(page: str) -> dict[str, str]:
    """What the proposal's form would send as it stands."""
    form = page[page.index('<form id="propose"') :].partition("</form>")[0]
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    areas = re.findall(r'name="([^"]+)" rows[^>]*>\n(.*?)</textarea>', form, re.DOTALL)
    return {name: html.unescape(value) for name, value in [*hidden, *areas]}


def filled(browser, passage, words: list[str]) -> dict[str, str]:
    sent = fields(browser.get(address(passage)).content.decode())
    return sent | {f"part-{n}": text for n, text in enumerate(words)}


def propose(by, passage, body=ENGLISH, language="en") -> Proposal:
    return actions.propose(
        by=by, passage=passage, language=language, body=body, from_version=passage.version
    )


def said(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def decide(browser, proposal, act="accept", **more):
    data = {"act": act, "words": mark(proposal)} | more
    return browser.post(address(proposal.passage, f"proposals/{proposal.pk}/"), data)


def withdraw(browser, proposal):
    there = address(proposal.passage, f"proposals/{proposal.pk}/")
    return browser.post(there, {"_method": "DELETE"})


# Proposing


def test_a_form_has_each_sentence_with_a_field_below(post, tom, log_in) -> None:
    page = log_in(tom).get(address(post.passage)).content.decode()
    sent = fields(page)
    assert [sent[f"part-{n}"] for n in range(3)] == ["", "", ""] and "part-3" not in sent
    labels = re.findall(r'<label for="id_part-\d" class="typed" lang="zh-Hans"[^>]*>(.*?)<', page)
    assert labels == ["房租太贵了。", "水电另算。", "你们那儿呢？"]


def test_what_was_typed_sentence_by_sentence_has_the_original_s_paragraphs(post, tom, log_in):
    browser = log_in(tom)
    response = browser.post(address(post.passage), filled(browser, post.passage, PARTS))
    assert response.status_code == 302
    proposal = Proposal.objects.get()
    assert (proposal.body, proposal.language, proposal.by) == (ENGLISH, "en", tom)
    page = browser.get(address(post.passage)).content.decode()
    assert "0 of 3 members agree." in page and "The rent is too high." in page


def test_an_empty_field_falls_back_to_the_original(post, tom, log_in) -> None:
    browser = log_in(tom)
    browser.post(address(post.passage), filled(browser, post.passage, [*PARTS[:2], ""]))
    assert Proposal.objects.get().body.endswith("cost extra.\n\n你们那儿呢？")


def test_a_repair_begins_with_the_translation_and_shows_what_it_changes(
    post, tom, mei, sam, log_in
) -> None:
    actions.accept(by=mei, proposal=propose(tom, post.passage))
    browser = log_in(sam)
    sent = fields(browser.get(address(post.passage)).content.decode())
    assert [sent[f"part-{n}"] for n in range(3)] == PARTS
    browser.post(address(post.passage), sent | {"part-0": "The rent is far too high."})
    assert Proposal.objects.latest("pk").began_from == ENGLISH
    page = browser.get(address(post.passage)).content.decode()
    assert re.search(r"<ins>.*?far", page) and "rent is" in page


def test_traditional_characters_are_known_from_what_was_typed(thread, mei, log_in) -> None:
    passage = thread.posts.get().passage
    log_in(mei).post(address(passage), {"version": 1, "body": "我付收入的三分之一。你們呢？"})
    assert Proposal.objects.get().language == "zh-hant"


def test_of_a_mixed_text_the_reader_chooses(mei, thread, tom, log_in) -> None:
    mixed = reply(
        mei, thread, "我 deadline 又推迟了, so I have time to cook dinner tonight. 太好了！"
    )
    assert mixed.passage.language == "mixed"
    page = log_in(tom).get(address(mixed.passage)).content.decode()
    assert 'href="?into=zh"' in page and fields(page)["into"] == "en"
    words = {"version": 1, "body": "我的期限又推迟了，今晚有空做饭，太好了！", "into": "zh"}
    log_in(mei).post(address(mixed.passage), words)
    assert Proposal.objects.get().language == "zh-hans"


def test_the_author_s_own_is_the_translation_at_once(post, mei, log_in) -> None:
    response = log_in(mei).post(address(post.passage), {"version": 1, "body": ENGLISH})
    assert said(response) == ["Thank you. Readers see your translation now."]
    assert post.passage.translations.get().body == ENGLISH


def test_what_was_typed_comes_back_after_a_log_in(post, tom, client) -> None:
    stranger = fields(client.get(address(post.passage)).content.decode())
    first = client.post(address(post.passage), stranger | {"part-0": "The rent is too high."})
    assert first.status_code == 403 and not Proposal.objects.exists()
    action, hidden = form(first, "login")
    response = client.post(action, hidden | {"login": tom.email, "password": PASSWORD})
    assert response.url.startswith(address(post.passage))
    back = client.get(response.url).content.decode()
    assert fields(back)["part-0"] == "The rent is too high." and "Your text is back" in back


# Bad input


LONG = "word " * 4100
BAD = {
    "blank": ({"body": " \u200b"}, 422),
    "too long": ({"body": LONG}, 422),
    "unprintable": ({"body": "The rent\x07 is too high."}, 422),
    "the original": ({"body": CHINESE}, 422),
    "the wrong language": ({"body": "房租太贵了，水电费还要另外算。"}, 422),
    "no version": ({"body": ENGLISH, "version": ""}, 422),
    "a version of nowhere": ({"body": ENGLISH, "version": "77"}, 409),
    "its own language": ({"body": ENGLISH, "into": "zh"}, 403),
}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_refused_in_the_reader_s_language_and_kept(
    case, language, post, tom, log_in
) -> None:
    data, status = BAD[case]
    there = address(post.passage, language=language)
    response = log_in(tom).post(there, {"version": 1} | data)
    page = response.content.decode()
    assert response.status_code == status and not Proposal.objects.exists()
    alert = re.findall(r'role="alert"[^>]*>(.*?)</div>', page, re.DOTALL)
    assert alert and (language == "en" or HAN.search(alert[0]))
    assert status == 403 or fields(page)["body"] == data["body"].replace("\x07", "").rstrip()


def test_a_title_holds_what_a_title_can(untitled, tom, log_in) -> None:
    browser, there = log_in(tom), address(untitled.title)
    assert browser.post(there, {"version": 1, "body": "word " * 40}).status_code == 422
    assert browser.post(there, {"version": 1, "body": "Three\nand one"}).status_code == 302
    assert Proposal.objects.get().body == "Three and one"


def test_another_language_on_purpose_is_asked_about_once(post, tom, log_in) -> None:
    browser, data = log_in(tom), {"version": 1, "body": "房租太贵了，水电费还要另外算。"}
    page = browser.post(address(post.passage), data).content.decode()
    assert 'name="same_language"' in page
    assert browser.post(address(post.passage), data | {"same_language": "on"}).status_code == 302
    assert Proposal.objects.get().language == "en"


@pytest.mark.parametrize("cut", ["x", "9999", "3,2,1", "1"])
def test_a_cut_that_fits_nothing_loses_no_words(cut, post, tom, log_in) -> None:
    data = {"version": 1, "cut": cut, "fresh": 1} | {f"part-{n}": w for n, w in enumerate(PARTS)}
    response = log_in(tom).post(address(post.passage), data)
    assert response.status_code == 302 and Proposal.objects.get().body == ENGLISH


def test_a_text_that_changed_meanwhile_answers_409_with_what_was_typed(
    post, tom, mei, log_in
) -> None:
    browser = log_in(tom)
    sent = filled(browser, post.passage, PARTS)
    boards.edit(author=mei, post=post, draft=Draft(CHINESE + "说说看。"), from_version=1)
    response = browser.post(address(post.passage), sent)
    page = response.content.decode()
    assert response.status_code == 409 and not Proposal.objects.exists()
    assert fields(page)["body"] == ENGLISH and fields(page)["version"] == "2"
    assert re.search(r"<ins>.*?说说看。", page)
    assert browser.post(address(post.passage), fields(page)).status_code == 302
    assert Proposal.objects.get().source_version == 2


def test_a_silenced_member_keeps_what_they_typed(post, tom, log_in, django_user_model) -> None:
    django_user_model.objects.filter(pk=tom.pk).update(silenced_until="2999-01-01T00:00Z")
    response = log_in(tom).post(address(post.passage), {"version": 1, "body": ENGLISH})
    assert response.status_code == 403 and not Proposal.objects.exists()


# Deciding


def test_the_author_accepts_and_the_thread_shows_it(post, tom, mei, log_in) -> None:
    response = decide(log_in(mei), propose(tom, post.passage))
    assert said(response) == ["Accepted: readers see this translation now."]
    page = log_in().get(f"/en/threads/{post.thread_id}/").content.decode()
    assert "The rent is too high." in page
    assert 'translated by <bdi class="name" translate="no">tom</bdi>' in page


def test_three_who_agree_are_counted_on_the_page(post, tom, readers, log_in) -> None:
    proposal = propose(tom, post.passage)
    first = decide(log_in(readers[0]), proposal, "agree")
    assert said(first) == ["Thank you. 2 more members have to agree."]
    page = log_in(readers[0]).get(address(post.passage)).content.decode()
    assert "1 of 3 members agree. You do." in page and 'value="agree"' not in page
    decide(log_in(readers[1]), proposal, "agree")
    last = decide(log_in(readers[2]), proposal, "agree")
    assert said(last) == ["Accepted: readers see this translation now."]


def test_a_member_who_is_not_trusted_does_not_accept(post, tom, sam, log_in) -> None:
    proposal = propose(tom, post.passage)
    response = decide(log_in(sam), proposal)
    assert response.status_code == 403 and "five accepted translations" in response.content.decode()
    assert 'value="accept"' not in log_in(sam).get(address(post.passage)).content.decode()


def test_nobody_agrees_with_words_that_they_did_not_see(post, tom, mei, log_in) -> None:
    proposal = propose(tom, post.passage)
    propose(tom, post.passage, "Something quite different.")
    assert decide(log_in(mei), proposal).status_code == 409
    assert not post.passage.translations.exists()


def test_a_proposal_for_former_words_is_told_from_others(post, tom, mei, log_in) -> None:
    proposal = propose(tom, post.passage)
    boards.edit(author=mei, post=post, draft=Draft(CHINESE + "说说看。"), from_version=1)
    page = log_in(mei).get(address(post.passage)).content.decode()
    assert "made from an earlier version" in page and 'value="accept"' not in page
    assert decide(log_in(mei), proposal).status_code == 409


def test_a_proposal_is_taken_back_by_who_made_it_alone(post, tom, sam, log_in) -> None:
    proposal = propose(tom, post.passage)
    assert withdraw(log_in(sam), proposal).status_code == 403
    assert withdraw(log_in(tom), proposal).status_code == 302
    assert withdraw(log_in(tom), proposal).status_code == 409
    assert Proposal.objects.get().state == "withdrawn"


def test_an_act_that_there_is_not_is_refused(post, tom, mei, log_in) -> None:
    assert decide(log_in(mei), propose(tom, post.passage), "burn").status_code == 400


def test_a_proposal_of_another_text_is_not_found(post, thread, tom, mei, log_in) -> None:
    proposal = propose(tom, post.passage)
    there = address(thread.title, f"proposals/{proposal.pk}/")
    assert log_in(mei).post(there, {"act": "accept"}).status_code == 404


# What it shows


def test_a_stale_translation_says_so_with_what_changed(post, tom, mei, log_in) -> None:
    actions.accept(by=mei, proposal=propose(tom, post.passage))
    boards.edit(author=mei, post=post, draft=Draft(CHINESE + "说说看。"), from_version=1)
    page = log_in().get(address(post.passage)).content.decode()
    assert "from version 1 of the original, which is at version 2" in page
    assert re.search(r"<ins>.*?说说看。", page)


def test_the_history_credits_who_made_each_and_shows_the_difference(
    post, tom, sam, mei, log_in
) -> None:
    for by, body in ((tom, ENGLISH), (sam, ENGLISH.replace("too high", "much too high"))):
        actions.accept(by=mei, proposal=propose(by, post.passage, body))
    history = log_in().get(address(post.passage)).content.decode().partition('id="history"')[2]
    assert history.index("sam") < history.index("tom")
    assert "accepted by" in history and re.search(r"<ins>.*?much", history)


def test_a_translation_is_text_and_nothing_else(post, tom, mei, log_in) -> None:
    words = "<img src=x onerror=alert(1)> The rent is too high."
    proposal = propose(tom, post.passage, words)
    page = log_in(mei).get(address(post.passage)).content.decode()
    assert "<img" not in page
    decide(log_in(mei), proposal)
    thread = log_in().get(f"/en/threads/{post.thread_id}/").content.decode()
    assert "<img" not in thread and "The rent is too high." in thread


def test_a_hidden_post_s_words_are_nowhere(post, tom, sam, lin, rules, log_in) -> None:
    from exchange.moderation import actions as moderation

    proposal = propose(tom, post.passage)
    moderation.hide(moderator=lin, post=post, rule=rules["spam"])
    assert log_in(sam).get(address(post.passage)).status_code == 404
    assert decide(log_in(sam), proposal, "agree").status_code == 404


def test_the_page_costs_the_same_with_1_or_3_proposals(post, mei, tom, sam, readers, log_in):
    browser = log_in(mei)
    propose(tom, post.passage)
    browser.get(address(post.passage))  # then new notices are counted
    one = queries_of(browser, address(post.passage))
    for reader in readers[:2]:
        propose(reader, post.passage, f"{ENGLISH} {reader.username}")
    assert queries_of(browser, address(post.passage)) == one == 12


# Asking for one


def test_one_tap_asks_for_a_translation(post, tom, log_in) -> None:
    browser = log_in(tom)
    page = browser.get(address(post.passage)).content.decode()
    assert page.index("Please translate this") < page.index('id="propose"')
    response = browser.post(address(post.passage, "request/"))
    assert response.status_code == 302 and said(response)
    assert post.passage.requests.get().language == "en"
    assert "You asked for a translation" in browser.get(address(post.passage)).content.decode()


def test_a_script_that_asks_is_told_in_words(post, tom, log_in) -> None:
    there = address(post.passage, "request/", language="zh-hans")
    answer = log_in(tom).post(there, headers={"accept": "application/json"})
    assert answer.status_code == 200 and HAN.search(answer.json()["said"])


def test_nobody_asks_for_what_is_there(thread, mei, log_in) -> None:
    there = address(thread.title, "request/")
    assert log_in(mei).post(there).status_code == 403
    answer = log_in(mei).post(there, headers={"accept": "application/json"})
    assert answer.status_code == 403 and answer.json()["said"]


def test_a_thread_offers_it_to_who_reads_the_other_language(post, log_in) -> None:
    page = log_in().get(f"/en/threads/{post.thread_id}/").content.decode()
    article = page[page.index('id="post-2"') :]
    assert f'href="{address(post.passage)}" aria-label="Translate #2"' in article
    assert 'class="please" data-original="zh"' in article


def test_many_replies_cost_no_further_query(post, mei, client) -> None:
    there = f"/en/threads/{post.thread_id}/"
    queries_of(client, there)
    fill(post.thread, mei, 3)
    queries_of(client, there)
    assert queries_of(client, there) == 2


def test_texts_in_neither_language_say_that_there_is_nothing_to_do(post, tom, log_in) -> None:
    Passage.objects.filter(pk=post.passage.pk).update(language="other")
    response = log_in(tom).get(address(post.passage))
    assert response.status_code == 200 and "neither of the two languages" in str(response.content)
    assert log_in(tom).post(address(post.passage, "request/")).status_code == 403
