"""What moderators want looked for in posts: words, patterns and domains, and where they stand.

A word is found in all its disguises (folding.py; spread out, spelt in pinyin or by its initials), and
not where it only happens to stand: `稍微信任` has no 微信 in it. Patterns are run by RE2, in time linear
in the text. A set is made once and shared; looking is safe from many threads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any
from urllib.parse import unquote

import re2
from ahocorasick_rs import AhoCorasick

from exchange.languages.words import is_word, segment

from .folding import Folded, folded, is_han, plain, spelt_with_signs, without_invisible

WORD, PATTERN, DOMAIN = "word", "pattern", "domain"

# More between two letters is no disguise any more but something else said in between.
LONGEST_GAP = 3
# What ends a sentence or a part of one, after folding: writers put it between words.
_SENTENCE_MARKS = frozenset(",;:!?\"'()[]{}。、《》〈〉「」『』“”‘’…—\n\r")
_RUN = re.compile(r"[a-z]+")
# So few letters spread out are as often initials, formulas or the like.
LEAST_SPREAD = 4
# "v1agra" is a word; "4k" and "b2b" are what they are.
LEAST_SIGNED = 4

# What Chinese writers put for a character so that no filter finds it.
SPOKEN_AS = {"微": "vw薇", "信": "x芯", "扣": "q蔻", "加": "+十", "群": "裙", "元": "圆"}
MOST_SPOKEN = 24
# Pinyin that is as well an English word or the English name of a place: 伤害 is no Shanghai.
_ALSO_ENGLISH = frozenset(
    "beijing shanghai tianjin chongqing guangzhou shenzhen hangzhou nanjing wuhan chengdu xian xiamen"
    " hunan hubei henan hebei hainan shandong shanxi shaanxi sichuan yunnan taiwan taibei fujian"
    " women tamen shame change tango cannon mango tune lane bane mane pane dune hanger danger".split()
)
# Abbreviations that everybody writes: the same letters are nobody's initials.
_ABBREVIATIONS = frozenset(
    "bbc cbd cctv cd cnn cny cv db dc dj dl dm dna dns dvd fb fbi ft gb gdp gg gps hd hk hkd hp hr hsk"
    " html http jp jpg js kb kfc kg km kpi ktv lgbt mb mba mbti md ml mm mp mv mvp nb nba nbc ng nhl ny"
    " nyc ok pc pdf phd pk pm pmp png pp ppt ps pvp qq rmb rpg sb sms sql ssd st sth sdk tb th tmd ts tt"
    " tv ub uk us usb usd vip vpn vr vs wc wsj ww www xl xml xp yyds zh".split()
)
_VOWELS = frozenset("aeiou")


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to look for. `language` is a family or "" for all, `rule` the code of a house rule."""

    id: int
    sort: str
    kind: str
    text: str
    language: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A way to write a word: folded, letters and digits alone.

    `breaks` are where the word itself has spaces, or syllables end; `how` is `own`, `spelt`, or
    `initials`, which count only where they stand for themselves.
    """

    tight: str
    breaks: frozenset[int] = frozenset()
    how: str = "own"


@dataclass
class _Look:
    """One text that is being looked through."""

    text: Folded
    _starts: dict[bool, frozenset[int]] = field(default_factory=dict)

    def starts(self, *, tight: bool) -> frozenset[int]:
        """Where words begin, by a dictionary alone; asked for only once something was found."""
        if tight not in self._starts:
            found, at = [], 0
            for word in segment(self.text.tight if tight else self.text.plain):
                found.append(at)
                at += len(word)
            self._starts[tight] = frozenset([*found, at])
        return self._starts[tight]


class Filters:
    """Made of entries, for any number of texts."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        by_sort: dict[str, list[Entry]] = {WORD: [], PATTERN: [], DOMAIN: []}
        for entry in entries:
            by_sort[entry.sort].append(entry)
        self._forms: list[tuple[Form, list[Entry]]] = []
        self._initials: dict[str, list[Entry]] = {}
        self._words = self._of_words(by_sort[WORD])
        self._patterns = [(compiled(entry.text), entry) for entry in by_sort[PATTERN]]
        self._domains = by_sort[DOMAIN]
        names = [_dotted(entry.text) for entry in self._domains]
        self._sites = AhoCorasick(names) if names else None
        self.is_empty = not any(by_sort.values())

    def _of_words(self, entries: list[Entry]) -> AhoCorasick | None:
        meant: dict[Form, list[Entry]] = {}
        for entry in entries:
            for form in forms(entry.text):
                if form.how == "initials" and len(form.tight) < LEAST_SPREAD:
                    # They would be found within half of all words.
                    self._initials.setdefault(form.tight, []).append(entry)
                else:
                    meant.setdefault(form, []).append(entry)
        self._forms = list(meant.items())
        tight = [form.tight for form, _ in self._forms]
        return AhoCorasick(tight) if tight else None

    def hits(self, text: str, family: str = "") -> list[Entry]:
        """What of it stands in a text, each once. `family` is the text's own, "" where it has none."""
        if self.is_empty or not text:
            return []
        found: dict[int, Entry] = {}
        view = folded(text)
        for entry in [
            *self._words_in(view),
            *self._patterns_in(text, view),
            *self._domains_in(text),
        ]:
            if not entry.language or not family or entry.language == family:
                found.setdefault(entry.id, entry)
        return list(found.values())

    def _words_in(self, view: Folded) -> Iterator[Entry]:
        if self._words is None:
            return
        if self._initials:
            yield from self._initials_in(view.plain)
        seen: set[int] = set()
        for number, look in enumerate([view, *spelt_with_signs(view)]):
            looking, signed = _Look(look), number > 0
            for at, start, end in self._words.find_matches_as_indexes(look.tight, overlapping=True):
                form, entries = self._forms[at]
                if at in seen or (signed and not _may_have_signs(form)):
                    continue
                if _stands(form, looking, start, end):
                    seen.add(at)
                    yield from entries

    def _initials_in(self, text: str) -> Iterator[Entry]:
        """Two of them count only beside Chinese: 加wx."""
        for run in _RUN.finditer(text):
            if entries := self._initials.get(run[0]):
                beside = (
                    text[max(run.start() - 1, 0) : run.start()] + text[run.end() : run.end() + 1]
                )
                if len(run[0]) > 2 or any(map(is_han, beside)):
                    yield from entries

    def _patterns_in(self, text: str, view: Folded) -> Iterator[Entry]:
        if self._patterns:
            both = (without_invisible(text).encode("utf-8", "replace"), view.plain.encode())
            for pattern, entry in self._patterns:
                if any(pattern.search(each) for each in both):
                    yield entry

    def _domains_in(self, text: str) -> Iterator[Entry]:
        if self._sites is None:
            return
        for look in _addresses(text):
            for at, start, end in self._sites.find_matches_as_indexes(look, overlapping=True):
                if _is_whole_site(look, start, end):
                    yield self._domains[at]


