"""The operator's own copy of the article: a text file in the layout of GMW.cn's page.

A title, a line with the time and the source, a line with the reporter, paragraphs, a line with the
editor, and a disclaimer; what stands after these is the page's furniture and is dropped.
"""

import contextlib
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from exchange.languages import text

STAMP = re.compile(r"(\d{4}-[A-Za-z]+-\d{1,2} \d{1,2}:\d{2})\s+By:\s*(\S.*)")
REPORTER = re.compile(r"By\s+(\S.*)")
EDITOR = re.compile(r"Editor:\s*(\S.*)")
DISCLAIMER = re.compile(r"Disclaimer:?")
HAN = re.compile("[\u4e00-\u9fff]")
# What Markdown would take for markup in plain prose.
MARKUP = re.compile(r"([\\`*_\[\]<>#|~])|^(\d+)([.)])|^([-+=])", re.MULTILINE)
ABSENT = -1
LARGEST = 1_000_000  # bytes; an article has some ten thousand


class ArticleError(Exception):
    """The file does not fit. `missing` names the parts that were not found, in English."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__("The file lacks: " + ", ".join(missing) + ".")
        self.missing = missing


@dataclass(frozen=True, slots=True)
class Article:
    title: str
    published: datetime
    source: str
    reporter: str
    paragraphs: list[str]
    editor: str
    disclaimer: str

    @property
    def body(self) -> str:
        """The text as Markdown that shows exactly these characters."""
        lines = [f"By {self.reporter}", *self.paragraphs, f"Editor: {self.editor}"]
        return text.normalise("\n\n".join(MARKUP.sub(_escaped, line) for line in lines))


def parse(raw: bytes) -> Article:
    """Raises ArticleError that names every part that is not where it should be."""
    lines = _lines(raw)
    stamp, reporter = _find(STAMP, lines), _find(REPORTER, lines)
    editor, notice = _find(EDITOR, lines), _find(DISCLAIMER, lines)
    start = max(0, stamp, reporter) + 1
    end = next((at for at in (editor, notice) if at != ABSENT), len(lines))
    published = _published(lines[stamp]) if stamp != ABSENT else None
    found = {
        "the title": bool(lines) and 0 not in (stamp, reporter),
        "the line with time stamp and by-line": published is not None,
        "the reporter line": reporter != ABSENT,
        "the paragraphs": start < end,
        "the editor line": editor != ABSENT,
        "the disclaimer": ABSENT < notice < len(lines) - 1,
    }
    missing = [part for part, there in found.items() if not there]
    if missing or published is None:
        raise ArticleError(missing)
    return Article(
        title=lines[0],
        published=published,
        source=_said(STAMP, lines[stamp], 2),
        reporter=_said(REPORTER, lines[reporter], 1),
        paragraphs=lines[start:end],
        editor=_said(EDITOR, lines[editor], 1),
        disclaimer=_disclaimer(lines[notice + 1 :]),
    )


def facts(article: Article, seeded: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """The facts box of the full text: what the file says, in the labels of `seeded`."""
    date = article.published
    said = {
        "article": same(article.title),
        "publisher": seeded["publisher"]["value"] if _is_guangming(article) else None,
        "website": same(article.source),
        "reporter": same(article.reporter),
        "date": same(f"{date:%Y-%m-%d %H:%M}"),
        "kind": seeded["kind"]["value"],
        "disclaimer": same(article.disclaimer),
        "text": FULL_TEXT,
    }
    return [
        {"key": key, "label": seeded[key]["label"], "value": value}
        for key, value in said.items()
        if value
    ]


FULL_TEXT = {
    "en": "The article in full, from the operator's own copy.",
    "zh-hans": "文章全文，来自站点运营者自己持有的副本；中文部分是本站的转述，不是译文。",
    "zh-hant": "文章全文，來自站點運營者自己持有的副本；中文部分是本站的轉述，不是譯文。",
}


def same(words: str) -> dict[str, str]:
    return {"en": words, "zh-hans": words, "zh-hant": words}


def _is_guangming(article: Article) -> bool:
    return "Guangming" in article.reporter or "GMW" in article.source


def _lines(raw: bytes) -> list[str]:
    try:
        words = text.normalise(raw[:LARGEST].decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ArticleError(["readable text (UTF-8)"]) from None
    words = text.without_unprintable(words)
    return [line.strip() for line in words.splitlines() if line.strip()]


def _find(pattern: re.Pattern[str], lines: list[str]) -> int:
    return next((at for at, line in enumerate(lines) if pattern.fullmatch(line)), ABSENT)


def _said(pattern: re.Pattern[str], line: str, group: int) -> str:
    match = pattern.fullmatch(line)
    return match[group] if match else ""


def _published(line: str) -> datetime | None:
    """`2025-January-24 17:59`; the page does not say in which time zone, so none is added."""
    stamp = _said(STAMP, line, 1)
    for form in ("%Y-%B-%d %H:%M", "%Y-%b-%d %H:%M"):
        with contextlib.suppress(ValueError):
            return datetime.strptime(stamp, form)  # noqa: DTZ007 the page names no zone
    return None


def _disclaimer(lines: list[str]) -> str:
    """Up to the page's furniture, which is in Chinese under an English disclaimer."""
    end = next((at for at, line in enumerate(lines) if at and HAN.search(line)), len(lines))
    return " ".join(lines[:end])


def _escaped(match: re.Match[str]) -> str:
    if match[1]:
        return f"\\{match[1]}"
    return f"{match[2]}\\{match[3]}" if match[2] else f"\\{match[4]}"
