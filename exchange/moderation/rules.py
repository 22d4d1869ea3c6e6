"""May they? Each answer is None for yes, or the reason in the reader's language."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from exchange.accounts.models import User
from exchange.boards.models import Post
from exchange.boards.queries import roles
from exchange.boards.rules import Reader, Refusal
from exchange.languages.models import family

from . import notices
from .targets import find

OWN = _("This is about yourself, so somebody else has to decide it.")
COLLEAGUE = _("This is about a moderator, so the staff has to decide it.")
STAFF = _("This is about one of the staff, so another one of the staff has to decide it.")
SITE_ONLY = _("Only moderators of the whole site and the staff can do that.")
STAFF_ONLY = _("Only the staff can do that.")
NOT_HERE = _("This person has written nothing on the boards that you keep order on.")
LAST = _("You are the last one of the staff. Appoint somebody else first.")
NOT_READ = _(
    "You do not read the language that this is written in, and nobody is punished for what a machine"
    " says that they wrote. You can hide the post until somebody who reads it has looked at it."
)


def can_judge(moderator: Reader, person: Any) -> Refusal:
    """Decide on what somebody wrote, or on their standing. `person` is None for a former member."""
    if person is None:
        return None
    if person.pk == moderator.pk:
        return OWN
    if person.is_staff:
        return None if moderator.is_staff else STAFF
    if roles(person).any and not moderator.is_staff:
        return COLLEAGUE
    return None


def reads(moderator: Reader, language: str) -> bool:
    """Whether a moderator's own eyes can judge a text. Of a mixed one either half is enough; what is
    in neither language is judged by whoever says that they read it."""
    known = {family(code) for code in moderator.reads} | roles(moderator).reads
    return family(language) in known if family(language) else language == "mixed" and bool(known)


def can_punish(moderator: Reader, person: Any, language: str, *, attests: bool = False) -> Refusal:
    """Decide against somebody because of a text in `language`. `attests`: they say that they read it,
    which is possible only for what is in none of the site's languages."""
    if refusal := can_judge(moderator, person):
        return refusal
    if not language or reads(moderator, language) or (attests and language == "other"):
        return None
    return NOT_READ


APPEAL_DAYS = timedelta(days=notices.APPEAL_DAYS)
NO_APPEAL = _("There is nothing in this decision that can be appealed.")
TAKEN_BACK = _("This decision was taken back already, so there is nothing to appeal.")
TOO_LATE = _("An appeal can be made for 30 days after the decision. That time is over.")
APPEALED = _("You appealed this decision before. Each decision can be appealed once.")
OWN_DECISION = _("You made this decision yourself, so somebody else decides about the appeal.")
NOT_READ_APPEAL = _(
    "You do not read the language that this appeal is written in. You can agree with it; to turn it down"
    " is left to somebody who reads what it says."
)


def is_appealable(verb: str) -> bool:
    """Whether it is a kind of decision that one can appeal at all."""
    words = notices.WORDS.get(verb)
    return words is not None and words.appealable


def can_appeal(decision: Any, now: datetime) -> Refusal:
    """For the person whom it concerns. A silenced one can, and a suspended one."""
    if not is_appealable(decision.verb):
        return NO_APPEAL
    if hasattr(decision, "appeal"):
        return APPEALED
    if hasattr(decision, "undone_by"):
        return TAKEN_BACK
    return TOO_LATE if now > decision.made_at + APPEAL_DAYS else None


def can_decide(moderator: Reader, decision: Any, others: Collection[Any]) -> Refusal:
    """`others` are those who may decide and did not make the decision. Where there is nobody else,
    whoever made it may look again."""
    if refusal := can_answer(moderator, decision):
        return refusal
    if decision.by_id == moderator.pk and others:
        return OWN_DECISION
    return None


def can_answer(moderator: Reader, decision: Any) -> Refusal:
    """Decide an appeal against it, whoever made it: for who can take it back, too."""
    return can_judge(moderator, decision.person) or can_undo(moderator, decision)


def can_reject(moderator: Reader, appeal: Any, others: Collection[Any]) -> Refusal:
    """Nobody is turned down by who cannot read them, as long as there is somebody who can."""
    language = appeal.words.language
    if not family(language) or reads(moderator, language):
        return None
    return NOT_READ_APPEAL if any(reads(other, language) for other in others) else None


def can_touch(moderator: Reader, person: Any) -> Refusal:
    """Lock, pin, move, split or merge somebody's thread: also one's own, for no words are judged."""
    if person is not None and person.pk == moderator.pk:
        return None
    return can_judge(moderator, person)


