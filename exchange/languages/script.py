"""Which language a text is in, by its characters and its words.

No statistical detector tells *mixed* from the rest on texts this short, nor Traditional from
Simplified, so this counts: a Han character weighs 0.6 of an English word, and the share of
Chinese decides, but for one borrowed term in Chinese and one quoted word in English. The share's
limits come from a set of hand-labelled posts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from opencc import OpenCC

from . import latin

LANGUAGES = ("en", "zh-hans", "zh-hant", "mixed", "other")
_HTML_LANG = {"en": "en", "zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "mixed": "mul"}

HAN_WEIGHT = 0.6
# An English word to fifteen Han characters is no longer a text in two languages.
ENOUGH_FOR_CHINESE = 0.90
# Of quoted words; and of Chinese that says something of its own beside the English.
TOO_LITTLE_FOR_MIXED = 0.20
TOO_LITTLE_FOR_CHINESE = 0.08
# One English word in this many Han characters is borrowed, and a term of two words in one more.
HAN_AROUND_A_LOAN = 3
# As long as a word or an idiom that an English sentence quotes, and the phrase that it asks about.
LONGEST_QUOTED = 4
LONGEST_ASKED_ABOUT = 6
MOST_IN_A_QUOTATION = 0.5
# Above this share of kana, Hangul, Cyrillic, Spanish and so on a post is neither language.
FOREIGN_IN_QUANTITY = 0.45
# A Chinese text borrows の for looks; a Japanese one is a third to a half kana.
KANA_IN_JAPANESE = 0.15
# Two letters of another script are the eyes in a face of signs.
MOST_IN_A_FACE = 2
# One character in eight that only Japan writes is a Japanese sentence, not a Japanese name.
HAN_TO_A_KANJI = 8

type Span = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Detection:
    """`language` is one of `LANGUAGES`.

    `chinese_share`: 0.0 to 1.0 of the Chinese and English in it; 0.0 where there is neither.
    `spans`: (start, end, "en" | "zh-hans" | "zh-hant") in the text, for mixed texts only.
    """

    language: str
    chinese_share: float
    spans: tuple[Span, ...] = ()


_HAN = "\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
# Without the marks of repetition, which are arms of faces.
_KANA = "\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d"
_BOPOMOFO = "\u3105-\u312f\u31a0-\u31bf"
# Full-width forms but not the full-width letters and digits.
_CJK_PUNCTUATION = (
    "\u3000-\u3004\u3008-\u3020\u3030\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
)

_HAN_RUN = re.compile(f"[{_HAN}]+")
_KANA_RUN = re.compile(f"[{_KANA}]+")
_OTHER_LETTERS = re.compile(f"(?:(?![{_HAN}{_KANA}{_BOPOMOFO}{latin.LETTERS}])[^\\W\\d_])+")
_LATIN_LETTER = re.compile(f"[{latin.LETTERS}]")
_BREAK_BETWEEN_LATIN_RUNS = re.compile(f"[{_HAN}{_CJK_PUNCTUATION}\n]+")
# What decides a run: Han with full-width signs and doubled dashes and dots, other letters with the
# apostrophes between them, and quotation marks, which both languages write alike.
_SIGN = re.compile(
    f"(?P<han>(?:[{_HAN}]|(?!\u3000)[{_CJK_PUNCTUATION}]|…{{2,}}|—{{2,}})+)"
    f"|(?P<letters>(?:(?![{_HAN}])[^\\W\\d_]|(?<=[{latin.LETTERS}])’(?=[{latin.LETTERS}]))+)"
    "|[“‘”’]"
)
_CLOSING = {"”": "“", "’": "‘"}
_GAP_AFTER_HAN = re.compile(r"[\s…—]*")

_INVISIBLE = re.compile(
    "[\u00ad\u0334-\u0338\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]+"
)
_SENTENCE_END = re.compile(r"[.!?…\n。！？；]+")
_ASKS_ABOUT_WORDS = re.compile(
    r"(?i)\b(?:mean|call|pronounce|translate|write|spell)(?:s|d|ed|ing)?\b|\bsay\b"
    r"|\b(?:difference|word|phrase|character|idiom|expression|meaning)s?\b"
)
# Of the writer's own Chinese, not of a word that is quoted.
_PERSONS = "我你妳您他她它们們了吗嗎吧呢啊"
_VERBS = "要想去在是有都就还還也说說会會能把被跟让讓"
_SPOKEN = (
    "(?:你好|您好|大家好?|各位|可以|好的|好吧|行|是的|对了?|對|不是|谢谢|謝謝|多谢|多謝|但是|不过|不過|所以|因为|因為|如果"
    "|请问|請問|求助?|救命|哈哈+|早安?|晚安|加油|辛苦了|没事|沒事|真的|其实|其實|老师|老師)"
)
_OPENING = rf"{_SPOKEN}|[{_HAN}]{{0,8}}[{_PERSONS}{_VERBS}][{_HAN}]{{0,8}}(?<=[{_HAN}]{{2}})"
_CLOSING_WORDS = rf"{_SPOKEN}|[{_HAN}]{{0,8}}[{_VERBS}][{_HAN}]{{0,8}}(?<=[{_HAN}]{{3}})"
_SPOKEN_AT_AN_END = re.compile(
    rf"\A\W*(?:{_OPENING})(?![{_HAN}])"
    rf"|(?<![{_HAN}])(?:{_CLOSING_WORDS}|(?<=[,，])[{_HAN}]{{3,}}+|(?<=[,，] )[{_HAN}]{{3,}}+)\W*\Z"
)
_CHINESE_ASKS = re.compile(
    "意思|怎[么麼][说說读讀念翻]|翻[译譯]|英[语語文]|中式|[语語]法|[单單][词詞]"
)
_LATIN_FIRST = re.compile(rf"\W*[{latin.LETTERS}]")
_QUOTED_ENGLISH = re.compile(r"[“\"「『][ -~’]{1,60}[”\"」』]")
_PERSON_OR_PARTICLE = frozenset(_PERSONS)
_CLAUSE = re.compile(f"[{_PERSONS}{_VERBS}]")

# Letters in full-width or mathematical dress; each folds to exactly one letter.
_DRESSED = re.compile("[\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7ff]")
_QUOTED_LINE = re.compile(r"^ {0,3}>.*$", re.MULTILINE)
# Every alternative starts at a place where the one before it cannot have started and consumes
# what it reads (`++`), so that the whole is linear.
_NOT_PROSE = re.compile(
    r"^ {0,3}(`{3,}+)[^`\n]*$.*?(?:^ {0,3}\1`*[ \t]*$|\Z)"
    r"|^ {0,3}(~{3,}+)[^\n]*$.*?(?:^ {0,3}\2~*[ \t]*$|\Z)"
    r"|(?<!`)`++[^`\n]++`++"
    r"|\]\([^\s)]*+"
    # Han in a path, copied from an encyclopaedia's address bar, belongs to the address.
    rf"|(?:https?://|www\.)[!-~]++(?:(?<=[/=_])[^\s{_CJK_PUNCTUATION}]++)?"
    r"|(?<![a-zA-Z0-9_.+-])[a-zA-Z0-9_.+-]++@[a-zA-Z0-9-]++(?:\.[a-zA-Z0-9-]++)+"
    r"|@(?:\w{1,30}+(?!\S)|[a-zA-Z0-9_.-]++)"
    # Faces: :D xD :thumbsup:
    r"|(?<![a-zA-Z0-9])(?:[:;=][-']?[DPpOoSXx3]|[xX]D+|[A-Za-z]_+[A-Za-z])(?![a-zA-Z0-9])"
    r"|(?<![\w:]):[a-z][a-z0-9_+-]{1,40}+:",
    re.MULTILINE | re.DOTALL,
)


# Everyday words of Chinese that Japanese does not write so.
_CHINESE_ALONE = frozenset("吗嗎吧呢们們这這么麼沒你您妳过谁誰哪怎很她它啊给嘅咗喺佢唔冇吃喝找")
# Hiragana that goes on with a word in Han; の is also an ornament in Chinese.
_INFLECTED = re.compile(f"[{_HAN}][ぁ-ねは-ん]")
# What OpenCC's table of Japanese forms changes, less what GB 2312 or Big5's everyday half has.
_KANJI_ALONE = frozenset(
    "両乗亀亜仏仮伝価倹働児円処剣剤剰労効勅勧勲単厳収唖営噛団囲図圏圧塁塩増壊壌壱売変奨嬢"
    "実寛対専尭巌巣巻帯帰庁広廃弐弾従徳徴応恵悩悪懐戦戯戻払抜択拝拠拡挙挿捜掲掻揺摂撃撹斉"
    "斎晩暁暦曽栄桜桝桟検楽様槙権歓歩歯歳歴殻毎気沢浄涙渇済渉渋渓満滝瀬焼犠猟獣畳痩発県砕"
    "稲穂穏穣竜粋粛経絵継続総緑縁縄縦繊繍聴脳臓艶荘蔵薫薬蛍蝋覇覚覧観訳説読謡譲豊賛転軽辺"
    "込逓遅郷酔醤醸釈鉄鉱銭鋳錬録関閲闘陥険隠雑霊頴頼顔顕駅駆騒験髄髪鴎鶏鹸麹麺黒黙齢"
)
# Cantonese and zhuyin, unless Simplified characters are around them.
_WRITTEN_BESIDE_TRADITIONAL = re.compile(f"[{_BOPOMOFO}哋嘅喺冇咗啲嚟咁㗎嘢佢乜嗰唔攞啱]")
# Rare characters of Big5 that only Simplified uses today, and Traditional ones that GB 2312 has.
_SIMPLIFIED_ALL_THE_SAME = "么听坏愿筑虫"
_TRADITIONAL_ALL_THE_SAME = "後徵夥麽"


def html_lang(language: str) -> str:
    """The value of a `lang` attribute: "en", "zh-Hans", "zh-Hant", "mul" or "und"."""
    return _HTML_LANG.get(language, "und")


def detect(text: str) -> Detection:
    """The language of a text as a person would name it, from one word on.

    Blind to code, addresses, @names, numbers and emoji. Han text that fits both scripts is
    `zh-hans`. Linear; about 8 ms for 10,000 characters (the first call 150 ms more, for tables).
    """
    prose = _prose(text)
    plain = prose if prose.isascii() else _INVISIBLE.sub("", prose)
    characters = _length(_HAN_RUN, plain)
    han = characters * HAN_WEIGHT
    runs = _BREAK_BETWEEN_LATIN_RUNS.split(plain) if characters else ()
    words = latin.beside_han(runs) if characters else latin.alone(plain)
    if not characters and latin.is_chinese_chat(plain):
        return Detection("zh-hans", 1.0)
    foreign = words.foreign + _foreign_letters(plain, han)
    share = han / (han + words.english) if han + words.english else 0.0
    if foreign >= FOREIGN_IN_QUANTITY * (han + words.english + foreign):  # also when all are 0
        return Detection("other", share)
    if share <= TOO_LITTLE_FOR_CHINESE or (
        not _speaks_chinese(plain) and (share <= TOO_LITTLE_FOR_MIXED or _only_quotes(plain, share))
    ):
        return Detection("en", share)
    chinese = han_script(plain)
    if share >= ENOUGH_FOR_CHINESE or _only_borrows(plain, words, characters):
        return Detection(chinese, share)
    return Detection("mixed", share, tuple(language_spans(prose, chinese)))


def _only_borrows(plain: str, words: latin.Words, characters: int) -> bool:
    """One word or one term ("office hour") in Chinese, or English phrases that it asks about."""
    if _CHINESE_ASKS.search(plain) and _only_asks_about(plain, words):
        return True
    if words.terms != 1 or words.clause:
        return False
    alone = words.english > 1 and any(
        _LATIN_LETTER.search(sentence) and not _HAN_RUN.search(sentence)
        for sentence in _SENTENCE_END.split(plain)
    )
    return not alone and characters >= HAN_AROUND_A_LOAN + words.english - 1


def _only_asks_about(plain: str, words: latin.Words) -> bool:
    if words.terms == 1 and words.english <= LONGEST_QUOTED and not _LATIN_FIRST.match(plain):
        return True
    unquoted = _QUOTED_ENGLISH.sub("，", plain)
    return latin.beside_han(_BREAK_BETWEEN_LATIN_RUNS.split(unquoted)).english == 0


def _only_quotes(plain: str, share: float) -> bool:
    """English around one Chinese word, or around what it asks the meaning of."""
    if share > MOST_IN_A_QUOTATION:
        return False
    quoted = _HAN_RUN.findall(plain)
    asks = _ASKS_ABOUT_WORDS.search(plain) is not None
    longest = LONGEST_ASKED_ABOUT if asks else LONGEST_QUOTED
    if len(quoted) > 1 + asks or max(map(len, quoted)) > longest:
        return False
    if asks and len(quoted) == 1:
        return True
    return all(len(word) <= 2 or _PERSON_OR_PARTICLE.isdisjoint(word) for word in quoted)


def _speaks_chinese(plain: str) -> bool:
    """Whether a sentence of an English text is Chinese, or it opens or ends with a Chinese phrase."""
    if not _ASKS_ABOUT_WORDS.search(plain) and (
        _SPOKEN_AT_AN_END.search(plain)
        or any(len(run) > 4 and _CLAUSE.search(run) for run in _HAN_RUN.findall(plain))
    ):
        return True
    return any(
        _HAN_RUN.search(sentence) and not _LATIN_LETTER.search(sentence)
        for sentence in _SENTENCE_END.split(plain)
    )


def own_words(text: str) -> str:
    """The text with the lines that quote somebody blanked out, at the same offsets.

    An answer is in its own language, whatever it quotes. A text of quotations alone stays.
    """
    own = _QUOTED_LINE.sub(lambda match: " " * len(match[0]), text)
    return text if own.isspace() else own


def han_script(text: str, otherwise: str = "") -> str:
    """ "zh-hans" or "zh-hant": whichever has more characters of its own, else `otherwise`.

    Without that: Cantonese and zhuyin are `zh-hant`, what fits both scripts `zh-hans`.
    """
    simplified, traditional = _one_script_only()
    lead = 0
    if not (simplified.isdisjoint(text) and traditional.isdisjoint(text)):
        lead = sum((char in traditional) - (char in simplified) for char in text)
    if lead == 0:
        beside = _WRITTEN_BESIDE_TRADITIONAL.search(text)
        return otherwise or ("zh-hant" if beside else "zh-hans")
    return "zh-hant" if lead > 0 else "zh-hans"


def language_spans(text: str, chinese: str) -> Iterator[Span]:
    """The Han and the Latin runs of a bilingual text, as (start, end, language).

    `chinese` is the script of Han runs that do not show their own. What has neither Han nor
    Latin letters (numbers, emoji, kana) is in no span.
    """
    for start, end, is_han in script_runs(text):
        if is_han:
            yield start, end, han_script(text[start:end], chinese)
        elif _LATIN_LETTER.search(text, start, end) and latin.is_english_run(text[start:end]):
            yield start, end, "en"


def script_runs(text: str) -> list[tuple[int, int, bool]]:
    """The text cut into (start, end, is Han) runs that alternate and leave nothing out.

    Full-width punctuation is Han. Both marks of a quotation belong to the sentence around them, or
    to what they enclose where that sentence is in both. Digits, spaces and the rest go on with what
    stands before them. "" gives [].
    """
    runs: list[tuple[int, int, bool]] = []
    start, end_of_sign, was_han = 0, 0, None
    for at, end, is_han in _signs(text):
        if was_han is not None and is_han != was_han:
            gap = _GAP_AFTER_HAN.match(text, end_of_sign, at) if was_han else None
            cut = gap.end() if gap else at
            runs.append((start, cut, was_han))
            start = cut
        was_han, end_of_sign = is_han, end
    return [*runs, (start, len(text), bool(was_han))] if text else []


def _signs(text: str) -> Iterator[tuple[int, int, bool]]:
    """What decides a run, as (start, end, is Han), quotation marks included."""
    found = list(_SIGN.finditer(text))
    kinds = [sign["han"] is not None if sign.lastgroup else None for sign in found]
    if None in kinds:
        _settle_quotes([sign[0] for sign in found], kinds)
    for sign, kind in zip(found, kinds, strict=True):
        if kind is not None:
            yield *sign.span(), kind


def _settle_quotes(signs: Sequence[str], kinds: list[bool | None]) -> None:
    """Gives each quotation mark, whose kind is None, that of its surroundings. Linear."""
    before = list(accumulate(kinds, _last_known))
    after = list(accumulate(kinds[::-1], _last_known))[::-1]
    opening, closing = _pairs(signs)
    for at in [at for at, kind in enumerate(kinds) if kind is None]:
        if at in opening:
            kind = _kind_of_pair(before[at], after[at], before[opening[at]], after[opening[at]])
            kinds[at] = kinds[opening[at]] = kind
        elif at not in closing:  # alone: as what it opens or closes
            near, far = before[at], after[at]
            if signs[at] not in _CLOSING:
                near, far = far, near
            kinds[at] = far if near is None else near


def _last_known(last: bool | None, kind: bool | None) -> bool | None:
    return last if kind is None else kind


def _kind_of_pair(
    left: bool | None, first: bool | None, last: bool | None, right: bool | None
) -> bool | None:
    """`left` and `right` are around the pair, `first` and `last` in it. None: nothing is there."""
    if left is None or right is None:
        around = right if left is None else left
        return first if around is None else around
    return left if left == right or first != last else first


def _pairs(signs: Sequence[str]) -> tuple[dict[int, int], set[int]]:
    """The place of each opening quotation mark's closing one, and the closing ones' places."""
    opening: dict[int, int] = {}
    waiting: dict[str, list[int]] = {"“": [], "‘": []}
    for at, sign in enumerate(signs):
        if sign in waiting:
            waiting[sign].append(at)
        elif waiting.get(_CLOSING.get(sign, "")):
            start = waiting[_CLOSING[sign]].pop()
            opening[start] = at
            for places in waiting.values():  # what is open inside a closed one stays alone
                while places and places[-1] > start:
                    places.pop()
    return opening, set(opening.values())


def _prose(text: str) -> str:
    """The text with everything that is no prose blanked out, at the same offsets."""
    if not text.isascii():
        text = _DRESSED.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return _NOT_PROSE.sub(lambda match: " " * len(match[0]), text)


def _length(pattern: re.Pattern[str], text: str) -> int:
    return sum(len(run) for run in pattern.findall(text))


def _foreign_letters(prose: str, han: float) -> float:
    """The weight of the letters that are neither Han nor Latin, in English words.

    The Han of a Japanese text counts here once more, so that it outweighs itself.
    """
    if prose.isascii():
        return 0.0
    kana = _length(_KANA_RUN, prose) * HAN_WEIGHT
    others = _length(_OTHER_LETTERS, prose)
    weight = kana + (others * HAN_WEIGHT / 2 if others > MOST_IN_A_FACE else 0)
    if _is_japanese(prose, kana, han):
        weight += han
    return weight


def _is_japanese(prose: str, kana: float, han: float) -> bool:
    """Whether the Han of a text is Japanese: beside enough kana, or written as only Japan does."""
    if not _CHINESE_ALONE.isdisjoint(prose):
        return False
    if sum(char in _KANJI_ALONE for char in prose) * HAN_TO_A_KANJI * HAN_WEIGHT > han:
        return True
    return (kana > HAN_WEIGHT * 2 and kana >= KANA_IN_JAPANESE * (kana + han)) or bool(
        kana and _INFLECTED.search(prose)
    )


@cache
def _one_script_only() -> tuple[frozenset[str], frozenset[str]]:
    """Characters of Simplified text alone, and of Traditional text alone.

    OpenCC changes them on the way to the other script, and the everyday half of the other
    script's old character set does not have them: 后 and 里 are both 後, 裡 and themselves.
    """
    chars = [chr(code) for code in range(0x4E00, 0xA000)]
    simplified = {char for char in _changed("s2t", chars) if not _in_big5(char)}
    traditional = {char for char in _changed("t2s", chars) if not _in_gb2312(char)}
    simplified.update(_SIMPLIFIED_ALL_THE_SAME)
    traditional.update(_TRADITIONAL_ALL_THE_SAME)
    return frozenset(simplified - traditional), frozenset(traditional - simplified)


def _changed(config: str, chars: list[str]) -> Iterator[str]:
    # A newline between them, or OpenCC would read neighbours as words.
    converted = OpenCC(config).convert("\n".join(chars)).split("\n")
    return (old for old, new in zip(chars, converted, strict=True) if old != new)


def _in_gb2312(char: str) -> bool:
    return bool(char.encode("gb2312", "ignore"))


def _in_big5(char: str) -> bool:
    """Whether Big5 has the character on its first level, the 5,401 of everyday use."""
    code = char.encode("big5", "ignore")
    return len(code) == 2 and code <= b"\xc6\x7e"
