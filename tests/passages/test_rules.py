from datetime import timedelta

import pytest
from django.utils import timezone

from exchange.languages import actions
from exchange.languages.models import Passage, Proposal
from exchange.passages import queries, rules

from .conftest import ENGLISH


@pytest.fixture
def proposal(post, tom) -> Proposal:
    return actions.propose(
        by=tom, passage=post.passage, language="en", body=ENGLISH, from_version=1
    )


def subject(reader, post):
    return queries.find(reader, post.passage.pk)


def accept(reader, post, proposal, accepted=0):
    return rules.can_accept(reader, subject(reader, post), proposal, accepted=accepted)


def test_the_author_and_a_moderator_who_reads_it_accept_alone(post, proposal, mei, lin) -> None:
    assert accept(mei, post, proposal) is None and accept(lin, post, proposal) is None


def test_a_moderator_who_does_not_read_the_language_does_not(post, proposal, board_moderator):
    board_moderator.reads = ["zh-hans"]
    assert accept(board_moderator, post, proposal) == rules.NOT_TRUSTED


def test_a_trusted_reader_reads_it_best_and_was_accepted_five_times(post, proposal, sam) -> None:
    assert accept(sam, post, proposal, accepted=5) is None
    assert accept(sam, post, proposal, accepted=4) == rules.NOT_TRUSTED
    sam.reads = ["zh-hans", "en"]
    assert accept(sam, post, proposal, accepted=50) == rules.NOT_TRUSTED


def test_what_was_accepted_is_counted_by_its_language(post, proposal, tom, mei) -> None:
    actions.accept(by=mei, proposal=proposal)
    other = Proposal.objects.create(
        passage=post.passage, language="zh-hans", body="好", source_version=1, by=tom
    )
    sees = subject(tom, post)
    assert queries.can_accept(tom, sees, other) == rules.OWN_WORDS
    assert queries.accepted_of(tom, "en") == 1 and queries.accepted_of(tom, "zh-hans") == 0


def test_nobody_agrees_with_their_own_words(post, proposal, tom) -> None:
    assert rules.can_agree(tom, subject(tom, post), proposal) == rules.OWN_WORDS


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant"])
def test_a_text_is_not_translated_into_its_own_language(language, post, tom) -> None:
    assert rules.can_translate(tom, subject(tom, post), language) == rules.OWN_LANGUAGE


def test_a_text_in_neither_language_is_not_translated(post, tom) -> None:
    Passage.objects.filter(pk=post.passage.pk).update(language="other")
    assert rules.can_translate(tom, subject(tom, post), "en") == rules.NO_LANGUAGE


def test_the_author_s_own_half_is_left_alone(thread, tom, mei) -> None:
    title = queries.find(mei, thread.title_id)
    half = thread.title.translations.get()
    assert rules.can_propose(mei, title, "zh", half=half) == rules.AUTHORS_OWN
    assert rules.can_ask(mei, title, "zh") == rules.WRITTEN


def test_strangers_silenced_members_and_locked_threads_have_their_reasons(
    post, tom, nobody, lin
) -> None:
    assert rules.can_translate(nobody, subject(nobody, post), "en")
    tom.silenced_until = timezone.now() + timedelta(days=1)
    assert rules.can_translate(tom, subject(tom, post), "en")
    post.thread.locked_at = timezone.now()
    post.thread.save()
    assert rules.can_translate(lin, subject(lin, post), "en") is None
    assert rules.can_translate(post.author, subject(post.author, post), "en") == rules.LOCKED


def test_whose_proposal_it_is_the_author_and_moderators_take_it_back(
    post, proposal, tom, mei, lin, sam
) -> None:
    may = {
        person.username: rules.can_withdraw(person, subject(person, post), proposal) is None
        for person in (tom, mei, lin, sam)
    }
    assert may == {"tom": True, "mei": True, "lin": True, "sam": False}
