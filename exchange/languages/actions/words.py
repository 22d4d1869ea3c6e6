"""The words that somebody keeps to learn. Nobody else is told: the ledger has no event of it."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from exchange.languages import dictionary, script
from exchange.languages.models import Passage, SavedWord

# More than anybody learns, and few enough to be exported in one answer.
MOST_WORDS = 5000
TOO_MANY = _("Your word list is full: it holds 5,000 words. Remove some first.")


class ListIsFull(Exception):
    """There are MOST_WORDS on the list; `reason` says it to the reader."""

    reason = TOO_MANY


def keep_word(*, owner: Any, word: str, passage: Passage | None = None) -> SavedWord:
    """Put a word on its owner's list, once; again it only comes with the text it was met in last.

    Raises ListIsFull.
    """
    with transaction.atomic():
        kept = SavedWord.objects.select_for_update().filter(owner=owner, word=word).first()
        if kept:
            kept.passage = passage or kept.passage
            kept.save(update_fields=["passage"])
            return kept
        if SavedWord.objects.filter(owner=owner).count() >= MOST_WORDS:
            raise ListIsFull
        language = script.han_script(word) if dictionary.has_han(word) else "en"
        saved, _made = SavedWord.objects.get_or_create(
            owner=owner, word=word, defaults={"language": language, "passage": passage}
        )
    return saved


def drop_word(*, owner: Any, word: str) -> bool:
    """False where it was not on the list."""
    dropped, _kinds = SavedWord.objects.filter(owner=owner, word=word).delete()
    return dropped > 0
