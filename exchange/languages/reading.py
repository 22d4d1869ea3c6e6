"""Reading help: the words of a text with their pinyin and senses, and a word-by-word gist."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from . import dictionary, heteronyms, numerals, words
from .dictionary import Entry, rarity
from .inflection import bases
from .pinyin import zhuyin

__all__ = ["Entry", "Word", "gist", "rarity", "read", "zhuyin"]

# How far around a word its reading may be decided.
_CONTEXT = 12
_LONGEST_PHRASE = 4
_ENGLISH = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9'’.&+#-]*\Z")
# May begin or end no phrase, or "in the" would be a word.
_NO_EDGE = frozenset(
    "a an and are as at be been but by can do for from had has have he her his i if in into is it "
    "its me my no not of on or our she so than that the their them there they this to us was we "
    "were what when which who will with would you your".split()
)
_NO_END = _NO_EDGE - {"in", "on"}

# What a grammatical word does, in a word or two; "" where English has nothing there.
_HINTS_ENGLISH = {
    "的": "’s", "地": "-ly", "得": "(so that)", "了": "(done)", "着": "-ing", "过": "(once)",
    "吗": "?", "呢": "?", "吧": "(right?)", "啊": "", "呀": "", "嘛": "", "啦": "", "哦": "oh",
    "把": "", "被": "(by)", "个": "", "们": "(plural)", "所": "", "之": "’s", "是": "is",
    "不": "not", "没": "not", "没有": "not have", "有": "have", "在": "at", "和": "and", "就": "then",
    "也": "also", "都": "all", "很": "very", "还": "still", "我": "I", "你": "you", "他": "he",
    "她": "she", "它": "it", "我们": "we", "你们": "you", "他们": "they", "这": "this", "那": "that",
    "要": "want", "会": "will", "能": "can", "可以": "can", "对": "to; right", "给": "give",
    "到": "to", "从": "from", "跟": "with", "比": "than", "让": "let", "但": "but", "想": "want",
    "说": "say", "去": "go", "来": "come", "上": "on", "下": "below", "里": "in", "中": "in",
    "大": "big", "小": "small", "多": "many", "少": "few", "好": "good", "人": "person", "年": "year",
    "月": "month", "日": "day", "天": "day", "一": "one", "块": "yuan", "元": "yuan", "只": "only",
    "一个": "a", "这个": "this", "那个": "that", "什么": "what", "怎么": "how", "谁": "who",
    "哪": "which", "为": "for", "向": "toward", "与": "and", "或": "or", "而": "and", "自己": "self",
    "得了": "", "看": "look", "吃": "eat", "做": "do", "用": "use", "吃饭": "eat", "家": "home",
    "行": "OK", "再": "again", "又": "again", "才": "only then", "最": "most", "更": "more",
    "太": "too", "真": "really", "每": "every", "次": "times", "点": "o’clock", "分": "minute",
    "张": "", "条": "", "位": "", "件": "", "本": "", "间": "", "种": "kind", "些": "some",
}  # fmt: skip
_HINTS_CHINESE = {
    "the": "", "a": "", "an": "", "of": "的", "to": "", "is": "是", "are": "是", "am": "是",
    "was": "是", "were": "是", "be": "是", "been": "", "being": "", "i": "我", "me": "我",
    "my": "我的", "mine": "我的", "you": "你", "your": "你的", "he": "他", "him": "他", "his": "他的",
    "she": "她", "her": "她", "it": "它", "its": "它的", "we": "我们", "us": "我们", "our": "我们的",
    "they": "他们", "them": "他们", "their": "他们的", "this": "这", "that": "那", "these": "这些",
    "those": "那些", "there": "那里", "here": "这里", "and": "和", "or": "或", "but": "但是",
    "if": "如果", "so": "所以", "because": "因为", "not": "不", "no": "没有", "do": "", "does": "",
    "did": "", "don't": "不", "doesn't": "不", "didn't": "没", "isn't": "不是", "aren't": "不是",
    "wasn't": "不是", "can't": "不能", "cannot": "不能", "won't": "不会", "can": "能", "could": "能",
    "will": "会", "would": "会", "should": "应该", "must": "必须", "may": "可能", "might": "可能",
    "have": "有", "has": "有", "had": "有", "i'm": "我是", "i've": "我", "i'd": "我", "i'll": "我会",
    "it's": "是", "that's": "那是", "you're": "你是", "we're": "我们是", "they're": "他们是",
    "in": "在", "on": "在", "at": "在", "for": "为", "with": "和", "from": "从", "by": "由",
    "about": "关于", "as": "作为", "than": "比", "into": "进", "up": "", "out": "", "off": "",
    "what": "什么", "who": "谁", "where": "哪里", "when": "什么时候", "why": "为什么", "how": "怎么",
    "which": "哪个", "all": "都", "any": "任何", "some": "一些", "very": "很", "too": "太",
    "just": "只是", "only": "只", "also": "也", "still": "还", "more": "更", "most": "最",
    "much": "很多", "many": "很多", "one": "一", "two": "二", "get": "得到", "got": "得到", "go": "去",
    "make": "做", "please": "请", "thanks": "谢谢", "yes": "是", "ok": "好", "like": "喜欢",
    "want": "想要", "need": "需要", "know": "知道", "think": "觉得", "new": "新", "good": "好",
    "every": "每", "each": "每", "other": "其他", "then": "然后", "now": "现在", "after": "以后",
    "before": "以前", "over": "超过", "back": "回", "let": "让", "let's": "让我们", "anyone": "有人",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text and where it stands: text[start:end] in characters.

    `pinyin` has one tone-marked element a character, and is None for what is not Chinese. `base`
    is an English word's base form. Entries and senses are looked up when asked for.
    """

    text: str
    start: int
    end: int
    pinyin: tuple[str, ...] | None = None
    base: str | None = None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All readings of a Chinese word, the one that is meant here first."""
        return () if self.pinyin is None else _meant(self.text, self.pinyin)[0]

    @property
    def senses(self) -> tuple[str, ...]:
        """English senses of a Chinese word, Chinese equivalents of an English one."""
        if self.pinyin is not None:
            return _meant(self.text, self.pinyin)[1]
        return tuple(dictionary.equivalents(self.base)) if self.base else ()


@lru_cache(maxsize=4096)
def _meant(word: str, pinyin: tuple[str, ...]) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """A Chinese word's entries and senses, those of this reading first."""
    entries = sorted(dictionary.lookup(word), key=lambda entry: entry.pinyin != pinyin)
    senses = [sense for entry in entries for sense in entry.senses] or dictionary.equivalents(word)
    return tuple(entries), tuple(dict.fromkeys(senses))


