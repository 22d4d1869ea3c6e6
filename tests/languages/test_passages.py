import pytest

from exchange.languages import actions
from exchange.languages.actions import Conflict, Draft
from exchange.languages.models import Passage, Revision, Translation


def test_a_passage_is_detected_whatever_its_thread_is_written_in(mei):
    passage = actions.write(by=mei, scope="thread.1", draft=Draft("房租太贵了。"))
    assert (passage.language, passage.language_source) == ("zh-hans", "detected")


def test_the_author_can_say_what_it_is_written_in(mei):
    passage = actions.write(by=mei, scope="thread.1", draft=Draft("OK", language="other"))
    assert (passage.language, passage.language_source) == ("other", "author")


def test_the_other_half_is_an_author_translation_in_its_own_language(tom):
    draft = Draft("The rent is too high.", "房租太贵了。")
    passage = actions.write(by=tom, scope="thread.1", draft=draft)
    half = passage.translations.get()
    assert (half.language, half.kind, half.source_version) == ("zh-hans", "author", 1)
    assert "房租" in half.html


def test_the_first_version_is_a_revision_too(tom):
    passage = actions.write(by=tom, scope="thread.1", draft=Draft("Hello.", "你好。"))
    revision = passage.revisions.get()
    assert (revision.version, revision.body, revision.body_other) == (1, "Hello.", "你好。")
    assert (revision.language, revision.language_other) == ("en", "zh-hans")


def test_rewriting_keeps_the_former_words_and_counts_the_version(tom):
    passage = actions.write(by=tom, scope="thread.1", draft=Draft("Helo.", "你好。"))
    actions.rewrite(by=tom, passage=passage, draft=Draft("Hello!", "您好！"), from_version=1)
    fresh = Passage.objects.get(pk=passage.pk)
    assert (fresh.body, fresh.version) == ("Hello!", 2)
    assert list(fresh.revisions.order_by("version").values_list("body", flat=True)) == [
        "Helo.",
        "Hello!",
    ]
    assert fresh.translations.get().source_version == 2


def test_rewriting_detects_again(mei):
    passage = actions.write(by=mei, scope="thread.1", draft=Draft("你好"))
    actions.rewrite(by=mei, passage=passage, draft=Draft("Hello there"), from_version=1)
    assert Passage.objects.get(pk=passage.pk).language == "en"


def test_of_two_editors_of_one_version_the_second_is_told(tom):
    passage = actions.write(by=tom, scope="thread.1", draft=Draft("One."))
    second = Passage.objects.get(pk=passage.pk)
    actions.rewrite(by=tom, passage=passage, draft=Draft("Two."), from_version=1)
    with pytest.raises(Conflict):
        actions.rewrite(by=tom, passage=second, draft=Draft("Three."), from_version=1)
    assert Passage.objects.get(pk=passage.pk).body == "Two."
    assert Revision.objects.filter(passage=passage).count() == 2


def test_erasing_leaves_no_word_in_any_table(tom):
    passage = actions.write(by=tom, scope="thread.1", draft=Draft("Secret words", "秘密的话"))
    actions.rewrite(by=tom, passage=passage, draft=Draft("Secret again"), from_version=1)
    actions.erase(passage)
    fresh = Passage.objects.get(pk=passage.pk)
    assert (fresh.body, fresh.html) == ("", "")
    assert Revision.objects.count() == Translation.objects.count() == 0


def test_the_translator_mark_is_kept(sam):
    draft = Draft("我学习中文", used_translator=True)
    passage = actions.write(by=sam, scope="thread.1", draft=draft)
    assert Passage.objects.get(pk=passage.pk).used_translator


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "language"),
    [
        ("> [tom #2](/posts/2/)\n>\n> What do you pay for a one-bedroom?\n\n三分之一。", "zh-hans"),
        ("> 你们租一室一厅要多少钱？\n\nA third of what I earn.", "en"),
        ("> What do you pay?", "en"),
    ],
)
def test_an_answer_is_in_its_own_language_whatever_it_quotes(mei, body, language):
    assert actions.write(by=mei, scope="thread.1", draft=Draft(body)).language == language


@pytest.mark.django_db
def test_another_half_that_quotes_english_is_still_for_readers_of_chinese(tom):
    half = "第一个：the apple doesn't fall far from the tree，苹果落地，离树不远。"
    body = "The apple doesn't fall far from the tree."
    passage = actions.write(by=tom, scope="thread.1", draft=Draft(body, half))
    made = passage.translations.get()
    assert (made.language, made.readers, passage.human_in) == ("mixed", "zh", "en zh")
