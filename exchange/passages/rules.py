"""May they? Each answer is None for yes, or the reason in the reader's language."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from exchange.boards.rules import HIDDEN, WAITS, Reader, Refusal, can_edit, can_write
from exchange.languages.models import Proposal, Term, Translation, family

from .subject import Subject

# Somebody whose translations were accepted this often may accept others' into the language they read best.
TRUSTED_AFTER = 5

OWN_WORDS = _("Whoever proposed a translation cannot accept it as well.")
NOT_TRUSTED = _(
    "The author, a moderator, or a reader of this language with five accepted translations"
    " can accept it alone."
)
NO_LANGUAGE = _(
    "This text is in neither of the two languages, so there is nothing to translate it into."
)
OWN_LANGUAGE = _("The text is written in this language already.")
WRITTEN = _("A person has translated this text already.")
AUTHORS_OWN = _("The author wrote this half too, so it stays as the author has it.")
NOT_YOURS = _("Only who proposed a translation, the author or a moderator can take it back.")
LOCKED = _("This thread is locked, so its texts are left as they are.")
NOT_ASKED = _("The author did not ask for corrections of this text.")
# Also said to whom the author muted: nobody is told that.
NOT_NOW = _("The author does not take corrections right now.")
OWN_TEXT = _("This is your own text: you can edit it yourself.")
NOT_THE_AUTHOR = _("Only the author of the text can do that.")
NOT_YOUR_CORRECTION = _("Only the person who offered a correction can take it back.")


def can_work_on(reader: Reader, subject: Subject) -> Refusal:
    """Write about somebody's words at all: translate, ask, correct, say which language it is."""
    if subject.thread and subject.thread.locked_at and not subject.moderates:
        return LOCKED
    return WAITS if subject.waits else can_write(reader)


def can_translate(reader: Reader, subject: Subject, language: str) -> Refusal:
    if subject.passage.language == "other":
        return NO_LANGUAGE
    if family(subject.passage.language) == family(language):
        return OWN_LANGUAGE
    return can_work_on(reader, subject)


def can_propose(
    reader: Reader, subject: Subject, language: str, *, half: Translation | None
) -> Refusal:
    """`half` is what readers of the language get now."""
    if half and half.kind == Translation.Kind.AUTHOR:
        return AUTHORS_OWN
    return can_translate(reader, subject, language)


def can_ask(reader: Reader, subject: Subject, language: str) -> Refusal:
    """For a translation by a person, where there is none."""
    if family(language) and family(language) in subject.passage.human_in.split():
        return WRITTEN if family(subject.passage.language) != family(language) else OWN_LANGUAGE
    return can_translate(reader, subject, language)


def can_withdraw(reader: Reader, subject: Subject, proposal: Proposal) -> Refusal:
    """Their own; and the author and who keeps order need not leave what is no translation standing."""
    if reader.is_authenticated and proposal.by_id == reader.pk:
        return None
    if refusal := can_work_on(reader, subject):
        return refusal
    return None if subject.moderates or subject.author == reader else NOT_YOURS


def can_agree(reader: Reader, subject: Subject, proposal: Proposal) -> Refusal:
    if proposal.by_id == reader.pk and subject.author != reader:
        return OWN_WORDS
    return can_work_on(reader, subject)


def can_accept(reader: Reader, subject: Subject, proposal: Proposal, *, accepted: int) -> Refusal:
    """`accepted` counts the reader's own translations that were accepted into this language."""
    if refusal := can_agree(reader, subject, proposal):
        return refusal
    if subject.author == reader or (subject.moderates and _reads(reader, proposal.language)):
        return None
    native = bool(reader.reads) and family(reader.reads[0]) == family(proposal.language)
    return None if native and accepted >= TRUSTED_AFTER else NOT_TRUSTED


def _reads(reader: Any, language: str) -> bool:
    return family(language) in map(family, reader.reads)


# The glossary

# Proposals of one member that may wait at once: enough for an afternoon, too few to flood the list.
MOST_WAITING = 20

TOO_MANY_WAITING = _(
    "You have proposed a lot of words that still wait for agreement. Please give others time to look."
)
OWN_TERM = _("You proposed this word, so others have to agree.")
IN_THE_GLOSSARY = _("This word is in the glossary already.")
NOT_YOUR_TERM = _("Only the person who proposed a word can change it, and only until it is agreed.")
NOT_FOR_YOU_TO_WITHDRAW = _(
    "Only the person who proposed a word can take it back, and only until it is agreed."
    " After that a moderator of the site can take it out."
)


def can_propose_term(reader: Reader, *, waiting: int) -> Refusal:
    """`waiting` counts the reader's own proposals that are not agreed yet."""
    return can_write(reader) or (TOO_MANY_WAITING if waiting >= MOST_WAITING else None)


def can_agree_with_term(reader: Reader, term: Term, *, moderates: bool) -> Refusal:
    if refusal := can_write(reader):
        return refusal
    if term.agreed_at:
        return IN_THE_GLOSSARY
    return OWN_TERM if term.by_id == reader.pk and not moderates else None


def can_change_term(reader: Reader, term: Term) -> Refusal:
    if not reader.is_authenticated:
        return can_write(reader)
    mine = term.by_id == reader.pk and not term.agreed_at
    return can_write(reader) if mine else NOT_YOUR_TERM


def can_withdraw_term(reader: Reader, term: Term, *, moderates: bool) -> Refusal:
    """Their own proposal also while they are silenced: nobody has to leave their words standing."""
    if not reader.is_authenticated:
        return can_write(reader)
    mine = term.by_id == reader.pk and not term.agreed_at
    return None if mine or moderates else NOT_FOR_YOU_TO_WITHDRAW


def can_correct(reader: Reader, subject: Subject, *, muted: bool) -> Refusal:
    """`muted`: whether the author takes no corrections from this reader."""
    if not subject.passage.wants_correction or subject.kind not in ("post", "caption"):
        return NOT_ASKED
    if not subject.public:
        return HIDDEN
    if subject.author == reader:
        return OWN_TEXT
    return NOT_NOW if muted else can_work_on(reader, subject)


def can_answer(reader: Reader, subject: Subject) -> Refusal:
    """Give thanks for a correction."""
    if subject.author != reader:
        return NOT_THE_AUTHOR
    return can_write(reader)


def can_take(reader: Reader, subject: Subject) -> Refusal:
    """Make a correction the post's own words, which is an edit of it."""
    if subject.author != reader or subject.post is None:
        return NOT_THE_AUTHOR
    return can_edit(reader, subject.post)
