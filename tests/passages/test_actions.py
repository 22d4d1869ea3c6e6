import pytest

from exchange.boards import actions as boards
from exchange.languages import actions
from exchange.languages.actions import Draft
from exchange.languages.models import Agreement, Passage, Proposal, Translation
from exchange.ledger.models import Event

from .conftest import CHINESE, ENGLISH


def propose(by, passage, body=ENGLISH, language="en") -> Proposal:
    return actions.propose(
        by=by, passage=passage, language=language, body=body, from_version=passage.version
    )


def current(passage) -> Translation | None:
    return passage.translations.filter(kind="member").first()


def events(passage) -> list[str]:
    return list(Event.objects.filter(target=passage.target).values_list("verb", flat=True))


def test_a_proposal_changes_nothing_that_readers_see(post, tom) -> None:
    before = Passage.objects.get(pk=post.passage.pk).rendition
    propose(tom, post.passage)
    assert current(post.passage) is None
    assert Passage.objects.get(pk=post.passage.pk).rendition == before
    assert events(post.passage) == ["translation.proposed"]


def test_an_accepted_one_is_what_readers_see_under_its_author_s_name(post, tom, mei) -> None:
    actions.ask_for_translation(by=tom, passage=post.passage, language="en")
    assert actions.accept(by=mei, proposal=propose(tom, post.passage))
    half, passage = current(post.passage), Passage.objects.get(pk=post.passage.pk)
    assert half and (half.body, half.by, half.source_version) == (ENGLISH, tom, 1)
    assert "<p>" in half.html
    assert (passage.human_in, passage.rendition) == ("en zh", 2)
    assert not passage.requests.exists()  # what was asked for is there


def test_a_traditional_one_answers_who_asked_for_chinese(thread, tom, mei, sam) -> None:
    passage = thread.posts.get().passage
    actions.ask_for_translation(by=sam, passage=passage, language="zh-hans")
    words = "我付收入的三分之一，你們呢？"
    actions.accept(by=tom, proposal=propose(mei, passage, words, "zh-hant"))
    assert not passage.requests.exists()


def test_three_members_make_it_the_translation(post, tom, readers) -> None:
    proposal = propose(tom, post.passage)
    assert [actions.agree(by=reader, proposal=proposal) for reader in readers] == [
        *[False, False, True]
    ]
    assert current(post.passage).by == tom
    assert not Agreement.objects.exists()


def test_one_member_counts_once(post, tom, sam) -> None:
    proposal = propose(tom, post.passage)
    assert [actions.agree(by=sam, proposal=proposal) for _ in range(4)] == [False] * 4
    assert current(post.passage) is None


def test_who_agreed_is_asked_anew_about_other_words(post, tom, sam) -> None:
    proposal = propose(tom, post.passage)
    actions.agree(by=sam, proposal=proposal)
    again = propose(tom, post.passage, "Rent is too high, and so on.")
    assert again.pk == proposal.pk and not Agreement.objects.exists()
    with pytest.raises(actions.Closed):  # whoever still looks at the old words
        actions.agree(by=sam, proposal=proposal)
    assert not actions.accept(by=sam, proposal=proposal)


def test_the_same_words_again_keep_what_was_agreed(post, tom, sam) -> None:
    actions.agree(by=sam, proposal=propose(tom, post.passage))
    propose(tom, post.passage)
    assert Agreement.objects.count() == 1


def test_what_was_withdrawn_cannot_be_accepted(post, tom, mei) -> None:
    proposal = propose(tom, post.passage)
    assert actions.withdraw(by=tom, proposal=proposal)
    assert not actions.withdraw(by=tom, proposal=proposal)
    assert not actions.accept(by=mei, proposal=proposal)
    with pytest.raises(actions.Closed):
        actions.agree(by=mei, proposal=proposal)
    assert current(post.passage) is None


def test_a_repair_says_what_it_began_from(post, tom, mei, sam) -> None:
    actions.accept(by=mei, proposal=propose(tom, post.passage))
    repair = propose(sam, post.passage, ENGLISH.replace("too high", "far too high"))
    assert repair.began_from == ENGLISH
    actions.accept(by=mei, proposal=repair)
    assert current(post.passage).by == sam
    assert post.passage.translations.count() == 1


def edit(post, body) -> None:
    boards.edit(author=post.author, post=post, draft=Draft(body), from_version=post.passage.version)


def test_an_edit_leaves_the_translation_and_marks_it_stale(post, tom, mei) -> None:
    actions.accept(by=mei, proposal=propose(tom, post.passage))
    edit(post, CHINESE + "说说看。")
    half = current(post.passage)
    assert half.body == ENGLISH
    assert half.source_version < Passage.objects.get(pk=post.passage.pk).version


def test_what_translates_former_words_is_neither_proposed_nor_accepted(post, tom, mei, readers):
    proposal = propose(tom, post.passage)
    old = Passage.objects.get(pk=post.passage.pk)
    edit(post, CHINESE + "说说看。")
    with pytest.raises(actions.Conflict):
        propose(tom, old, "Other words.")
    with pytest.raises(actions.Conflict):
        actions.accept(by=mei, proposal=proposal)
    for reader in readers[:2]:
        actions.agree(by=reader, proposal=proposal)
    with pytest.raises(actions.Conflict):
        actions.agree(by=readers[2], proposal=proposal)
    assert current(post.passage) is None and Agreement.objects.count() == 2


def test_asking_twice_is_asking_once(post, tom) -> None:
    ask = [
        actions.ask_for_translation(by=tom, passage=post.passage, language="en") for _ in range(2)
    ]
    assert ask == [True, False] and events(post.passage) == ["translation.asked"]


def test_a_title_s_translation_stays_without_markup(untitled, tom, mei) -> None:
    actions.accept(by=mei, proposal=propose(tom, untitled.title, "Three months and *a deposit*"))
    assert current(untitled.title).html == ""


# Which language


def name(by, passage, language, **how) -> bool:
    return actions.name_language(by=by, passage=passage, language=language, **how)


def test_two_readers_who_agree_change_a_language(post, tom, sam) -> None:
    assert not name(tom, post.passage, "mixed")
    assert not name(tom, post.passage, "mixed")  # one reader is one reader
    assert name(sam, post.passage, "mixed")
    passage = Passage.objects.get(pk=post.passage.pk)
    assert (passage.language, passage.language_source) == ("mixed", "readers")
    event = Event.objects.get(verb="passage.language_named")
    assert event.public and event.data == {"was": "zh-hans", "language": "mixed"}


def test_readers_of_two_opinions_change_nothing(post, tom, sam) -> None:
    assert not name(tom, post.passage, "mixed")
    assert not name(sam, post.passage, "other")


def test_who_changes_their_mind_has_said_only_the_last(post, tom, sam) -> None:
    name(tom, post.passage, "mixed")
    name(tom, post.passage, "other")
    assert not name(sam, post.passage, "mixed")
    name(tom, post.passage, post.passage.language)  # it is right as it is
    assert not name(sam, post.passage, "other")


@pytest.mark.parametrize("counts_as", ["moderator", "author"])
def test_the_author_s_or_a_moderator_s_word_counts_at_once(counts_as, post, lin) -> None:
    assert name(lin, post.passage, "zh-hant", counts_as=counts_as)
    assert Passage.objects.get(pk=post.passage.pk).language_source == counts_as


def test_nobody_is_asked_for_a_translation_into_what_a_text_is_in(post, tom, lin) -> None:
    actions.ask_for_translation(by=tom, passage=post.passage, language="en")
    name(lin, post.passage, "en", counts_as="moderator")
    assert not post.passage.requests.exists()
