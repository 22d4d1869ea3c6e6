"""What `/styleguide/` shows of the moderation desk: made up here, and never saved."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from exchange.boards.models import Board, Post
from exchange.boards.presenting import words
from exchange.languages import sentences
from exchange.languages.models import Passage
from exchange.ledger.models import Event
from exchange.moderation.models import Case, CaseNote, Decision, Flag, ReaderRequest
from exchange.moderation.queries import Filters, Record, Row
from exchange.moderation.targets import of_post
from exchange.moderation.views.bulk import Chosen
from exchange.moderation.views.deciding import FromCase
from exchange.safety.models import Rule

from . import specimens_pictures

HERE = ("I paid the deposit. He kept it.", "押金我付了。他没退。")


def made(language: str, post: Post, person: Any, rule: Rule, note: Passage) -> dict[str, Any]:
    """Two lines of the queue, and the case of the first of them with everything that can stand there."""
    hours_ago = timezone.now() - timedelta(hours=4)
    case = _case(post, rule, hours_ago, "post.1", kind="reported", reports=2)
    waits = _case(post, rule, hours_ago, "picture.1", kind="held", awaits_reader=True)
    half = post.passage.translations.all()[0]
    rows = [
        Row(case, HERE[1], "zh-hans", "machine", HERE[0], "en", person, False),
        Row(waits, HERE[0], "en", "", "", "en", None, False),
    ]
    event = Event(verb="post.hidden", target="post.1", scope="thread.1", created_at=hours_ago)
    decision = Decision(pk=1, verb="post.hidden", by=person, rule=rule, event=event)
    decision.made_at = hours_ago
    vars(decision)["_state"].fields_cache |= {"undone_by": None, "appeal": None}
    read = ReaderRequest(
        case=case, reader=person, opinion="fine", words=note, answered_at=hours_ago
    )
    flag = Flag(pk=1, case=case, reporter=person, rule=rule, note=note, created_at=hours_ago)
    choices = [
        {"key": "h", "label": _("Hide the post"), "address": "#"},
        {"key": "w", "label": _("Warn"), "address": "#"},
    ]
    return {
        "rows": [(rows[0], ""), (rows[1], _("waiting for a reader"))],
        "fields": [{"name": "kind", "label": _("Why it is here"), "options": [("", _("all"))]}],
        "filters": Filters(),
        "chosen": [(Chosen(row, None, ""), 1) for row in rows],
        "case": case,
        "came": FromCase(case, 1, Filters()),
        "target": of_post(post),
        "post": post,
        "words": words(post.passage, [half], language),
        "machine_only": True,
        "p": specimens_pictures.waiting(),
        "two_halves": [*sentences.align(*HERE), (HERE[0], "")],
        "other_language": "zh-hans",
        "around": [(post, {"body": HERE[1], "language": "zh-hans", "half": "machine"})],
        "choices": choices,
        "flags": [flag],
        "notes": [CaseNote(by=person, words=note, created_at=hours_ago)],
        "readings": [read],
        "history": [decision],
        "record": Record(person, hours_ago, 12, False, [decision], [waits], [post], [post]),
    }


def _case(post: Post, rule: Rule, at: Any, target: str, **fields: Any) -> Case:
    board: Board = post.thread.board
    made = Case(
        pk=1, target=target, post=post, board=board, author=post.author, rule=rule, **fields
    )
    made.language, made.opened_at = "en", at
    return made
