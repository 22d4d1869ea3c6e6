"""What can happen here. A verb that is not in this table cannot be recorded."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Verb:
    label: Any
    public: bool = False  # stands in the public log


VERBS = {
    "thread.opened": Verb(_("opened a thread")),
    "post.created": Verb(_("replied")),
    "post.edited": Verb(_("edited a post")),
    "post.deleted": Verb(_("deleted their own post")),
    "post.hidden": Verb(_("hid a post"), public=True),
    "post.restored": Verb(_("restored a post"), public=True),
    "thread.locked": Verb(_("locked a thread"), public=True),
    "thread.unlocked": Verb(_("unlocked a thread"), public=True),
    "thread.pinned": Verb(_("pinned a thread"), public=True),
    "thread.unpinned": Verb(_("unpinned a thread"), public=True),
    "thread.moved": Verb(_("moved a thread"), public=True),
    "translation.proposed": Verb(_("proposed a translation")),
    "translation.withdrawn": Verb(_("took back a translation")),
    "translation.accepted": Verb(_("accepted a translation")),
    "translation.asked": Verb(_("asked for a translation")),
    "translation.made": Verb(_("a machine translated a text")),
    "passage.language_named": Verb(_("corrected the language of a text"), public=True),
    "correction.offered": Verb(_("offered a correction")),
    "correction.withdrawn": Verb(_("took back a correction")),
    "correction.thanked": Verb(_("gave thanks for a correction")),
    "correction.taken": Verb(_("took over a correction")),
    "term.proposed": Verb(_("proposed a word for the glossary")),
    "term.taken_back": Verb(_("took back a word proposed for the glossary")),
    "term.agreed": Verb(_("put a word into the glossary")),
    "term.withdrawn": Verb(_("took a word out of the glossary"), public=True),
    "figure.asked": Verb(_("asked about a figure")),
    "figure.answered": Verb(_("said that a figure is right")),
    "figure.excluded": Verb(_("took a figure out of the comparisons"), public=True),
    "figure.included": Verb(_("took a figure into the comparisons again"), public=True),
    "question.taken_back": Verb(_("took back a question about a figure")),
    "question.removed": Verb(_("took away a question about a figure"), public=True),
    "item.added": Verb(_("added an item to the comparisons"), public=True),
    "item.changed": Verb(_("changed an item of the comparisons"), public=True),
    "item.retired": Verb(_("took an item out of the comparisons"), public=True),
    "item.restored": Verb(_("took an item into the comparisons again"), public=True),
    "picture.held": Verb(_("added a picture that waits for a moderator's look")),
    "picture.released": Verb(_("looked at a picture and let it be shown")),
    "picture.hidden": Verb(_("hid a picture of a post"), public=True),
    "picture.restored": Verb(_("restored a picture of a post"), public=True),
    "flag.raised": Verb(_("reported a post")),
    "flag.closed": Verb(_("closed a report")),
    "board.opened": Verb(_("changed who can read a board"), public=True),
    "moderator.appointed": Verb(_("became a moderator"), public=True),
    "moderator.dismissed": Verb(_("is no longer a moderator"), public=True),
    "settings.changed": Verb(_("changed their settings")),
    "staff.appointed": Verb(_("joined the staff"), public=True),
    "staff.dismissed": Verb(_("left the staff"), public=True),
}
