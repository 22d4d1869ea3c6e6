"""What moderators look for is looked for also in what cannot wait: translations, corrections, words."""

from html import unescape
from typing import Any

import pytest

from exchange.languages.models import Correction, Proposal, Term
from exchange.ledger.models import Event
from exchange.moderation import actions as moderation
from exchange.moderation.consumer import handle
from exchange.moderation.models import Case
from exchange.moderation.targets import find
from exchange.safety import actions as safety
from tests.cast import reply

from .test_translation_page import address, filled


def watch(rules, by, kind: str, text: str = "刷单") -> None:
    found = safety.add_watch(
        by=by, sort="word", kind=kind, text=text, language="", rule=rules["spam"]
    )
    safety.activate(by=by, watch=found)


def consume() -> None:
    for event in Event.objects.order_by("id"):
        handle(event)


@pytest.fixture
def english(mei, thread):
    """A text of Mei's in the language that she learns, open to corrections."""
    return reply(mei, thread, "I very like it. It is good.")


def translate(browser, post, words: str) -> Any:
    sent = filled(browser, post.passage, [words])
    return browser.post(address(post.passage), sent)


def correct(browser, post, **more: str) -> Any:
    fields = {"sentence": "0", "version": "1", "corrected": "I really like it.", "why": ""} | more
    return browser.post(f"/en/passages/{post.passage_id}/correction/", fields)


def name_a_word(browser, **more: str) -> Any:
    fields = {"kind": "term", "en": "moving-in day", "zh": "入住日", "note_en": "The first day."}
    return browser.post("/en/glossary/new/", fields | more)


SAYS: dict[str, Any] = {
    "translation": lambda browser, post: translate(browser, post, "去刷单吧，很赚钱。"),
    "correction": lambda browser, post: correct(browser, post, corrected="I like 刷单."),
    "reason": lambda browser, post: correct(browser, post, why="刷单更赚钱。"),
    "wording": lambda browser, post: name_a_word(browser, zh="刷单"),
    "note": lambda browser, post: name_a_word(browser, note_zh="刷单的第一天。"),
}


@pytest.mark.parametrize("where", SAYS)
@pytest.mark.parametrize("kind", ["refuse", "hold"])
def test_what_is_refused_or_would_wait_is_not_taken_and_keeps_what_was_typed(
    english, tom, lin, rules, log_in, where, kind
) -> None:
    watch(rules, lin, kind)
    answer = SAYS[where](log_in(tom), english)
    page = unescape(answer.content.decode())
    assert answer.status_code == 422 and "nothing was sent" in page and "刷单" in page
    assert not Proposal.objects.exists()
    assert not Correction.objects.exists() and not Term.objects.exists()


@pytest.mark.parametrize(
    ("where", "target"), [("translation", "proposal"), ("reason", "correction")]
)
def test_what_is_only_flagged_is_taken_and_a_case(
    english, tom, lin, rules, log_in, where, target
) -> None:
    watch(rules, lin, "flag")
    assert SAYS[where](log_in(tom), english).status_code == 302
    consume()
    made = (Proposal if target == "proposal" else Correction).objects.get()
    case = Case.objects.get(target=f"{target}.{made.pk}")
    assert (case.kind, case.author) == (Case.Kind.REVIEW, tom)


def test_a_flagged_translation_of_ones_own_text_is_taken_away_by_its_case(
    mei, lin, rules, thread, log_in
) -> None:
    """It is shown at once, for its author accepts it."""
    post = reply(mei, thread, "I know a way to earn money.")
    watch(rules, lin, "flag")
    assert translate(log_in(mei), post, "我知道刷单。").status_code == 302
    consume()
    case = Case.objects.get(kind=Case.Kind.REVIEW)
    assert find(case.target).is_shown
    decision = moderation.remove_translation(
        moderator=lin, target=find(case.target), rule=rules["spam"]
    )
    assert decision and not post.passage.translations.filter(kind="member").exists()
    assert Case.objects.get(pk=case.pk).closed_at


def test_who_changes_a_proposed_word_is_asked_only_about_what_is_new(
    tom, lin, rules, log_in
) -> None:
    browser = log_in(tom)
    assert name_a_word(browser, zh="刷单").status_code == 302
    term = Term.objects.get()
    watch(rules, lin, "refuse")
    watch(rules, lin, "refuse", "博彩")
    fields = {"kind": "term", "en": "fake orders", "zh": "刷单", "version": "1"}
    there = f"/en/glossary/{term.pk}/edit/"
    answer = browser.post(there, fields | {"note_en": "Also called 博彩."})
    assert answer.status_code == 422 and "Also called 博彩." in unescape(answer.content.decode())
    assert browser.post(there, fields | {"note_en": "Orders that nobody made."}).status_code == 302


def test_nobody_finds_out_by_trying_what_is_looked_for(
    english, tom, lin, rules, log_in, settings
) -> None:
    """What is refused counts like what is sent."""
    settings.LIMITS = True
    watch(rules, lin, "refuse")
    browser = log_in(tom)
    answers = [SAYS["wording"](browser, english).status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]


def test_nothing_that_others_do_without_such_words_is_a_case(english, tom, log_in) -> None:
    browser = log_in(tom)
    for answer in (
        translate(browser, english, "我很喜欢它。"),
        correct(browser, english),
        name_a_word(browser),
    ):
        assert answer.status_code == 302
    consume()
    assert not Case.objects.filter(author=tom).exists()


def test_a_newcomer_brings_no_link_that_was_not_there(mei, sam, thread, log_in) -> None:
    browser = log_in(sam)
    post = reply(mei, thread, "看看 https://chengdu.example/rent 吧。")
    spam = "Look at https://spam.example/x please."
    answer = translate(browser, post, spam)
    assert answer.status_code == 422
    assert "A newcomer’s first links" in answer.content.decode().replace("&#x27;", "’")
    assert spam in unescape(answer.content.decode())
    kept = translate(browser, post, "Look at https://chengdu.example/rent please.")
    assert kept.status_code == 302


def test_what_the_original_says_may_be_said_in_its_translation(
    mei, tom, lin, thread, rules, log_in
) -> None:
    post = reply(mei, thread, "What is 刷单? I read it everywhere.")
    watch(rules, lin, "refuse")
    assert translate(log_in(tom), post, "刷单是什么？到处都看到。").status_code == 302


def test_in_a_time_of_attack_whom_moderators_know_goes_on(
    english, tom, sam, lin, rules, log_in
) -> None:
    safety.switch(by=lin, name="hold_all", on=True)
    assert translate(log_in(sam), english, "我很喜欢它。").status_code == 422
    assert translate(log_in(tom), english, "我很喜欢它。").status_code == 302