# Words


def forms(word: str) -> list[Form]:
    """Every way of writing a word that is looked for, its own first."""
    own = folded(word)
    breaks = frozenset(at + 1 for at in range(len(own.tight) - 1) if own.gap(at))
    found = [Form(own.tight, breaks)] if own.tight else []
    if len(own.tight) > 1 and all(map(is_han, own.tight)):
        found += _by_sound(own.tight)
        found += _as_spoken(own.tight)
    return list({form.tight: form for form in reversed(found)}.values())[::-1]


def _by_sound(word: str) -> list[Form]:
    """Pinyin whole, by initials, and for two characters half of it."""
    from pypinyin import lazy_pinyin  # takes half a second: only who looks for Chinese pays for it

    syllables = [plain(one) for one in lazy_pinyin(word, errors=lambda odd: odd)]
    if len(syllables) != len(word) or not all(one.isascii() and one for one in syllables):
        return []
    found, spelt = [], "".join(syllables)
    if len(spelt) > LEAST_SPREAD and spelt not in _ALSO_ENGLISH:
        ends = [sum(map(len, syllables[: at + 1])) for at in range(len(syllables) - 1)]
        found.append(Form(spelt, frozenset(ends), "spelt"))
    initials = "".join(one[0] for one in syllables)
    if initials not in _ABBREVIATIONS and not (len(word) == 3 and _VOWELS & set(initials)):
        found.append(Form(initials, how="initials"))
    if len(word) == 2:
        first, second = word[0], word[1]
        a, b = syllables
        found += [Form(each) for each in (a + second, first + b, a[0] + second, first + b[0])]
    return found


def _as_spoken(word: str) -> list[Form]:
    choices = [char + SPOKEN_AS.get(char, "") for char in word]
    count = 1
    for choice in choices:
        count *= len(choice)
    if not 1 < count <= MOST_SPOKEN:
        return []
    written = ["".join(found) for found in product(*choices)][1:]
    tight = [folded(each).tight for each in written]
    return [Form(each) for each in tight if len(each) == len(word)]


def _stands(form: Form, looking: _Look, start: int, end: int) -> bool:
    """Whether a word is meant where its letters are."""
    text = looking.text
    first, last = text.places[start], text.places[end - 1]
    before = text.plain[first - 1] if first else ""
    behind = text.plain[last + 1] if last + 1 < len(text.plain) else ""
    if _goes_on(before, form.tight[0]) or _goes_on(form.tight[-1], behind):
        return False
    gaps = [text.gap(at) for at in range(start, end - 1)]
    return _may_be_spread(form, gaps) and not _is_part_of_words(form, looking, start, end, gaps)


def _goes_on(left: str, right: str) -> bool:
    """Whether two neighbours are of one word or number: `vx` stands in "vx123", not in "vxy"."""
    both = left + right
    return both.isascii() and len(both) == 2 and (both.isalpha() or both.isdigit())


