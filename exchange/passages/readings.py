"""What is known of the words of a text, for its page and for the card that a script shows.

Kept by rendition, so that an edit, a new translation and a hiding leave nothing behind; the words of
a text that not everybody may read are never kept.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.languages import dictionary
from exchange.languages.annotate import (
    Found,
    spelled,
    term_key,
    text_of,
    utf16,
    with_readings,
    words_of,
)
from exchange.languages.conversion import convert
from exchange.languages.queries import Entry as Agreed
from exchange.languages.queries import glossary
from exchange.languages.reading import Entry, Word, rarity, zhuyin
from exchange.languages.render import plain
from exchange.languages.text import excerpt
from exchange.web.templatetags.bilingual import html_lang

from .rewriting import Half, halves, in_script
from .subject import Subject, Text

# Bumped with a change of what is kept, so that a deployment shows no old form.
FORM = 2
KEPT = 7 * 24 * 3600
# Words behind the three thousand commonest: about what somebody knows after HSK 5 (2,500 words).
RARE_FROM = 3000
MOST_SENSES = 8
NOTE_LENGTH = 300  # of a term's explanation on its card; all of it is on the term's page
# Senses that send the reader on to another word.
_SEE = re.compile(
    r"\b(?:see|see also|variant of|form of|abbr\. (?:for|of)|short for|used in|same as|also written"
    r"|now written|equivalent of) ([\u3400-\u4dbf\u4e00-\u9fff]+)"
)


def as_json(subject: Subject | Text, language: str, script: str = "") -> bytes:
    """`{"halves": [{"selector", "language", "words": [[start, end, index], ...]}], "entries": [...],
    "labels": {...}}` for a page in a language.

    Places count code units of UTF-16 in the `textContent` of the half's elements one after the
    other, without what stands under `.source`. An index is a place in `entries`.
    """
    return _kept(subject, f"json.{language}.{script}", lambda: _json(subject, language, script))


def page(
    subject: Subject | Text, half: Half, language: str, *, script: str, sounds: str
) -> dict[str, Any]:
    """`{"html", "text_language", "entries"}` of one half, for browsers without scripts.

    `sounds` names what stands over Chinese words: "pinyin" or "zhuyin".
    """
    number = half.translation.pk if half.translation else 0

    def make() -> dict[str, Any]:
        shown = in_script(half, script) if script else half
        found = words_of(shown.html, terms(language))
        return {
            "html": with_readings(shown.html, found, OVER[sounds]),
            "text_language": shown.language,
            "entries": _entries(found, language)[0],
        }

    return _kept(subject, f"page.{language}.{script}.{sounds}.{number}", make)


OVER: dict[str, Callable[[Word], Sequence[str]]] = {
    "pinyin": lambda word: word.pinyin or (),
    "zhuyin": lambda word: [zhuyin(sound) for sound in word.pinyin or ()],
}


def _kept[T](subject: Subject | Text, which: str, make: Callable[[], T]) -> T:
    if not subject.public:
        return make()
    passage = subject.passage
    key = f"reading.{FORM}.{passage.pk}.{passage.rendition}.{glossary().stamp}.{which}"
    found: T | None = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, KEPT)
    return found


def _json(subject: Subject | Text, language: str, script: str) -> bytes:
    shown = halves(subject.passage, subject.kind)
    if script:
        shown = [in_script(half, script) for half in shown]
    known = terms(language)
    found = [words_of(half.html, known) for half in shown]
    entries, index = _entries([word for words in found for word in words], language)
    content = {
        "halves": [
            {
                "selector": half.selector,
                "language": html_lang(half.language),
                "words": _places(half.html, words, index),
            }
            for half, words in zip(shown, found, strict=True)
        ],
        "entries": entries,
        "labels": labels(),
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _places(html: str, found: Sequence[Found], index: Mapping[Any, int]) -> list[list[int]]:
    units = utf16(text_of(html))
    return [
        [units(word.start), units(word.end), index[key]]
        for word in found
        if (key := _key(word)) in index
    ]


def labels() -> dict[str, str]:
    """The card's own words."""
    return {
        "card": _("What this word means"),
        "close": _("Close"),
        "next": _("Next word"),
        "previous": _("Previous word"),
        "measures": _("Measure words:"),
        "base": _("Base form:"),
        "see": _("See:"),
        "unknown": _("Not in the dictionary."),
        "keep": _("Keep this word"),
        "kept": _("Kept in your word list."),
        "failed": _("That did not work. Please try again."),
        "glossary": _("In the glossary"),
    }


