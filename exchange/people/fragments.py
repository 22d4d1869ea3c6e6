"""A person's posts as the rows of a list."""

import re
from dataclasses import dataclass

from exchange.boards import queries as boards
from exchange.boards.models import Post
from exchange.boards.muting import mutes_of
from exchange.boards.presenting import reads_better
from exchange.boards.rules import Reader
from exchange.figures.labels import TOKEN
from exchange.languages.models import FAMILIES, Translation
from exchange.languages.queries import best
from exchange.languages.render import plain
from exchange.languages.text import excerpt

# What they quote is not theirs.
QUOTED = re.compile(r"^ {0,3}>.*(?:\n|$)", re.MULTILINE)
# Weighted characters of a post that its row shows: two or three lines.
SHOWN = 240


@dataclass(frozen=True, slots=True)
class Row:
    """`words` are in `language`, which is the page's where a person wrote the post in it as well.

    `title` is empty where the thread's may not be read. `muted`: the reader muted a word in it.
    """

    post: Post
    title: str
    title_language: str
    words: str
    language: str
    muted: bool


def rows(reader: Reader, posts: list[Post], language: str) -> list[Row]:
    return [_row(reader, post, language) for post in posts]


def _row(reader: Reader, post: Post, language: str) -> Row:
    title, title_language = _title(reader, post, language)
    body, body_language = _body(post, language)
    words = excerpt(TOKEN.sub("", plain(QUOTED.sub("", body) or body)), SHOWN)
    mutes = mutes_of(reader)
    whole = (title, post.passage.body, *(half.body for half in post.passage.translations.all()))
    muted = bool(mutes.words) and post.author_id != reader.pk and mutes.hides("\n".join(whole))
    return Row(post, title, title_language, words, body_language, muted)


def _title(reader: Reader, post: Post, language: str) -> tuple[str, str]:
    thread = post.thread
    if not boards.may_read_title(reader, thread):
        return "", ""
    if thread.title_reads_better(language):
        return thread.title_other or "", thread.title_other_language or ""
    return thread.title.body, thread.title.language


def _body(post: Post, language: str) -> tuple[str, str]:
    passage = post.passage
    family = language[:2]
    half = best(passage.translations.all(), family) if family in FAMILIES else None
    by_people = half and half.kind != Translation.Kind.MACHINE
    if half and by_people and reads_better(half.readers, passage.language, language):
        return half.body, half.language
    return passage.body, passage.language