def can_warn(moderator: Reader, person: Any) -> Refusal:
    """Who keeps order on a board warns who wrote there."""
    if refusal := can_judge(moderator, person):
        return refusal
    mine = roles(moderator)
    if mine.site or Post.objects.filter(author=person, thread__board__in=mine.boards).exists():
        return None
    return NOT_HERE


def can_sanction(moderator: Reader, person: Any) -> Refusal:
    """Silence or suspend somebody."""
    if not roles(moderator).site:
        return SITE_ONLY
    return can_judge(moderator, person)


def can_erase(moderator: Reader, person: Any) -> Refusal:
    """Delete for good what somebody wrote."""
    return can_judge(moderator, person) if moderator.is_staff else STAFF_ONLY


type May = Callable[[Reader, Any], Refusal]


def _as(may: May) -> May:
    """What is taken back is as much as `may` allows to do to the person concerned."""
    return lambda moderator, decision: may(moderator, decision.person)


def _against(may: May) -> May:
    """The same, where it is done because of somebody's words: for who can read those."""

    def asked(moderator: Reader, decision: Any) -> Refusal:
        person = decision.person
        language = _judged_by(moderator, decision)
        return may(moderator, person) or can_punish(moderator, person, language)

    return asked


def _all_of(moderator: Reader, decision: Any) -> Refusal:
    refusals = (can_undo(moderator, part) for part in decision.parts)
    return next(filter(None, refusals), None)


def _judged_by(moderator: Reader, decision: Any) -> str:
    """What is written in the language of the words as they are now, or, of a person, of those that they
    were judged by before."""
    if not decision.event.target.startswith("user."):
        target = find(decision.event.target)
        return target.language if target else str(decision.language)
    before = decision.undoes.language if decision.undoes else ""
    return before or language_for(moderator, decision.person)


# Who may take a decision back, by its verb: whoever may do by hand what that does.
UNDOING: dict[str, May] = {
    **dict.fromkeys(
        (
            *("case.dismissed", "post.hidden", "post.released", "post.edit_requested"),
            *("picture.hidden", "picture.restored", "picture.released"),
            *("translation.removed", "correction.removed"),
            *("figure.excluded", "figure.included"),
        ),
        _as(can_judge),
    ),
    **dict.fromkeys(
        (
            *("post.restored", "post.edit_request_dropped"),
            *("translation.restored", "correction.restored"),
        ),
        _against(can_judge),
    ),
    **dict.fromkeys(
        (
            *("thread.locked", "thread.unlocked", "thread.pinned", "thread.unpinned"),
            *("thread.moved", "thread.split", "thread.merged", "thread.parted"),
        ),
        _as(can_touch),
    ),
    "post.erased": _as(can_erase),
    "post.erasing_dropped": _against(can_erase),
    "person.warned": _as(can_warn),
    "person.warning_lifted": _against(can_warn),
    **dict.fromkeys(("person.silenced", "person.suspended"), _as(can_sanction)),
    **dict.fromkeys(("person.silence_lifted", "person.suspension_lifted"), _against(can_sanction)),
    "burst.ended": _all_of,
}


def can_undo(moderator: Reader, decision: Any) -> Refusal:
    """Take a decision back."""
    return UNDOING.get(decision.verb, _as(can_judge))(moderator, decision)


def is_last_of_staff(person: Any) -> bool:
    """Whether nobody else could appoint anybody. Who is suspended cannot log in to do it."""
    others = User.objects.filter(is_staff=True, is_active=True).exclude(pk=person.pk)
    return bool(person.is_staff) and all(one.is_suspended for one in others)


def can_dismiss(by: Reader, person: Any, role: str) -> Refusal:
    """Take a role away: the staff, or whoever has it and resigns."""
    if not (by.is_staff or by.pk == person.pk):
        return STAFF_ONLY
    return LAST if role == "staff" and is_last_of_staff(person) else None


# As many of somebody's latest posts tell what they write in.
LATEST = 20


def language_for(moderator: Reader, person: Any) -> str:
    """Which of the languages that somebody writes in a moderator would judge them by: one that they
    read, if there is one; "" for who wrote nothing."""
    latest = Post.objects.filter(author=person, deleted_at=None).order_by("-id")
    written = list(dict.fromkeys(latest.values_list("passage__language", flat=True)[:LATEST]))
    return next((code for code in written if reads(moderator, code)), *written[:1] or [""])
