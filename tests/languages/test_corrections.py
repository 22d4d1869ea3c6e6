"""What a correction does to the text that it is about, and to what stands under it."""

import pytest

from exchange.languages import actions
from exchange.languages.actions import Conflict, Draft, SentenceGone
from exchange.languages.models import Correction, Passage
from exchange.languages.queries import is_muted, muted_by, thanks_of
from exchange.ledger.models import Event

BODY = "I very like it. It is good."


@pytest.fixture
def text(mei) -> Passage:
    return actions.write(by=mei, scope="thread.1", draft=Draft(BODY, "我很喜欢。它很好。"))


def offer(by, text: Passage, corrected: str = "I really like it.", **more) -> Correction:
    more = {"place": 0, "from_version": text.version} | more
    return actions.offer(by=by, passage=text, corrected=corrected, **more)


def verbs() -> list[str]:
    return list(Event.objects.order_by("id").values_list("verb", flat=True))


def fresh(text: Passage) -> Passage:
    return Passage.objects.get(pk=text.pk)


def test_one_is_offered_with_a_reason_in_a_language_of_its_own(tom, text):
    made = offer(tom, text, reason="这个词只能修饰形容词。")
    assert (made.original, made.place, made.source_version) == ("I very like it.", 0, 1)
    assert (made.reason.language, made.reason.html, made.reason.scope) == (
        "zh-hans",
        "",
        "thread.1",
    )
    event = Event.objects.get(verb="correction.offered")
    assert (event.target, event.data) == (text.target, {"correction": made.pk})
    now = fresh(text)
    assert (now.correction_count, now.rendition) == (1, text.rendition + 1)


def test_a_second_for_the_same_sentence_replaces_the_first(tom, sam, text):
    first = offer(tom, text, reason="Old reason.")
    actions.thank(by=None, correction=first)
    second = offer(tom, text, "I like it a lot.", reason="New.")
    offer(sam, text, "I like it.")
    offer(tom, text, "It's good.", place=1)
    assert second.pk == first.pk and second.thanked_at is None
    assert Correction.objects.filter(passage=text).count() == 3
    assert not Passage.objects.filter(body="Old reason.").exists()
    assert fresh(text).correction_count == 3


def test_the_same_again_changes_nothing(tom, text):
    first, events = offer(tom, text, reason="So."), len(verbs())
    assert offer(tom, text, reason="So.").created_at == first.created_at
    assert len(verbs()) == events


def test_a_text_that_changed_meanwhile_asks_to_be_read_again(mei, tom, text):
    actions.rewrite(by=mei, passage=text, draft=Draft("Other words."), from_version=1)
    with pytest.raises(Conflict):
        offer(tom, text, from_version=1)
    assert not Correction.objects.exists()


@pytest.mark.parametrize("place", [2, 99])
def test_there_is_no_correction_of_a_sentence_that_is_not_there(place, tom, text):
    with pytest.raises(SentenceGone):
        offer(tom, text, place=place)


def test_of_a_sentence_that_still_stands_the_earlier_one_is_replaced(mei, tom, text):
    first = offer(tom, text)
    draft = Draft(f"Hello there. {BODY}", wants_correction=True)
    actions.rewrite(by=mei, passage=text, draft=draft, from_version=1)
    second = offer(tom, fresh(text), "I like it so much.", place=1)
    assert (second.pk, second.place, second.source_version) == (first.pk, 1, 2)


def test_what_was_taken_back_leaves_no_words(tom, text):
    made = offer(tom, text, reason="Because of a reason.")
    assert actions.withdraw_correction(by=tom, correction=made)
    assert not actions.withdraw_correction(by=tom, correction=made)
    assert Correction.objects.get(pk=made.pk).corrected == ""
    assert not Passage.objects.filter(body__contains="reason").exists()
    assert verbs().count("correction.withdrawn") == 1
    assert fresh(text).correction_count == 0
    assert offer(tom, text).pk != made.pk


def test_thanks_are_given_once_and_counted(mei, tom, text):
    made = offer(tom, text)
    assert actions.thank(by=mei, correction=made)
    assert not actions.thank(by=mei, correction=made)
    assert verbs().count("correction.thanked") == 1
    assert thanks_of([tom.pk, mei.pk]) == {tom.pk: 1}


def test_taken_over_is_the_sentence_alone_and_the_rest_stays(tom, text):
    made = offer(tom, text)
    draft = actions.taken_over(made)
    assert (draft.body, draft.body_other) == ("I really like it. It is good.", "我很喜欢。它很好。")
    assert (draft.language, draft.wants_correction) == ("", True)
    Passage.objects.filter(pk=text.pk).update(language_source="readers", language="mixed")
    assert actions.taken_over(Correction.objects.get(pk=made.pk)).language == "mixed"


def test_a_sentence_that_moved_is_found_and_one_that_went_is_not(mei, tom, text):
    made = offer(tom, text)
    actions.rewrite(by=mei, passage=text, draft=Draft(f"Hi. {BODY}"), from_version=1)
    made = Correction.objects.get(pk=made.pk)
    assert actions.taken_over(made).body == "Hi. I really like it. It is good."
    actions.rewrite(by=mei, passage=text, draft=Draft("I like it."), from_version=2)
    with pytest.raises(SentenceGone):
        actions.taken_over(Correction.objects.get(pk=made.pk))


def test_erasing_a_text_takes_corrections_and_their_reasons_along(tom, text):
    made = offer(tom, text, "I secretly like it.", reason="A secret reason.")
    actions.erase(text)
    assert not Correction.objects.filter(pk=made.pk).exists()
    assert not Passage.objects.filter(body__contains="secret").exists()
    assert fresh(text).correction_count == 0
    revisions = Passage.objects.filter(revisions__body__contains="secret")
    assert not revisions.exists()


def test_a_mute_is_between_two_people_and_the_ledger_names_one(mei, tom, sam):
    assert actions.mute(author=mei, muted=tom) and not actions.mute(author=mei, muted=tom)
    assert is_muted(mei, tom) and not is_muted(tom, mei) and not is_muted(mei, sam)
    assert list(muted_by(mei)) == [tom]
    assert actions.unmute(author=mei, muted=tom) and not actions.unmute(author=mei, muted=tom)
    events = Event.objects.values_list("verb", "actor_id", "target", "data")
    assert list(events) == [("settings.changed", mei.pk, f"user.{mei.pk}", {})] * 2
