"""The syllables of Mandarin in pinyin."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_PINYIN_TABLE = """
    :a ai an ang ao e ei en eng er o ou
    b:a ai an ang ao ei en eng i ian iao ie in ing o u
    p:a ai an ang ao ei en eng i ian iao ie in ing o ou u
    m:a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u
    f:a an ang ei en eng o ou u
    d:a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo
    t:a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo
    n:a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan ue uo
    l:a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan ue un uo
    g:a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
    k:a ai an ang ao e en eng ong ou u ua uai uan uang ui un uo
    h:a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
    j:i ia ian iang iao ie in ing iong iu u uan ue un
    q:i ia ian iang iao ie in ing iong iu u uan ue un
    x:i ia ian iang iao ie in ing iong iu u uan ue un
    zh:a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo
    ch:a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo
    sh:a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo
    r:an ang ao e en eng i ong ou u uan ui un uo
    z:a ai an ang ao e ei en eng i ong ou u uan ui un uo
    c:a ai an ang ao e en eng i ong ou u uan ui un uo
    s:a ai an ang ao e en eng i ong ou u uan ui un uo
    y:a an ang ao e i in ing o ong ou u uan ue un
    w:a ai an ang ei en eng o u
"""
SYLLABLES = frozenset(
    initial + final
    for row in _PINYIN_TABLE.split("\n")
    for initial, _, finals in [row.strip().partition(":")]
    for final in finals.split()
)
_LONGEST_SYLLABLE = 6
_LONGEST_PINYIN_WORD = 24


@lru_cache(maxsize=4096)
def is_syllables(token: str) -> bool:
    """Whether a token splits into pinyin syllables, with tone marks, tone digits or neither."""
    marked = unicodedata.normalize("NFD", token.lower().replace("v", "ü"))
    word = "".join(char for char in marked if char.isascii() and char.isalpha())
    if not word or len(word) > _LONGEST_PINYIN_WORD:
        return False
    reached = {0}
    for end in range(1, len(word) + 1):
        starts = range(max(0, end - _LONGEST_SYLLABLE), end)
        if any(start in reached and word[start:end] in SYLLABLES for start in starts):
            reached.add(end)
    return len(word) in reached