# Entries


def _key(found: Found) -> Any:
    word = found.word
    if word.pinyin is None:
        return (word.base or word.text).lower(), found.term and found.term["id"]
    return word.text, word.pinyin, found.term and found.term["id"]


def _entries(found: Sequence[Found], language: str) -> tuple[list[dict[str, Any]], dict[Any, int]]:
    """Each word once in order, and the index of each by its key. English without Chinese is left out."""
    entries: list[dict[str, Any]] = []
    index: dict[Any, int] = {}
    for word in found:
        key = _key(word)
        if key in index:
            continue
        entry = (
            _chinese(word.word) if word.word.pinyin is not None else _english(word.word, language)
        )
        if word.term:
            entry["term"] = word.term
        if entry["language"] == "zh" or entry["senses"] or word.term:
            index[key] = len(entries)
            entries.append(entry)
    return entries, index


def _chinese(word: Word) -> dict[str, Any]:
    sounds = word.pinyin or ()
    number = next((entry.number for entry in word.entries), "")
    found = [] if number else _readings_of(word)
    return {
        "word": word.text,
        "language": "zh",
        "sounds": sounds,
        "zhuyin": [zhuyin(sound) for sound in sounds],
        "rare": rarity(word.text) >= RARE_FROM,
        "readings": found,
        "pinyin": spelled(sounds),
        "senses": [] if found or number else list(word.senses[:MOST_SENSES]),
        "number": _("the number %(number)s") % {"number": number} if number else "",
    }


def _english(word: Word, language: str) -> dict[str, Any]:
    senses = list(word.senses[:MOST_SENSES])
    if language == "zh-hant":
        senses = [convert(sense, "hant") for sense in senses]
    return {"word": word.base or word.text.lower(), "language": "en", "senses": senses}


def _readings_of(word: Word) -> list[dict[str, Any]]:
    """The entries of a word, the one that is meant first; of two that sound alike, one after the other."""
    return [_reading(entry, word.text) for entry in word.entries]


def _reading(entry: Entry, text: str) -> dict[str, Any]:
    senses = list(entry.senses[:MOST_SENSES])
    return {
        "simplified": entry.simplified,
        "traditional": entry.traditional,
        "pinyin": spelled(entry.pinyin),
        "zhuyin": " ".join(zhuyin(sound) for sound in entry.pinyin),
        "senses": senses,
        "measures": list(entry.measures),
        "see": _seen(senses, {text, entry.simplified, entry.traditional}),
    }


def _seen(senses: Sequence[str], known: set[str]) -> list[dict[str, Any]]:
    """What the words mean that a reader is sent on to; one step, or a circle would have no end."""
    named = dict.fromkeys(match[1] for sense in senses for match in _SEE.finditer(sense))
    found = [(name, entries[0]) for name in named if (entries := dictionary.lookup(name))]
    return [
        {"word": name, "pinyin": spelled(entry.pinyin), "senses": list(entry.senses[:3])}
        for name, entry in found
        if name not in known
    ]


# The glossary


def terms(language: str) -> dict[str, dict[str, Any]]:
    """The glossary's agreed terms by each of their forms, explained in the page's language."""
    key = f"terms.{FORM}.{glossary().stamp}.{language}"
    found: dict[str, dict[str, Any]] | None = cache.get(key)
    if found is None:
        found = {}
        for term in glossary().entries.values():
            card = _card(term, language)
            for form in (*term.zh, *term.en):
                found.setdefault(term_key(form), card)
        cache.set(key, found, KEPT)
    return found


def _card(term: Agreed, language: str) -> dict[str, Any]:
    said = term.note(language)
    zh = [convert(form, "hant") if language == "zh-hant" else form for form in term.zh]
    return {
        "id": term.id,
        "address": reverse("glossary_term", args=[term.id]),
        "zh": zh,
        "en": list(term.en),
        "pinyin": term.pinyin,
        "note": excerpt(plain(said.body), NOTE_LENGTH) if said else "",
        "language": html_lang(said.language if said else "other"),
    }