def _may_be_spread(form: Form, gaps: Sequence[str]) -> bool:
    inner = [gap for at, gap in enumerate(gaps, 1) if at not in form.breaks]
    if any(len(gap) > LONGEST_GAP for gap in gaps):
        return False
    if not any(inner):
        return True
    evenly = all(inner)
    for at, gap in enumerate(gaps, 1):
        if not gap or at in form.breaks:
            continue
        latin = form.tight[at - 1].isascii() and form.tight[at].isascii()
        if evenly and len(form.tight) >= (LEAST_SPREAD if latin else 3):
            continue
        if _SENTENCE_MARKS & set(gap) or (latin and any(char.isspace() for char in gap)):
            return False
    return True


def _is_part_of_words(
    form: Form, looking: _Look, start: int, end: int, gaps: Sequence[str]
) -> bool:
    """Whether its characters belong to others beside them: 稍微|信任, 人|参加.

    A dictionary that knows the word has weighed it against its neighbours. One that does not takes it
    for pieces, so that only a word begun before it says something.
    """
    if not is_han(form.tight[0]) and not is_han(form.tight[-1]):
        return False
    tight = any(gaps)
    places = looking.text.places
    starts = looking.starts(tight=tight)
    first, behind = (start, end) if tight else (places[start], places[end - 1] + 1)
    if is_han(form.tight[0]) and first not in starts:
        return True
    if not is_han(form.tight[-1]) or behind in starts:
        return False
    # A longer word that begins with it, 微信号 for 微信, says it too.
    begun = any(first < start < behind for start in starts)
    return begun and is_word(form.tight)


def _may_have_signs(form: Form) -> bool:
    return form.how != "initials" and form.tight.isascii() and len(form.tight) >= LEAST_SIGNED


# Patterns


def options() -> Any:
    found = re2.Options()
    found.case_sensitive = False
    found.log_errors = False
    found.max_mem = 4 << 20  # bytes: of all the states of one pattern
    return found


def compiled(pattern: str) -> Any:
    """Raises re2.error, whose first argument says why in RE2's words, as bytes."""
    return re2.compile(without_invisible(pattern), options())


# Domains

_DOT = re.compile(r"[ \t]*[.。．｡][ \t]*")
# Also in brackets of one kind or another, closed or not.
_SAID_DOT = re.compile(
    r"(?<=[a-z0-9])[ \t]*[\[({<【〔〈《「『]?[ \t]*(?:点|dot|[.·•‧・])"
    r"[ \t]*[\])}>】〕〉》」』]?[ \t]*(?=[a-z0-9])"
)
_LABEL = re.compile(
    r"[a-z0-9\u00a1-\U0003fffd](?:[a-z0-9\u00a1-\U0003fffd-]{0,61}[a-z0-9\u00a1-\U0003fffd])?"
)
_PUNYCODE = re.compile(r"xn--[a-z0-9-]{1,59}")
_IN_LABEL = re.compile(r"[a-z0-9_-]")


def domain(typed: str) -> str:
    """The domain of what somebody typed, an address or part of one; "" where there is none."""
    text = plain(unquote(typed)).strip()
    text = re.sub(r"^[a-z][a-z0-9+.-]*://", "", text)
    text = re.split(r"[/?#]", text)[0].rpartition("@")[2].partition(":")[0]
    found = _dotted(text).strip(".")
    labels = found.split(".")
    fits = len(labels) > 1 and len(found) <= 200 and all(map(_LABEL.fullmatch, labels))
    return found if fits and not labels[-1].isdecimal() else ""


def _dotted(text: str) -> str:
    """With one kind of dot, and labels as people read them."""
    return _PUNYCODE.sub(_decoded, _DOT.sub(".", text))


def _decoded(label: re.Match[str]) -> str:
    """Also of one that nobody can register, for it may stand for what was typed in full width."""
    try:
        found = label[0].removeprefix("xn--").encode().decode("punycode")
        found.encode()  # single surrogates are no text
    except UnicodeError:
        return label[0]
    return plain(found)


def _addresses(text: str) -> list[str]:
    """A text as its addresses are read, and as they are spoken: "example dot com", "example[.]com"."""
    found = _dotted(plain(unquote(text) if "%" in text else text))
    spoken = _SAID_DOT.sub(".", found)
    return [found] if spoken == found else [found, spoken]


def _is_whole_site(text: str, start: int, end: int) -> bool:
    """Whole labels: also what stands below the domain, but neither notexample.com nor example.com.cn."""
    before, behind = text[start - 1 : start] if start else "", text[end : end + 1]
    if _IN_LABEL.match(before) or (before and is_han(before) and is_han(text[start])):
        return False
    if behind == ".":
        return not _IN_LABEL.match(text[end + 1 : end + 2])
    return not _IN_LABEL.match(behind) and not (
        bool(behind) and is_han(behind) and is_han(text[end - 1])
    )
