"""Writes that reach from a passage to what it is part of, and those that moderators' filters look at.

What is said beside posts cannot wait for a look: `boards.screening.of_aside` says what happens to it.
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from exchange.boards import actions as boards
from exchange.boards import screening
from exchange.boards.actions import Refused, let_through
from exchange.boards.models import Post
from exchange.languages import actions as languages
from exchange.languages.actions import Draft, Wording
from exchange.languages.models import Correction, Passage, Proposal, Term

__all__ = ["Refused", "offer", "propose", "propose_term", "rewrite_term", "take"]


def propose(*, by: Any, passage: Passage, language: str, body: str, from_version: int) -> Proposal:
    """As languages.actions.propose. Raises Refused too, of words that the text itself does not say."""
    words = Draft(body, language=language)
    verdict = screening.of_aside(by, [words], before=_halves(passage))
    let_through(verdict)
    return languages.propose(
        by=by,
        passage=passage,
        language=language,
        body=body,
        from_version=from_version,
        told=verdict.told,
    )


def offer(
    *, by: Any, passage: Passage, place: int, corrected: str, from_version: int, reason: str = ""
) -> Correction:
    """As languages.actions.offer. Raises Refused too, of words that the text itself does not say."""
    words = [Draft(corrected), Draft(reason)]
    verdict = screening.of_aside(by, words, before=_halves(passage))
    let_through(verdict)
    return languages.offer(
        by=by,
        passage=passage,
        place=place,
        corrected=corrected,
        from_version=from_version,
        reason=reason,
        told=verdict.told,
    )


def propose_term(*, by: Any, wording: Wording, note: Draft) -> Term:
    """As languages.actions.propose_term. Raises Refused too."""
    let_through(screening.of_aside(by, [_names(wording.en, wording.zh), note]))
    return languages.propose_term(by=by, wording=wording, note=note)


def rewrite_term(*, by: Any, term: Term, wording: Wording, note: Draft, from_version: int) -> Term:
    """As languages.actions.rewrite_term. Raises Refused too, of words that did not stand there."""
    before = [_names(term.en, term.zh), *_halves(term.note)]
    let_through(screening.of_aside(by, [_names(wording.en, wording.zh), note], before))
    return languages.rewrite_term(
        by=by, term=term, wording=wording, note=note, from_version=from_version
    )


def take(*, author: Any, post: Post, correction: Correction) -> bool:
    """The author makes a correction their own: an edit of the post, with its version and history, or
    of what is said of one of its pictures.

    False where they did before. Raises languages.actions.SentenceGone where the sentence does not
    stand there any more, Conflict where the post changed this moment, Refused where it was hidden or
    deleted.
    """
    with transaction.atomic():
        passage = Passage.objects.select_for_update().get(pk=correction.passage_id)
        correction.passage = passage
        draft = languages.taken_over(correction)
        if not languages.take(by=author, correction=correction):
            return False
        if passage.within_id:
            boards.edit_caption(author=author, post=post, caption=passage, draft=draft)
            return True
        post.passage = passage
        boards.edit(
            author=author,
            post=post,
            draft=draft,
            from_version=passage.version,
            keeps_draft=True,
        )
    return True


def _halves(passage: Passage) -> list[Draft]:
    """What readers of a text find in it already, in either language."""
    halves = [Draft(half.body, language=half.language) for half in passage.translations.all()]
    return [Draft(passage.body, language=passage.language), *halves]


def _names(en: Sequence[str], zh: Sequence[str]) -> Draft:
    return Draft("\n".join(en), "\n".join(zh), "en", language_other="zh-hans")
