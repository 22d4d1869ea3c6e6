"""The pages of moderators, and of who tells them something."""

from .acts import edit_request, erasing, hiding, lock, move, pin
from .appeals import appeal, appeal_answer, appeals, decision_page
from .bulk import bulk
from .bursts import burst, bursts
from .cases import case, claim, decision, notes, readers, undoing, waiting
from .desk import desk, desk_count
from .feed import log_feed
from .filters import filter_activation, filter_removal, filter_trial, filters
from .holds import release
from .log import annotations, log, log_entry
from .people import record, roles, silence, suspension, warning
from .pictures import picture_hiding, picture_release
from .readings import reading, readings
from .removals import correction_removal, exclusion, proposal_removal, translation_removal
from .reports import flag, report
from .surgery import merge, split
from .switches import switches
from .transparency import transparency, transparency_csv

__all__ = [
    "annotations",
    "appeal",
    "appeal_answer",
    "appeals",
    "bulk",
    "burst",
    "bursts",
    "case",
    "claim",
    "correction_removal",
    "decision",
    "decision_page",
    "desk",
    "desk_count",
    "edit_request",
    "erasing",
    "exclusion",
    "filter_activation",
    "filter_removal",
    "filter_trial",
    "filters",
    "flag",
    "hiding",
    "lock",
    "log",
    "log_entry",
    "log_feed",
    "merge",
    "move",
    "notes",
    "picture_hiding",
    "picture_release",
    "pin",
    "proposal_removal",
    "readers",
    "reading",
    "readings",
    "record",
    "release",
    "report",
    "roles",
    "silence",
    "split",
    "suspension",
    "switches",
    "translation_removal",
    "transparency",
    "transparency_csv",
    "undoing",
    "waiting",
    "warning",
]