def read(text: str) -> list[Word]:
    """The words of a text in order, each with its reading in context. Their texts join to the text.

    English phrases of the dictionary ("security deposit") are one word, the longest first.
    """
    plain = dictionary.simplified(text)
    pieces = words.segment(text)
    read_words: list[Word] = []
    at = place = 0
    while place < len(pieces):
        count = _phrase_length(pieces, place)
        piece = "".join(pieces[place : place + count])
        end = at + len(piece)
        if dictionary.has_han(piece):
            before = plain[at - len(pieces[place - 1]) : at] if place else ""
            read_words.append(Word(piece, at, end, _reading(piece, plain, at, before)))
        elif _ENGLISH.match(piece) or count > 1:
            read_words.append(Word(piece, at, end, base=_base(piece)))
        else:
            read_words.append(Word(piece, at, end))
        at, place = end, place + count
    return read_words


def _reading(piece: str, plain: str, at: int, before: str) -> tuple[str, ...]:
    """One element a character: by the neighbours, by the script, else the usual reading.

    `before` is the word before, in Simplified.
    """
    end = at + len(piece)
    short = plain[at:end]
    if short == "地" and heteronyms.makes_adverb(before, plain[end : end + 1]):
        return ("de",)
    told = heteronyms.in_context(
        short, plain[max(0, at - _CONTEXT) : at], plain[end : end + _CONTEXT]
    )
    if told:
        return told
    if piece != short and len(piece) == 1:
        entries = dictionary.lookup(piece)
        if len({entry.pinyin for entry in entries}) == 1:
            return entries[0].pinyin
    return _usual(short)


