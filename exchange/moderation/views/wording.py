"""What the pages of acts say: what an act is called, and what it will do before it does it."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from exchange.moderation.queries import names_people


@dataclass(frozen=True, slots=True)
class Wording:
    """`does` are sentences; `button` is what it is called where it is done."""

    heading: Any
    does: tuple[Any, ...]
    button: Any


# What a form says of what the public log will tell of who sends it: where the log says who acted, and
# where it says as what.
IN_LOG = {
    "note": (
        _("Your name, the reason and the note stand in the public moderation log."),
        _(
            "Your role, the reason and the note stand in the public moderation log; your name does not."
        ),
    ),
    "reason": (
        _("Your name and the reason stand in the public moderation log."),
        _("Your role and the reason stand in the public moderation log; your name does not."),
    ),
    "act": (
        _("Your name stands in the public moderation log."),
        _("Your role stands in the public moderation log; your name does not."),
    ),
    "wave": (
        _(
            "Each of the people is told the reason and can object. In the public moderation log it is one"
            " entry, with your name, the reason and the note, beside one for each post."
        ),
        _(
            "Each of the people is told the reason and can object. In the public moderation log it is one"
            " entry, with your role, the reason and the note, but not your name, beside one for each post."
        ),
    ),
    "appeal": (
        _(
            "That the appeal was agreed with or turned down, and by whom, stands in the public moderation"
            " log. The appeal and your answer do not."
        ),
        _(
            "That the appeal was agreed with or turned down, and your role, stands in the public moderation"
            " log. The appeal, your answer and your name do not."
        ),
    ),
}


def in_log(kind: str) -> Any:
    named, as_role = IN_LOG[kind]
    return named if names_people() else as_role


# A post in a language that nobody on duty reads.
FOR_NOW = Wording(
    _("Hide it for now"),
    (
        _(
            "The post is hidden until somebody who reads its language has looked at it. The case stays"
            " open."
        ),
    ),
    _("Hide it for now"),
)
# By the verb that the ledger will record.
WORDINGS = {
    "post.hidden": Wording(
        _("Hide this post"),
        (
            _(
                "Everybody sees a line in its place that names the reason; its author and moderators still"
                " see the words."
            ),
            _("Its reports are closed. You can restore it at any time."),
        ),
        _("Hide"),
    ),
    "post.released": Wording(
        _("Let this post be shown"),
        (
            _(
                "It keeps its number and its place, and counts from now on. Pictures of it that wait are"
                " looked at one by one."
            ),
        ),
        _("Let it be shown"),
    ),
    "post.restored": Wording(
        _("Restore this post"), (_("Everybody can read it again, at its old place."),), _("Restore")
    ),
    "picture.hidden": Wording(
        _("Hide this picture"),
        (
            _(
                "The words of the post stay. The picture, and any that looks the same, cannot be posted"
                " again until it is restored."
            ),
        ),
        _("Hide"),
    ),
    "picture.restored": Wording(
        _("Restore this picture"), (_("Everybody can see it again."),), _("Restore")
    ),
    "post.erased": Wording(
        _("Delete this post for good"),
        (
            _(
                "For what the law forbids, or what endangers somebody. For everything else hiding is enough."
            ),
            _("Nobody sees the post any more from this moment, moderators included."),
            _(
                "After 24 hours its words, all earlier versions, pictures, translations and figures are"
                " erased. Until then you can take it back; after that nobody can."
            ),
            _("The log shows only that it happened, and the rule. No note can be added."),
        ),
        _("Delete for good"),
    ),
    "post.erasing_dropped": Wording(
        _("Do not delete this post"),
        (_("It is shown as it was before. Nothing was lost."),),
        _("Bring it back"),
    ),
    "post.edit_requested": Wording(
        _("Ask the author to change this post"),
        (
            _(
                "The post stays where everybody can read it. Its author is told, and sees your request on"
                " the post until it is changed."
            ),
            _("Once it is changed, it comes to the desk again for a look."),
        ),
        _("Ask"),
    ),
    "post.edit_request_dropped": Wording(
        _("Take the request back"),
        (_("The author is told that the post can stay as it is."),),
        _("Take it back"),
    ),
    "thread.locked": Wording(
        _("Lock this thread"),
        (_("Everybody can read it, nobody can reply. You can unlock it at any time."),),
        _("Lock"),
    ),
    "thread.unlocked": Wording(
        _("Unlock this thread"), (_("Everybody can reply again."),), _("Unlock")
    ),
    "thread.pinned": Wording(
        _("Pin this thread"), (_("It stands first in all lists until you unpin it."),), _("Pin")
    ),
    "thread.unpinned": Wording(
        _("Unpin this thread"), (_("It stands in the lists by its latest post again."),), _("Unpin")
    ),
    "thread.moved": Wording(
        _("Move this thread"),
        (_("It stands on the other board, with the same address and all its posts."),),
        _("Move"),
    ),
    "thread.split": Wording(
        _("Split this thread"),
        (
            _(
                "The posts that you choose become a new thread, in their order; the first of them opens it."
            ),
            _(
                "At each old place a line leads to the new one, and all links keep working. You can take it"
                " back."
            ),
        ),
        _("Split"),
    ),
    "thread.merged": Wording(
        _("Merge this thread into another"),
        (
            _("All posts go to the end of the other thread, in their order, with new numbers."),
            _(
                "This thread stays as a list of lines that lead there, and takes no more replies. You can"
                " take it back."
            ),
        ),
        _("Merge"),
    ),
    "thread.parted": Wording(
        _("Take the merging back"),
        (
            _(
                "The posts that came from this thread go back to their old places. What was said in the"
                " other thread since then stays there."
            ),
        ),
        _("Take it back"),
    ),
    "translation.removed": Wording(
        _("Remove this translation"),
        (
            _(
                "Readers do not see it any more. If there was another member's translation before it, that"
                " one is shown again."
            ),
            _(
                "You can restore it at any time. Honest mistakes are no reason: repair them instead."
            ),
        ),
        _("Remove"),
    ),
    "translation.restored": Wording(
        _("Restore this translation"), (_("It stands where it stood before."),), _("Restore")
    ),
    "correction.removed": Wording(
        _("Remove this correction"),
        (
            _(
                "Nobody sees it any more, the author of the text included. You can restore it at any time."
            ),
        ),
        _("Remove"),
    ),
    "correction.restored": Wording(
        _("Restore this correction"), (_("It stands where it stood before."),), _("Restore")
    ),
    "figure.excluded": Wording(
        _("Take a figure out of the comparisons"),
        (
            _(
                "It stays in the post, with a mark that it is not counted. What its author makes of it by"
                " editing is not counted either, until you take it in again."
            ),
        ),
        _("Take it out"),
    ),
    "figure.included": Wording(
        _("Take a figure into the comparisons again"),
        (_("It counts again, as it is now."),),
        _("Take it in"),
    ),
    "person.warned": Wording(
        _("Warn this person"),
        (
            _(
                "Nothing is taken from them. The warning stands in the log and in their record, where other"
                " moderators see it."
            ),
        ),
        _("Warn"),
    ),
    "person.warning_lifted": Wording(
        _("Take the warning back"), (_("It does not count any more."),), _("Take it back")
    ),
    "person.silenced": Wording(
        _("Stop this person from posting"),
        (
            _(
                "They can log in and read, but not post, translate or correct until the time is over."
            ),
            _("You can end it at any time."),
        ),
        _("Stop them from posting"),
    ),
    "person.silence_lifted": Wording(
        _("Let this person post again"),
        (_("If another one is still running, that one counts."),),
        _("Let them post"),
    ),
    "person.suspended": Wording(
        _("Suspend this person"),
        (
            _(
                "They are logged out everywhere and cannot log in until the time is over. What they wrote"
                " stays."
            ),
            _(
                "They are told by mail, and can appeal without logging in. You can end it at any time."
            ),
        ),
        _("Suspend"),
    ),
    "person.suspension_lifted": Wording(
        _("Let this person log in again"),
        (_("If another suspension is still running, that one counts."),),
        _("Let them log in"),
    ),
}
