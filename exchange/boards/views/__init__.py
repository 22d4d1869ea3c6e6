"""The pages of boards, threads and posts."""

from .drafts import drafts, edit_draft, new_thread_draft, reply_draft
from .gates import get_board, get_picture, get_post, get_thread, post_address
from .limits import limited, too_often
from .pages import board, card, front, history, post, quotation, thread
from .pictures import picture
from .reasons import decide, reason_of
from .writing import deletion, edit, language_found, new_thread, reply

__all__ = [
    "board",
    "card",
    "decide",
    "deletion",
    "drafts",
    "edit",
    "edit_draft",
    "front",
    "get_board",
    "get_picture",
    "get_post",
    "get_thread",
    "history",
    "language_found",
    "limited",
    "new_thread",
    "new_thread_draft",
    "picture",
    "post",
    "post_address",
    "quotation",
    "reason_of",
    "reply",
    "reply_draft",
    "thread",
    "too_often",
]
