import json
import os
import sys
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from exchange.languages import conversion, dictionary, reading, script

type Answer = dict[str, Any]


def detect(text: str) -> Answer:
    found = script.detect(text)
    return {"language": found.language, "chinese_share": round(found.chinese_share, 3)}


def read(text: str) -> Answer:
    return {
        "words": [
            {"text": word.text, "pinyin": word.pinyin, "senses": word.senses}
            for word in reading.read(text)
        ]
    }


def lookup(text: str) -> Answer:
    return {
        "entries": [
            {
                "simplified": entry.simplified,
                "traditional": entry.traditional,
                "pinyin": entry.pinyin,
                "senses": entry.senses,
                "measures": entry.measures,
            }
            for entry in dictionary.lookup(text)
        ]
    }


def equivalents(text: str) -> Answer:
    return {"words": dictionary.equivalents(text)}


VERBS: dict[str, Callable[[str], Answer]] = {
    "detect": detect,
    "read": read,
    "lookup": lookup,
    "equivalents": equivalents,
}


class Command(BaseCommand):
    help = (
        "Answers one JSON string a line on standard input with one JSON object a line:"
        " detect, read, lookup, equivalents, convert --to hant|hans."
    )
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("verb", choices=[*VERBS, "convert"])
        parser.add_argument("--to", choices=conversion.TARGETS, default="hans", help="for convert")

    def handle(self, *args: Any, verb: str, to: str, **options: Any) -> None:
        answer = VERBS.get(verb) or (lambda text: {"text": conversion.convert(text, to)})
        try:
            for line in sys.stdin.buffer:
                sys.stdout.buffer.write(_answered(answer, line))
                sys.stdout.buffer.flush()
        except BrokenPipeError:
            # Nobody reads on. Python would complain once more when it closes the stream.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _answered(answer: Callable[[str], Answer], line: bytes) -> bytes:
    """One line of JSON in UTF-8; halves of surrogate pairs stay escaped, as they came."""
    result = _result(answer, line)
    text = json.dumps(result, ensure_ascii=False, separators=(", ", ": "))
    try:
        return text.encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(result).encode() + b"\n"


def _result(answer: Callable[[str], Answer], line: bytes) -> Answer:
    try:
        text = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as wrong:
        return {"error": f"not JSON: {wrong}"}
    if not isinstance(text, str):
        return {"error": "not a JSON string"}
    try:
        return answer(text)
    except Exception as wrong:  # noqa: BLE001 - one line must never end the stream
        return {"error": f"{type(wrong).__name__}: {wrong}"}
