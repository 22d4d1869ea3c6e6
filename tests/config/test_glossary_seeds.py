"""The glossary's seed files, read as data: what the loader, the cards and the engines rely on."""

import re
import tomllib
import unicodedata
from collections import Counter
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "seeds" / "glossary"
NEEDED = {"key", "en", "zh", "kind", "note_en", "note_zh"}
HAN = r"\u3400-\u9fff"
#: Numbers that nobody writes as an amount; any other would light up in the middle of a price.
NUMBERS = {"996"}


def files() -> dict[str, list[dict]]:
    """Terms by file; a file of another kind in the same folder has no `term` and is left out."""
    read = {file.stem: tomllib.loads(file.read_text("utf-8")) for file in FOLDER.glob("*.toml")}
    return {name: content["term"] for name, content in read.items() if "term" in content}


TERMS = [term for terms in files().values() for term in terms]
WORDINGS = [(term["key"], word) for term in TERMS for word in term["en"] + term["zh"]]


def repeated(values) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]


def units(wording: str) -> list[str]:
    """What takes one place in the pinyin: a Han character, or a run of letters and figures."""
    return re.findall(rf"[{HAN}]|[^\s，。？！、：{HAN}]+", wording)


def is_reading(unit: str, syllable: str) -> bool:
    """Whether this can be the place's pinyin: Latin as it is, else letters with at most one tone."""
    if not re.match(f"[{HAN}]", unit):
        return syllable == unit
    bare, tones = re.subn("[\u0304\u0301\u030c\u0300]", "", unicodedata.normalize("NFD", syllable))
    return tones <= 1 and bool(re.fullmatch("[a-z]+\u0308?[a-z]*", bare))


def has_right_pinyin(term: dict) -> bool:
    places, syllables = units(term["zh"][0]), term.get("pinyin", "").split()
    if not any(re.match(f"[{HAN}]", place) for place in places):
        return "pinyin" not in term
    return len(places) == len(syllables) and all(map(is_reading, places, syllables))


def test_there_are_seven_subjects_and_enough_terms():
    assert set(files()) == {
        *("rent", "tuition-and-school", "healthcare", "daily-life"),
        *("english-corner-and-exams", "net-and-memes", "the-wave"),
    }
    assert len(TERMS) >= 180


def test_every_term_has_the_fields_of_the_format_and_no_others():
    wrong = [
        t["key"] for t in TERMS if set(t) - {"pinyin", "related"} != NEEDED or not all(t.values())
    ]
    assert wrong == []
    assert {term["kind"] for term in TERMS} == {"term", "culture"}


def test_a_key_is_a_slug_and_used_once_over_all_files():
    keys = [term["key"] for term in TERMS]
    assert [key for key in keys if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key)] == []
    assert repeated(keys) == []


def test_no_wording_belongs_to_two_terms_or_twice_to_one():
    for language in ("en", "zh"):
        assert repeated(word.casefold() for term in TERMS for word in term[language]) == []


def test_a_related_term_is_another_one_that_exists():
    keys = {term["key"] for term in TERMS}
    named = [(term["key"], key) for term in TERMS for key in term.get("related", [])]
    assert [(term, key) for term, key in named if key not in keys - {term}] == []
    assert repeated(named) == []


def test_wordings_are_short_and_stand_inside_a_sentence():
    odd = re.compile(r"^\s|\s$|[“”\"（）；/]|(?<!TL);|(?<!401)\(|^$")
    assert [pair for pair in WORDINGS if odd.search(pair[1])] == []
    assert [word for term in TERMS for word in term["en"] if len(word) > 70] == []
    assert [word for term in TERMS for word in term["zh"] if len(word) > 16] == []


def test_no_wording_is_a_number_that_could_be_a_price():
    assert {word for _key, word in WORDINGS if re.fullmatch(r"[\d.,]+", word)} == NUMBERS


def test_no_chinese_wording_is_a_single_character():
    assert [word for term in TERMS for word in term["zh"] if len(word) < 2] == []


def test_pinyin_has_one_syllable_a_character_of_the_agreed_wording():
    assert [term["key"] for term in TERMS if not has_right_pinyin(term)] == []


def test_notes_are_short_whole_sentences():
    english = [term["note_en"] for term in TERMS]
    chinese = [term["note_zh"] for term in TERMS]
    assert [note for note in english if not (30 <= len(note) <= 420 and note[-1] in ".?!”")] == []
    assert [
        note for note in chinese if not (12 <= len(note) <= 160 and note[-1] in "。？！”")
    ] == []
    assert repeated(english + chinese) == []


def test_each_note_keeps_the_punctuation_of_its_language():
    english = re.compile("[，。；：！？（）]|--|\\.\\.\\.")
    chinese = re.compile(rf"[{HAN}][,;:!?()\"']|[,;:\"'][{HAN}]|\.\.\.$")
    assert [term["key"] for term in TERMS if english.search(term["note_en"])] == []
    assert [term["key"] for term in TERMS if chinese.search(term["note_zh"])] == []