@lru_cache(maxsize=8192)
def _usual(word: str) -> tuple[str, ...]:
    found = dictionary.listed(word)
    if found and len(found.pinyin) == len(word):
        return found.pinyin
    if numerals.number(word) is not None:
        return dictionary.lookup(word)[0].pinyin
    return tuple(syllable for char in word for syllable in _of_character(char))


def _of_character(char: str) -> tuple[str, ...]:
    found = dictionary.listed(char)
    if found is None and dictionary.has_han(char):
        entries = dictionary.lookup(char)
        return entries[0].pinyin if entries else (char,)
    return found.pinyin if found else (char,)


# English


def _phrase_length(pieces: Sequence[str], place: int) -> int:
    """How many pieces from here on, spaces included, are one English phrase; 1 where none is."""
    if not _ENGLISH.match(pieces[place]) or pieces[place].lower() in _NO_EDGE:
        return 1
    count = 1
    run = [pieces[place].lower()]
    while len(run) < _LONGEST_PHRASE and place + count + 1 < len(pieces):
        space, word = pieces[place + count : place + count + 2]
        if space != " " or not _ENGLISH.match(word):
            break
        run.append(word.lower())
        count += 2
    for length in range(len(run), 1, -1):
        if run[length - 1] not in _NO_END and _is_phrase(" ".join(run[:length])):
            return 2 * length - 1
    return 1


@lru_cache(maxsize=8192)
def _is_phrase(term: str) -> bool:
    return dictionary.phrase(term)


@lru_cache(maxsize=4096)
def _base(word: str) -> str:
    """The base form under which the dictionary has an English word or phrase."""
    lower = word.lower()
    if " " in lower:
        return lower
    forms = [form for form in bases(lower) if dictionary.known_term(form)]
    return max(forms, key=dictionary.best_score) if forms else lower


# Word by word


def gist(text: str, language: str) -> list[tuple[str, str]]:
    """Each word of a text with its shortest good equivalent in the other language.

    `language` is the text's own, "en" or any of the Chinese ones. Names, figures, punctuation and
    what is not in the dictionary stand with "".
    """
    found = []
    for word in read(text):
        if word.pinyin is not None:
            found.append((word.text, "" if language == "en" else _gist_of_chinese(word)))
        else:
            found.append((word.text, _gist_of_english(word) if language == "en" else ""))
    return found


def gist_of(word: Word) -> str:
    """The shortest good equivalent of one word in the other language; "" where there is none."""
    return _gist_of_english(word) if word.pinyin is None else _gist_of_chinese(word)


def _gist_of_chinese(word: Word) -> str:
    return _in_short(word.text, word.pinyin or ())


@lru_cache(maxsize=8192)
def _in_short(text: str, pinyin: tuple[str, ...]) -> str:
    short = dictionary.simplified(text)
    if short in _HINTS_ENGLISH and pinyin == _usual(short):
        return _HINTS_ENGLISH[short]
    found = dictionary.listed(short)
    if found and found.gist and (found.pinyin == pinyin or len(text) > 1):
        return found.gist
    for entry in dictionary.lookup(text):
        if entry.number:
            return entry.number
        if entry.pinyin == pinyin:
            return next(iter(dictionary.in_english(entry)), "")
    return found.gist if found else ""


def _gist_of_english(word: Word) -> str:
    if word.base is None:
        return ""
    return _in_chinese(word.text)


@lru_cache(maxsize=8192)
def _in_chinese(text: str) -> str:
    lower = text.lower().replace("’", "'")
    if lower in _HINTS_CHINESE:
        return _HINTS_CHINESE[lower]
    return next(iter(dictionary.equivalents(lower, 1)), "")
