"""A good form for every address that takes one: what is refused then is refused for who sends it."""

from hashlib import sha256
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from exchange.boards.models import Post, Thread
from tests.cast import PASSWORD

from .world import FLOOD, PROPOSED

REASON = {"reason": "spam", "note": "See the rules, 请看规则。"}
WORDS = {"body": "A third of what I earn.", "body_other": "我收入的三分之一。", "client_id": "c-1"}
TITLES = {"title": "What do you pay?", "title_other": "你们付多少？"}
VERSIONS = {"version": "1", "title_version": "1"}
TERM = {
    "kind": "term",
    "en": "utility bill",
    "zh": "水电费",
    "note_en": "What a home costs a month.",
}
ITEM = {
    "slug": "rent-garage",
    "topic": "rent",
    "name_en": "Rent of a garage",
    "name_zh": "车库租金",
    "question_en": "Is it locked?",
    "question_zh": "能上锁吗？",
    "period": "month",
    "periods": ["month", "year"],
    "conditions": ["bedrooms", "utilities"],
    "usual_low": "5",
    "usual_high": "2000",
    "version": "1",
}

FORMS: dict[str, dict[str, Any]] = {
    "account_login": {"login": "sam@example.org", "password": PASSWORD},
    "account_signup": {
        "email": "neu@example.org",
        "username": "Neu新人",
        "password1": PASSWORD,
        "reads": ["en"],
        "learning": ["zh-hans"],
    },
    "account_reauthenticate": {"password": PASSWORD},
    "account_email": {"email": "second@example.org", "action_add": "1"},
    "account_change_password": {
        "oldpassword": PASSWORD,
        "password1": "rabbit-stew-2026",
        "password2": "rabbit-stew-2026",
    },
    "account_reset_password": {"email": "sam@example.org"},
    "new_thread": {"board": "rent", **TITLES, **WORDS},
    "reply": WORDS,
    "edit": {**WORDS, **TITLES, **VERSIONS},
    "hiding": REASON,
    "picture_hiding": REASON,
    "flag": REASON,
    "report": REASON,
    "case_decision": {"version": "1"},
    "case_waiting": REASON | {"version": "1"},
    "case_notes": {"note": "第二次了。 The second time."},
    "case_reading": {"note": "It says hello. 是问好。", "opinion": "fine"},
    "lock": REASON,
    "pin": REASON,
    "reply_draft": WORDS | {"draft_version": "0"},
    "edit_draft": WORDS | {"draft_version": "0"},
    "new_thread_draft": {**TITLES, **WORDS, "draft_version": "0"},
    "language_found": WORDS,
    "settings": {
        "reads": ["en"],
        "learning": [],
        "view": "mine",
        "theme": "dark",
        "help": "tap",
        "script": "written",
        "saver": "device",
        "presence": "counted",
    },
    "reading_view": {"view": "mine"},
    "new_term": TERM,
    "edit_term": TERM | {"version": "1"},
    "term_withdrawal": REASON,
    "translation": {"version": "1", "body": "我付收入的三分之一。"},
    "proposal": {"act": "agree", "words": sha256(f"1.{PROPOSED}".encode()).hexdigest()[:16]},
    "passage_language": {"language": "mixed"},
    "reading_help": {"help": "all"},
    "words": {"word": "押金"},
    "mutes": {"word": "押金"},
    "correction": {"sentence": "0", "version": "1", "corrected": "A third of my pay.", "why": "短"},
    "figure_question": {"reason": "amount", "note": "是每月的吗？"},
    "question_hiding": REASON,
    "exclusion": REASON,
    "new_item": ITEM,
    "edit_item": ITEM,
    "retirement": REASON,
    "annotations": {"words": "The post was restored a day later. 第二天已经恢复。"},
    "appeal": {"body": "I think that this is wrong, 我觉得不对。"},
    "appeal_answer": {"outcome": "upheld", "body": "You are right, 你说得对。"},
    "notices_reading": {"up_to": "1"},
    "filters": {"text": "刷单", "sort": "word", "kind": "hold", "language": "zh", "reason": "spam"},
    "switches": {"name": "hold_all", "on": "yes"},
    "move": {"board": "welcome", **REASON},
    "split": {"numbers": "2", "board": "welcome", "title": "Another one", **REASON},
    "erasing": REASON,
    "edit_request": REASON,
    "translation_removal": REASON,
    "proposal_removal": REASON,
    "correction_removal": REASON,
    "warning": REASON,
    "silence": REASON | {"length": "24h"},
    "suspension": REASON | {"length": "24h"},
    "roles": {"role": "moderator", "board": "rent", "duty_from": "0", "duty_until": "0"},
}


# A red square of 8 px.
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x08\x00\x00\x00\x08\x08\x02\x00\x00\x00Km)\xdc"
    b"\x00\x00\x00\x14IDATx\x9cc<\x93f\xcc\x80\r0a\x15\x1d\xb4\x12\x00\x1b\xce\x01u\xb4\xee.\x80"
    b"\x00\x00\x00\x00IEND\xaeB`\x82"
)


def has_form(route: str) -> bool:
    """Without asking the database, which no list of tests may."""
    return route in FORMS or route in ("uploads", "burst", "merge")


def form(route: str) -> dict[str, Any]:
    if route == "uploads":
        return {"pictures": SimpleUploadedFile("square.png", PNG)}
    if route == "burst":
        flood = Post.objects.filter(passage__body__startswith=FLOOD)
        return REASON | {"posts": list(flood.values_list("pk", flat=True))}
    if route == "merge":
        return REASON | {
            "target": str(Thread.objects.order_by("pk").values_list("pk", flat=True)[0])
        }
    return dict(FORMS.get(route, {}))
