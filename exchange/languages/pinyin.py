"""Pinyin syllables: numbers to tone marks, beside the characters they belong to, and zhuyin."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONE_MARKS = {"1": "\u0304", "2": "\u0301", "3": "\u030c", "4": "\u0300"}
_MARKED_TONE = {"\u0304": "", "\u0301": "ˊ", "\u030c": "ˇ", "\u0300": "ˋ"}
_NUMBERED = re.compile(r"([A-Za-züÜ:]+)([1-5])\Z")
_HAN = re.compile("[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd□]")
_UNKNOWN = "xx"

_INITIALS = {
    "b": "ㄅ", "p": "ㄆ", "m": "ㄇ", "f": "ㄈ", "d": "ㄉ", "t": "ㄊ", "n": "ㄋ", "l": "ㄌ",
    "g": "ㄍ", "k": "ㄎ", "h": "ㄏ", "j": "ㄐ", "q": "ㄑ", "x": "ㄒ", "zh": "ㄓ", "ch": "ㄔ",
    "sh": "ㄕ", "r": "ㄖ", "z": "ㄗ", "c": "ㄘ", "s": "ㄙ",
}  # fmt: skip
_FINALS = {
    "": "", "a": "ㄚ", "o": "ㄛ", "e": "ㄜ", "ê": "ㄝ", "ai": "ㄞ", "ei": "ㄟ", "ao": "ㄠ",
    "ou": "ㄡ", "an": "ㄢ", "en": "ㄣ", "ang": "ㄤ", "eng": "ㄥ", "er": "ㄦ", "i": "ㄧ",
    "ia": "ㄧㄚ", "io": "ㄧㄛ", "ie": "ㄧㄝ", "iai": "ㄧㄞ", "iao": "ㄧㄠ", "iu": "ㄧㄡ",
    "ian": "ㄧㄢ", "in": "ㄧㄣ", "iang": "ㄧㄤ", "ing": "ㄧㄥ", "iong": "ㄩㄥ", "u": "ㄨ",
    "ua": "ㄨㄚ", "uo": "ㄨㄛ", "uai": "ㄨㄞ", "ui": "ㄨㄟ", "uan": "ㄨㄢ", "un": "ㄨㄣ",
    "uang": "ㄨㄤ", "ong": "ㄨㄥ", "ueng": "ㄨㄥ", "ü": "ㄩ", "üe": "ㄩㄝ", "üan": "ㄩㄢ",
    "ün": "ㄩㄣ",
}  # fmt: skip
# Written without an initial: y and w stand for i, u and ü.
_WITHOUT_INITIAL = (
    ("yu", "ü"), ("yi", "i"), ("you", "iu"), ("yong", "iong"), ("y", "i"),
    ("wu", "u"), ("wei", "ui"), ("wen", "un"), ("weng", "ueng"), ("w", "u"),
)  # fmt: skip
_BUZZED = {"zh", "ch", "sh", "r", "z", "c", "s"}


@lru_cache(maxsize=4096)
def marked(syllable: str) -> str:
    """One numbered syllable of CC-CEDICT with its tone mark: "lu:4" is "lǜ", "r5" is "r".

    Anything else (a letter, a comma) stays, in lower case; an unknown reading is "".
    """
    match = _NUMBERED.match(syllable)
    if not match:
        return syllable.lower()
    letters, tone = match[1].lower().replace("u:", "ü").replace("v", "ü"), match[2]
    if letters == _UNKNOWN:
        return ""
    if tone == "5":
        return letters
    at = _place_of_mark(letters)
    return unicodedata.normalize("NFC", letters[: at + 1] + _TONE_MARKS[tone] + letters[at + 1 :])


def _place_of_mark(letters: str) -> int:
    """On a or e, on the o of ou, otherwise on the last vowel; on n or m where there is none."""
    for vowel in "ae":
        if vowel in letters:
            return letters.index(vowel)
    if "ou" in letters:
        return letters.index("o")
    return max((at for at, letter in enumerate(letters) if letter in "iouü"), default=0)


def beside(word: str, numbered: str) -> tuple[str, ...]:
    """Tone-marked syllables, exactly one element a character of the word.

    Letters, digits and punctuation that have no syllable of their own stand for themselves.
    """
    syllables = [syllable for syllable in numbered.split() if syllable not in (",", "·")]
    chars = [char for char in word if char not in "，·"]
    if len(syllables) != len(chars):
        return _beside_uneven(word, syllables)
    given = iter(syllables)
    return tuple(char if char in "，·" else marked(next(given)) for char in word)


def _beside_uneven(word: str, syllables: list[str]) -> tuple[str, ...]:
    """Where a number or an abbreviation is written as one: from the Han characters' end."""
    tones = [marked(syllable) for syllable in syllables if _NUMBERED.match(syllable)]
    places = [at for at, char in enumerate(word) if _HAN.match(char)]
    shown = list(word)
    for at, tone in zip(reversed(places), reversed(tones), strict=False):
        shown[at] = tone
    return tuple(shown)


@lru_cache(maxsize=4096)
def zhuyin(syllable: str) -> str:
    """A tone-marked pinyin syllable in zhuyin: "zhòng" is "ㄓㄨㄥˋ", neutral "de" is "˙ㄉㄜ".

    What is no syllable (a letter, a comma, "") comes back as it is.
    """
    plain, tone = _without_tone(syllable)
    if plain == "r":
        return "ㄦ"
    initial, final = _parts(plain)
    if final not in _FINALS or not plain:
        return syllable
    written = _INITIALS.get(initial, "") + _FINALS[final]
    return "˙" + written if tone is None else written + tone


def _without_tone(syllable: str) -> tuple[str, str | None]:
    """The letters, and zhuyin's mark of the tone: None for the neutral tone."""
    tone, letters = None, []
    for char in unicodedata.normalize("NFD", syllable):
        if char in _MARKED_TONE:
            tone = _MARKED_TONE[char]
        else:
            letters.append(char)
    return unicodedata.normalize("NFC", "".join(letters)), tone


def _parts(plain: str) -> tuple[str, str]:
    for start, final in _WITHOUT_INITIAL:
        if plain.startswith(start) and (len(start) > 2 or start in ("yu", "yi", "wu", "y", "w")):
            rest = plain[len(start) :]
            if len(start) > 2 and rest:
                continue
            return "", final + rest
    initial = plain[:2] if plain[:2] in _INITIALS else plain[:1]
    if initial not in _INITIALS:
        return "", plain
    final = plain[len(initial) :]
    if initial in _BUZZED and final == "i":
        return initial, ""
    if initial in ("j", "q", "x") and final.startswith("u"):
        final = "ü" + final[1:]
    return initial, "üe" if final == "ue" else final
