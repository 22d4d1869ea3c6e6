"""Whether a text holds one of the words that somebody does not want to see.

A word and a text meet after NFKC, in one case and in Simplified characters, each character by itself:
what surrounds it changes nothing. A word of letters is matched whole, `cat` not in `cats`; where
writing has no spaces, as in Chinese, it is matched anywhere.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from html import unescape

from exchange.accounts.names import HAN, simplified
from exchange.languages.conversion import convert

# Where words have no spaces between them: Han, Kana, Thai, Lao, Burmese, Khmer.
_UNSPACED = f"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff{HAN}"
_LETTER = f"[^\\W{_UNSPACED}]"
_INVISIBLE = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_SPACES = re.compile(r"\s+")

# What a post's fragment (boards/_post.html) says around the words that it shows; and the gist, which
# nobody wrote.
_AROUND = re.compile(
    r'<header class="who".*?</header>|<(p|div) class="(?:acts|source|withdrawn)".*?</\1>'
    r'|<div class="gist".*?</div>|<p class="hush[^"]*".*?</p>|<aside class="facts".*?</aside>'
    r'|<a class="(?:frame|veil)".*?</a>|<details class="picture-acts".*?</details>',
    re.DOTALL,
)
_INLINE = re.compile(r"</?(?:a|b|bdi|code|del|em|i|s|span|strong|wbr)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")


class _Folds(dict[int, str]):
    """A table for `str.translate` that is filled with what it is asked for."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if 0xD800 <= code < 0xE000:  # half a character, which OpenCC does not take
            return char
        folded = simplified(char) if code > 0x2E7F else char
        self[code] = folded
        return folded


_folds = _Folds()


def normalised(word: str) -> str:
    """A word as it is kept and shown: as it was typed, in full-width or not, with single spaces."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", word).translate(_INVISIBLE)).strip()


def fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_INVISIBLE).casefold().translate(_folds)


def pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    """What finds any of the words in a folded text; None where there are none."""
    return _pattern(frozenset(fold(word) for word in words))


@lru_cache(maxsize=64)
def _pattern(folded: frozenset[str]) -> re.Pattern[str] | None:
    parts = [_bounded(word) for word in sorted(folded) if word]
    return re.compile("|".join(parts)) if parts else None


def _bounded(word: str) -> str:
    before = f"(?<!{_LETTER})" if re.match(_LETTER, word[0]) else ""
    after = f"(?!{_LETTER})" if re.match(_LETTER, word[-1]) else ""
    return before + r"\s+".join(map(re.escape, word.split(" "))) + after


def text_of(html: str) -> str:
    """The words of a post's fragment, without its author, its acts and what says where it is from."""
    return unescape(_TAG.sub("\n", _INLINE.sub("", _AROUND.sub("\n", html))))


def spellings(word: str) -> list[str]:
    """A word in every script that a browser, which cannot convert, may meet it in; in one case."""
    written = [word, *(convert(word, to) for to in ("hans", "hant", "hk")), simplified(word)]
    return sorted({unicodedata.normalize("NFKC", each).casefold() for each in written})
