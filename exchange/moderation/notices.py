"""What the person concerned is told of a decision, in a language that they read.

The same words stand in the notice, in the mail and in the preview that a moderator sees first. Pure:
nothing is looked up.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchange.accounts.models import FOR_GOOD
from exchange.web.templatetags.bilingual import localised

APPEAL_DAYS = 30
REASON = _("The reason is house rule %(number)s: %(name)s.")


@dataclass(frozen=True, slots=True)
class Notice:
    """`title` is one line; `body` is paragraphs, with an empty line between them. Plain text."""

    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Words:
    """`what` happened, and what the person can do `now`. `names_rule`: it was done for a rule, which
    `ruled` says."""

    title: Any
    what: Any
    now: Any = ""
    names_rule: bool = True
    appealable: bool = False
    ruled: Any = REASON


def notice(
    verb: str,
    *,
    rule: Any,
    language: str,
    until: datetime | None = None,
    thread_title: str = "",
    appealable: bool = True,
    for_now: bool = False,
    nothing_left: bool = False,
) -> Notice:
    """Raises KeyError for a verb that nobody is told of. `until` is FOR_GOOD for a sanction without an
    end. `appealable` is False where the decision was appealed before, or is only asked about. `for_now`
    is what the event of a hiding says of itself. `nothing_left`: an appeal was agreed with, and there
    was nothing left to take back."""
    words = FOR_NOW if for_now else NOTHING_LEFT if nothing_left else WORDS[verb]
    with translation.override(language):
        parts = [str(words.what), _ending(verb, until), _about(thread_title)]
        if words.names_rule and rule:
            parts += [_rule(words.ruled, rule)]
        parts += [str(words.now)]
        if words.appealable and appealable:
            parts += [str(APPEAL) % {"days": APPEAL_DAYS}]
        return Notice(str(words.title), "\n\n".join(part for part in parts if part))


def is_told(verb: str) -> bool:
    """Whether the person concerned hears of such a decision."""
    return verb in WORDS


def names_rule(verb: str) -> bool:
    """Whether what they hear names the house rule that was chosen."""
    return verb in WORDS and WORDS[verb].names_rule


def told_in(person: Any) -> str:
    """The interface language that somebody reads best."""
    reads = [code for code in person.reads or [] if code in ("en", "zh-hans", "zh-hant")]
    return reads[0] if reads else "en"


def _rule(ruled: Any, rule: Any) -> str:
    named = str(ruled) % {"number": rule.number, "name": localised(rule.name)}
    return f"{named}\n{localised(rule.text)}"


def _about(title: str) -> str:
    return gettext("It is about the thread “%(title)s”.") % {"title": title} if title else ""


def _ending(verb: str, until: datetime | None) -> str:
    if until is None:
        return ""
    if until >= FOR_GOOD:
        return gettext("No end was set.")
    # A mail cannot know what time it is where it is read.
    moment = date_format(until.astimezone(UTC), "DATETIME_FORMAT")
    return gettext("It ends by itself on %(moment)s (UTC).") % {"moment": moment}


APPEAL = _(
    "If you think that this is wrong, you can appeal once within %(days)s days, in your own language."
    " Wherever possible, somebody else decides about it than the person who decided this."
)
CAN_DELETE = _(
    "You still see your words, and you can delete them for good. Everything else you wrote stays as"
    " it is, and you can go on posting."
)
NO_REPLY_NEEDED = _("You do not have to do anything.")

# A post that is hidden until somebody who reads its language has looked. A rule is named, and not said to
# be broken; nor that it was reported under it, for what only a moderator came upon is hidden like this, too.
FOR_NOW = Words(
    _("Your post is hidden for now"),
    _(
        "A moderator hid a post of yours until somebody who reads its language has looked at it."
        " Nothing is decided yet; you will be told the outcome."
    ),
    CAN_DELETE,
    appealable=True,
    ruled=_("The rule in question is house rule %(number)s: %(name)s."),
)
WORDS = {
    "post.hidden": Words(
        _("Your post was hidden"),
        _(
            "A moderator hid a post that you wrote. In its place others see a line that names the"
            " reason."
        ),
        CAN_DELETE,
        appealable=True,
    ),
    "post.restored": Words(
        _("Your post is shown again"),
        _(
            "A moderator looked again at a post of yours that was hidden. Everybody can read it now."
        ),
        NO_REPLY_NEEDED,
        names_rule=False,
    ),
    "post.released": Words(
        _("Your post is shown now"),
        _("A moderator looked at a post of yours that was waiting. Everybody can read it now."),
        _("It stands at the place where you sent it. Thank you for your patience."),
        names_rule=False,
    ),
    "post.erased": Words(
        _("Your post was taken down"),
        _(
            "A post that you wrote was taken down because of the law or to protect somebody. Nobody can"
            " read it any more, and after a day its words and pictures are erased for good."
        ),
        _("Everything else you wrote stays as it is, and you can go on posting."),
        appealable=True,
    ),
    "post.erasing_dropped": Words(
        _("Your post is back"),
        _("The decision to erase a post of yours was taken back before anything was lost."),
        NO_REPLY_NEEDED,
        names_rule=False,
    ),
    "post.edit_requested": Words(
        _("Please change your post"),
        _(
            "A moderator asks you to change something in a post that you wrote. Until then it stays where"
            " everybody can read it."
        ),
        _("Open the post and choose “Edit”. Once you have changed it, nothing is left to do."),
        appealable=True,
    ),
    "post.edit_request_dropped": Words(
        _("Your post can stay as it is"),
        _("A moderator took back the request to change a post of yours."),
        NO_REPLY_NEEDED,
        names_rule=False,
    ),
    "post.moved": Words(
        _("Your post stands in another thread now"),
        _(
            "A moderator moved a post of yours to where it fits better. Its words are the same, and all"
            " links to it lead to the new place."
        ),
        NO_REPLY_NEEDED,
        names_rule=False,
    ),
    "picture.hidden": Words(
        _("A picture of your post was hidden"),
        _(
            "A moderator hid a picture in a post that you wrote. The words of the post stay. The same"
            " picture cannot be posted again."
        ),
        _("You can edit the post and take the picture out."),
        appealable=True,
    ),
    "picture.restored": Words(
        _("A picture of your post is shown again"),
        _(
            "A moderator looked again at a picture of yours that was hidden. Everybody can see it now."
        ),
        NO_REPLY_NEEDED,
        names_rule=False,
    ),
    "picture.released": Words(
        _("Your picture is shown now"),
        _("A moderator looked at a picture of yours that was waiting. Everybody can see it now."),
        _("Your next pictures will not have to wait."),
        names_rule=False,
    ),
    "thread.locked": Words(
        _("Your thread was locked"),
        _(
            "A moderator locked a thread that you opened. Everybody can still read it, but nobody can"
            " reply for now."
        ),
        _("You can open another thread at any time."),
        appealable=True,
    ),
    "thread.unlocked": Words(
        _("Your thread is open again"),
        _("A moderator unlocked a thread that you opened. Everybody can reply again."),
        NO_REPLY_NEEDED,
        names_rule=False,
    ),
    "thread.moved": Words(
        _("Your thread stands on another board now"),
        _(
            "A moderator moved a thread that you opened to the board where it fits better. Its address"
            " and all posts in it are the same."
        ),
        NO_REPLY_NEEDED,
        appealable=True,
    ),
    "thread.split": Words(
        _("Part of your thread has a thread of its own now"),
        _(
            "A moderator moved posts of a thread that you opened into a thread of their own. At their old"
            " places a line leads to the new one."
        ),
        NO_REPLY_NEEDED,
        appealable=True,
    ),
    "thread.merged": Words(
        _("Your thread was merged into another"),
        _(
            "A moderator moved all posts of a thread that you opened to the end of another thread about"
            " the same. All links to them lead to the new place."
        ),
        _("You can go on talking there."),
        appealable=True,
    ),
    "thread.parted": Words(
        _("Posts came back to your thread"),
        _("A moderator moved posts back to the thread that they came from, which you opened."),
        NO_REPLY_NEEDED,
        names_rule=False,
    ),
    "translation.removed": Words(
        _("Your translation was removed"),
        _("A moderator removed a translation that you wrote. The original is not changed by that."),
        _(
            "Honest mistakes are welcome here and are no reason for this. You can propose a better"
            " translation."
        ),
        appealable=True,
    ),
    "translation.restored": Words(
        _("Your translation is back"),
        _(
            "A moderator looked again at a translation of yours that was removed. It stands there again."
        ),
        NO_REPLY_NEEDED,
        names_rule=False,
    ),
    "correction.removed": Words(
        _("Your correction was removed"),
        _(
            "A moderator removed a correction that you offered. The text itself is not changed by that."
        ),
        _("You can offer another one."),
        appealable=True,
    ),
    "correction.restored": Words(
        _("Your correction is back"),
        _(
            "A moderator looked again at a correction of yours that was removed. It stands there again."
        ),
        NO_REPLY_NEEDED,
        names_rule=False,
    ),
    "figure.excluded": Words(
        _("Your figure is not counted"),
        _(
            "A moderator took a figure that you gave out of the comparisons. It stays in your post, with"
            " a mark that it is not counted."
        ),
        _("If it was a slip, edit the post and correct the figure."),
        appealable=True,
    ),
    "figure.included": Words(
        _("Your figure is counted again"),
        _("A moderator took a figure that you gave into the comparisons again."),
        NO_REPLY_NEEDED,
        names_rule=False,
    ),
    "person.warned": Words(
        _("A moderator warns you"),
        _(
            "This is a warning about something that you wrote or did here. Nothing was taken from you:"
            " you can read and post as before."
        ),
        _("Please read the rule once more. If it happens again, your account may be paused."),
        appealable=True,
    ),
    "person.warning_lifted": Words(
        _("A warning was taken back"),
        _("A moderator took back a warning that you had been given. It does not count any more."),
        NO_REPLY_NEEDED,
        names_rule=False,
    ),
    "person.silenced": Words(
        _("You cannot post for a time"),
        _("A moderator paused posting for your account. You can still log in and read everything."),
        _("Your posts stay as they are, and your drafts are kept."),
        appealable=True,
    ),
    "person.silence_lifted": Words(
        _("You can post again"),
        _("A moderator ended the pause of your account early. You can post again."),
        NO_REPLY_NEEDED,
        names_rule=False,
    ),
    "person.suspended": Words(
        _("You cannot log in for a time"),
        _(
            "A moderator suspended your account. You cannot log in while that lasts; without logging in"
            " you can read everything that is public."
        ),
        _("What you wrote stays as it is."),
        appealable=True,
    ),
    "person.suspension_lifted": Words(
        _("You can log in again"),
        _("A moderator ended the suspension of your account. You can log in and post again."),
        NO_REPLY_NEEDED,
        names_rule=False,
    ),
    "appeal.upheld": Words(
        _("Your appeal was agreed with"),
        _(
            "Somebody looked at your appeal and agrees with you: the decision was taken back. We are sorry"
            " for the trouble."
        ),
        names_rule=False,
    ),
    "appeal.rejected": Words(
        _("Your appeal was turned down"),
        _(
            "Somebody looked at your appeal, and the decision stands. Thank you for saying how you see it."
        ),
        _("A decision can be appealed only once."),
    ),
}
NOTHING_LEFT = Words(
    WORDS["appeal.upheld"].title,
    _(
        "Somebody looked at your appeal and agrees with you. What was done cannot be undone any more, but"
        " the decision no longer counts against you. We are sorry for the trouble."
    ),
    names_rule=False,
)
