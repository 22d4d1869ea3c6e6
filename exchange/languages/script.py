"""Which language a text is in, by its characters and a few hundred words.

No statistical detector tells *mixed* from the rest on texts this short, nor Traditional from
Simplified, so this counts: a Han character weighs 0.6 of an English word, and the share of
Chinese decides. The share's limits come from a set of hand-labelled posts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate

from opencc import OpenCC

LANGUAGES = ("en", "zh-hans", "zh-hant", "mixed", "other")
_HTML_LANG = {"en": "en", "zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "mixed": "mul"}

HAN_WEIGHT = 0.6
ENOUGH_FOR_CHINESE = 0.84
TOO_LITTLE_FOR_MIXED = 0.20
# Above this share of kana, Hangul, Cyrillic, Spanish and so on a post is neither language.
FOREIGN_IN_QUANTITY = 0.4
# A Chinese text borrows の for looks; a Japanese one is a third to a half kana.
KANA_IN_JAPANESE = 0.15
# From six words on, English without a single common word or ending is not English.
WORDS_TO_JUDGE_BY = 6

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
_KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fd-\u30ff\uff66-\uff9d"
_HANGUL = "\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3"
_LATIN = "A-Za-zªºÀ-ÖØ-öø-ʯ\u0300-\u036f\u1e00-\u1eff"
# Full-width forms but not the full-width letters and digits.
_CJK_PUNCTUATION = (
    "\u3000-\u3004\u3008-\u3020\u3030\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
)

_HAN_RUN = re.compile(f"[{_HAN}]+")
_KANA_RUN = re.compile(f"[{_KANA}]+")
_OTHER_LETTERS = re.compile(f"(?:(?![{_HAN}{_KANA}{_LATIN}])[^\\W\\d_])+")
_LATIN_LETTER = re.compile(f"[{_LATIN}]")
_LATIN_TOKEN = re.compile(f"[{_LATIN}0-9]+(?:['’.+-][{_LATIN}0-9]+)*")
_BREAK_BETWEEN_LATIN_RUNS = re.compile(f"[{_HAN}{_CJK_PUNCTUATION}\n]+")
# What decides a run: Han with full-width signs and doubled dashes and dots, other letters with the
# apostrophes between them, and quotation marks, which both languages write alike.
_SIGN = re.compile(
    f"(?P<han>(?:[{_HAN}]|(?!\u3000)[{_CJK_PUNCTUATION}]|…{{2,}}|—{{2,}})+)"
    f"|(?P<letters>(?:(?![{_HAN}])[^\\W\\d_]|(?<=[{_LATIN}])’(?=[{_LATIN}]))+)"
    "|[“‘”’]"
)
_CLOSING = {"”": "“", "’": "‘"}
_GAP_AFTER_HAN = re.compile(r"[\s…—]*")

# Letters in full-width or mathematical dress; each folds to exactly one letter.
_DRESSED = re.compile("[\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7ff]")
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
    r"|@(?:\w{1,30}+(?!\S)|[a-zA-Z0-9_.-]++)",
    re.MULTILINE | re.DOTALL,
)


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# The commonest words of English, then those of flats, schools, clinics, food, papers and chat.
_ENGLISH = _words(
    """
    a about above after again against ago all almost already also always am an and another any
    anybody anyone anything are around as ask at away back bad be because become been before
    began being believe best better between big both bring but buy by call came can can't cannot
    change cheap city come correct could couldn't country day did didn't different do does
    doesn't doing don't done down during each early easy eat either else end enough even ever
    every everyone everything example far feel few find fine first for found free friend friends
    from full get getting give go goes going gone good got great group had happen hard has
    hasn't have haven't having he hear help her here hers high him his home house how however i
    i'd i'll i'm i've idea if important in instead into is isn't it it's its job just keep kind
    know last late later learn least leave left less let let's life like little live living long
    look looking lot love made make makes many may maybe me mean means men might mine money
    month months more most much must my myself name near need never new next night no nobody
    none nor not nothing now of off often old on once one only open or other our out over own
    part pay people place please point probably problem put quite rather read really right said
    same saw say says see seem seen she should show since small so some someone something
    sometimes soon sorry start still stop such sure take taken talk tell than thank thanks that
    that's the their them then there there's these they they're thing things think this those
    though thought three time times to today together told tomorrow too took true try trying two
    under until up us use used using very wait walk want wants was wasn't water way we we're
    week weekend well went were what what's when where which while who why will wish with
    without won't word words work working world would wouldn't write wrong year years yes
    yesterday yet you you'll you're you've your

    apartment apartments assignment bedroom bill bills broke cancel cat charge class classes
    clinic coffee cook cooking copay cost costs course cute dad deadline deadlines deal dentist
    deposit difficult dinner doctor dog dorm drive english essay exam exams expensive family fee
    feedback fees flight food fun gas grade grammar grocery happy health holiday homework
    hospital hot hotpot hungry insurance internship interview kids kitchen landlord language
    laundry lease lecture lesson letter library lunch meme memes mom month's move music nice
    noodles offer office parents party pass phone photo pizza practice practise prescription
    pretty price prices professor question refund rent rice roommate roommates salary school
    score section sentence share sick sign sleep speak speaking stress stressed student students
    study studying stuff sublease summer supermarket taxes teacher test ticket tired train
    transfer translate travel tuition university update upset utilities utility vacation visa
    weather weird winter

    awesome beijing bro btw bye chengdu china chinese congrats cool dude guangzhou guys haha
    hangzhou hello hey hi hmm hong idk imo kong lol nah nanjing nope ok okay omg pinyin pls plz
    shanghai shenzhen taipei taiwan thx tofu ty u ugh welcome wow wuhan xi'an yeah yep
    """
)
# So much at home in Chinese that they make no text bilingual.
_LOANS = _words("app bye diy emo gpa haha hello hey hi lol ok okay omg pdf pk ppt vlog vs wifi wow")
# Borrowed with their marks; the marks do not make an English sentence foreign.
_MARKED_ENGLISH = _words(
    "café cafés cliché crème déjà fiancé fiancée jalapeño naïve piñata résumé résumés sauté touché"
)
_ENGLISH_ENDING = re.compile(
    r"[a-z]{2,}(?:ing|ed|ly|tion|tions|ment|ness|less|ful|ship|ous|able|ght|ies)\Z"
)
# Function words and greetings of the other languages likely here, none of them English.
_FOREIGN = _words(
    """
    el la los las un una unos del al y o pero porque que qué como cómo está están estoy soy eres es
    muy más para por con sin donde dónde cuando cuándo quien hola gracias adiós buenos buenas días
    noches mañana amigo gusta tengo tiene quiero puedo casa comida bien vida le les des du et est
    une je tu il elle nous vous ils suis sont avec pour dans sur pas ne très mais où qui quoi
    bonjour merci salut oui c'est j'ai der das und ich nicht ist ein eine einen mit auf für wir
    ihr sie bin sind aber auch danke bitte guten tag wie geht di che non sono ho hai ciao grazie
    per molto questo come stai della il lo gli os um uma não nao você voce eu obrigado obrigada
    muito bom dia com são het een ik niet wat dat ook zijn maar van voor og jeg ikke och inte jag
    det bir ve bu için nasıl merhaba teşekkürler yang dan di ini itu saya kamu tidak aku ada untuk
    dengan apa selamat pagi terima kasih toi ban khong la va cam on xin chao ako ang mga sa ng po
    salamat kumusta nie jest się dziękuję cześć tak konnichiwa arigato arigatou gozaimasu ohayo
    desu kore wa watashi sayonara annyeong haseyo annyeonghaseyo kamsahamnida saranghae
    """
)

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
_PINYIN = frozenset(
    initial + final
    for row in _PINYIN_TABLE.split("\n")
    for initial, _, finals in [row.strip().partition(":")]
    for final in finals.split()
)
_LONGEST_SYLLABLE = 6
_LONGEST_PINYIN_WORD = 24

# Kanji that are neither Simplified nor Traditional Chinese: one of them and one kana suffice.
_JAPANESE_ONLY = frozenset("気駅円広図読売働込様桜歩戻毎変対発楽経済験黒")
# Rare characters of Big5 that only Simplified uses today, and Traditional ones that GB 2312 has.
_SIMPLIFIED_ALL_THE_SAME = "么听坏愿筑虫"
_TRADITIONAL_ALL_THE_SAME = "後徵夥麽"


def html_lang(language: str) -> str:
    """The value of a `lang` attribute: "en", "zh-Hans", "zh-Hant", "mul" or "und"."""
    return _HTML_LANG.get(language, "und")


def detect(text: str) -> Detection:
    """The language of a text as a person would name it, from one word on.

    Blind to code, addresses, @names, numbers and emoji. Han text that fits both scripts is
    `zh-hans`. Linear; about 3 ms for 10,000 characters (the first call 80 ms more, for tables).
    """
    prose = _prose(text)
    han = _length(_HAN_RUN, prose) * HAN_WEIGHT
    english, foreign = _latin_words(prose, beside_han=han > 0)
    foreign += _foreign_letters(prose, han)
    share = han / (han + english) if han + english else 0.0
    if foreign >= FOREIGN_IN_QUANTITY * (han + english + foreign):  # also when all are 0
        return Detection("other", share)
    if share <= TOO_LITTLE_FOR_MIXED:
        return Detection("en", share)
    chinese = han_script(prose)
    if share >= ENOUGH_FOR_CHINESE:
        return Detection(chinese, share)
    return Detection("mixed", share, tuple(language_spans(prose, chinese)))


def han_script(text: str, otherwise: str = "zh-hans") -> str:
    """ "zh-hans" or "zh-hant": whichever has more characters of its own, else `otherwise`."""
    simplified, traditional = _one_script_only()
    if simplified.isdisjoint(text) and traditional.isdisjoint(text):
        return otherwise
    lead = sum((char in traditional) - (char in simplified) for char in text)
    if lead == 0:
        return otherwise
    return "zh-hant" if lead > 0 else "zh-hans"


def language_spans(text: str, chinese: str) -> Iterator[Span]:
    """The Han and the Latin runs of a bilingual text, as (start, end, language).

    `chinese` is the script of Han runs that do not show their own. What has neither Han nor
    Latin letters (numbers, emoji, kana) is in no span.
    """
    for start, end, is_han in script_runs(text):
        if is_han:
            yield start, end, han_script(text[start:end], chinese)
        elif _LATIN_LETTER.search(text, start, end):
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
    weight = kana + _length(_OTHER_LETTERS, prose) * HAN_WEIGHT / 2
    few = kana <= HAN_WEIGHT
    enough = kana >= KANA_IN_JAPANESE * (kana + han) and not few
    if enough or (kana and not _JAPANESE_ONLY.isdisjoint(prose)):
        weight += han
    return weight


def _latin_words(prose: str, *, beside_han: bool) -> tuple[float, float]:
    """How many words are English, and how many of another language in Latin letters."""
    if not beside_han:
        words = _LATIN_TOKEN.findall(prose)
        count = len(_without_digits(words))
        return (count, 0.0) if _reads_english(words) else (0.0, count)
    english = foreign = 0.0
    for run in _BREAK_BETWEEN_LATIN_RUNS.split(prose):
        words = _LATIN_TOKEN.findall(run)
        if not words:
            continue
        if len(words) < 3:
            english += _english_in_few(words)
        elif _is_pinyin(words):
            continue
        elif _foreign_lead(words) > 0:
            foreign += len(words)
        elif any(word in _ENGLISH for word in words):
            english += len(_without_digits(words))
    return english, foreign


def _english_in_few(words: Sequence[str]) -> int:
    """Next to Han only lower-case words count, or brands and names would; or what they begin."""
    if all(word in _LOANS or word not in _ENGLISH for word in words):
        return 0
    return sum(1 for word in words if _is_english(word))


def _without_digits(words: Sequence[str]) -> list[str]:
    return [word for word in words if word.isalpha() or not any(map(str.isdigit, word))]


def _reads_english(tokens: Sequence[str]) -> bool:
    """Whether Latin letters alone are English: the default, unless something speaks against it."""
    words = _without_digits(tokens)
    if not words or _is_pinyin(tokens) or _foreign_lead(words) >= 0:
        return False
    if len(words) < WORDS_TO_JUDGE_BY:
        return True
    known = sum(1 for word in words if _is_english(word) or _ENGLISH_ENDING.match(word.lower()))
    return known >= len(words) * 0.15


def _foreign_lead(words: Sequence[str]) -> int:
    """How many more words are foreign than English; -1 if none is."""
    foreign = sum(1 for word in words if _is_foreign(word))
    english = sum(1 for word in words if _is_english(word))
    return foreign - english if foreign else -1


@lru_cache(maxsize=4096)
def _is_english(word: str) -> bool:
    return word.lower().replace("’", "'") in _ENGLISH


@lru_cache(maxsize=4096)
def _is_foreign(word: str) -> bool:
    """A function word of another language, or marks on a word that is no name."""
    lower = word.lower().replace("’", "'")
    if lower in _ENGLISH or lower in _MARKED_ENGLISH:
        return False
    return lower in _FOREIGN or (word[:1].islower() and not word.isascii())


def _is_pinyin(tokens: Sequence[str]) -> bool:
    """Every token is one or more Mandarin syllables and too few of them are English words."""
    english = sum(1 for token in tokens if _is_english(token))
    return english * 3 < len(tokens) * 2 and all(map(_is_syllables, tokens))


@lru_cache(maxsize=4096)
def _is_syllables(token: str) -> bool:
    """Whether a token splits into pinyin syllables, with tone marks, tone digits or neither."""
    marked = unicodedata.normalize("NFD", token.lower().replace("v", "ü"))
    word = "".join(char for char in marked if char.isascii() and char.isalpha())
    if not word or len(word) > _LONGEST_PINYIN_WORD:
        return False
    reached = {0}
    for end in range(1, len(word) + 1):
        starts = range(max(0, end - _LONGEST_SYLLABLE), end)
        if any(start in reached and word[start:end] in _PINYIN for start in starts):
            reached.add(end)
    return len(word) in reached


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
