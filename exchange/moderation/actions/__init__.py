"""Every act of a moderator: one transaction, one event of the ledger, with its reason."""

from .annotating import annotate
from .appeals import appeal, decide_appeal
from .bursts import end_burst
from .cases import (
    Overtaken,
    Read,
    claim,
    close_gone,
    dismiss_case,
    hold,
    is_claimed_by_another,
    open_case,
    report,
    route_anew,
    settle,
    settle_open,
    unclaim,
    write_note,
)
from .erasing import ERASED_AFTER, drop_erasing, erase, sweep
from .holds import release_post
from .people import LIFTED, end, lift, silence, standing, suspend, until_of, warn
from .pictures import hide_picture, release_picture, restore_picture
from .posts import hide, restore
from .readers import answer, ask, hide_for_now, leave, left_as
from .removals import (
    ask_for_edit,
    drop_edit_request,
    exclude,
    include,
    remove_correction,
    remove_translation,
    restore_correction,
    restore_translation,
)
from .roles import LastOfStaff, appoint, dismiss
from .surgery import merge, part, rejoin, split
from .threads import lock, move, open_board, pin, show_presence, unlock, unpin
from .undoing import UNDO, undo

__all__ = [
    "ERASED_AFTER",
    "LIFTED",
    "UNDO",
    "LastOfStaff",
    "Overtaken",
    "Read",
    "annotate",
    "answer",
    "appeal",
    "appoint",
    "ask",
    "ask_for_edit",
    "claim",
    "close_gone",
    "decide_appeal",
    "dismiss",
    "dismiss_case",
    "drop_edit_request",
    "drop_erasing",
    "end",
    "end_burst",
    "erase",
    "exclude",
    "hide",
    "hide_for_now",
    "hide_picture",
    "hold",
    "include",
    "is_claimed_by_another",
    "leave",
    "left_as",
    "lift",
    "lock",
    "merge",
    "move",
    "open_board",
    "open_case",
    "part",
    "pin",
    "rejoin",
    "release_picture",
    "release_post",
    "remove_correction",
    "remove_translation",
    "report",
    "restore",
    "restore_correction",
    "restore_picture",
    "restore_translation",
    "route_anew",
    "settle",
    "settle_open",
    "show_presence",
    "silence",
    "split",
    "standing",
    "suspend",
    "sweep",
    "unclaim",
    "undo",
    "unlock",
    "unpin",
    "until_of",
    "warn",
    "write_note",
]
