"""Check 48: banned terms are found in their disguises, and honest sentences are left alone."""

import itertools
import tomllib
from pathlib import Path

import pytest
from opencc import OpenCC
from pypinyin import Style, lazy_pinyin

from exchange.languages.sentences import sentences
from exchange.safety.watching import Entry, Filters
from tests.cast import reply

CHINESE = "加微信 代开发票 刷单返利 裸聊 博彩 高利贷 办证 兼职刷单 私服 网赌 代孕 枪支弹药 毒品 假钞 内部彩票".split()
ENGLISH = (
    "viagra, casino, buy followers, crypto giveaway, payday loan, escort service, fake passport, forex"
    " signals, weight loss pills, telegram group, counterfeit, sportsbook, onlyfans, steroids, ransomware"
).split(", ")
TERMS = [*CHINESE, *ENGLISH]
WIDE = str.maketrans({code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000})
CYRILLIC = str.maketrans("aceopxyis", "асеорхуіѕ")
SIGNS = str.maketrans("aeiost", "@310$7")
CIRCLED = str.maketrans({code: code - 0x61 + 0x24D0 for code in range(0x61, 0x7B)})


def _between(term: str, mark: str) -> str:
    return mark.join(term)


DISGUISES = {
    "zero-width": lambda term: _between(term, "\u200b"),
    "spaces": lambda term: _between(term, " "),
    "dots": lambda term: _between(term, "."),
    "stars": lambda term: _between(term, "*"),
    "emoji": lambda term: _between(term, "❤️"),
    "markdown": lambda term: _between(term, "**"),
    "full width": lambda term: term.translate(WIDE),
    "capitals": lambda term: term.upper(),
    "marks": lambda term: _between(term, "\u0301") + "\u0301",
    # The last three are of each script's own.
    "look-alikes": lambda term: OpenCC("s2t").convert(term.translate(CYRILLIC)),
    "spelt": lambda term: "".join(lazy_pinyin(term)).translate(SIGNS if term.isascii() else {}),
    "initials": lambda term: (
        term.translate(CIRCLED)
        if term.isascii()
        else "".join(lazy_pinyin(term, style=Style.FIRST_LETTER)) + "的"
    ),
}


@pytest.fixture(scope="module")
def filters() -> Filters:
    return Filters([Entry(n, "word", "hold", term) for n, term in enumerate(TERMS, 1)])


def caught(filters: Filters, term: str, written: str) -> bool:
    around = f"I say: {written} now!" if term.isascii() else f"需要{written}请找我"
    return term in [entry.text for entry in filters.hits(around)]


def test_there_are_30_terms_and_12_disguises() -> None:
    assert (len(set(TERMS)), len(DISGUISES)) == (30, 12)


def test_at_least_85_in_100_disguises_are_seen_through(filters: Filters) -> None:
    tried = {
        (name, term): caught(filters, term, disguise(term))
        for (name, disguise), term in itertools.product(DISGUISES.items(), TERMS)
    }
    missed = sorted(key for key, found in tried.items() if not found)
    assert len(missed) <= 0.15 * len(tried), missed
    # No disguise works as a rule.
    for name in DISGUISES:
        assert sum(found for (of, _), found in tried.items() if of == name) >= 15, name


@pytest.mark.parametrize("term", TERMS)
def test_each_term_is_found_as_it_is(filters: Filters, term: str) -> None:
    assert caught(filters, term, term)


# Honest sentences: those of the site's own sample talk, and what can be made of everyday parts.

SEEDS = Path(__file__).parents[2] / "seeds" / "threads"
WHO_EN = ["My sister", "I", "Our teacher", "A friend in Ohio", "The landlord", "My cat"]
DID_EN = [
    "paid rent for",
    "took a photo of",
    "wrote about",
    "looked for",
    "told me about",
    "forgot",
]
WHAT_EN = [
    "a small flat",
    "the casual dinner",
    "seven noodle shops",
    "an escape room",
    "the group chat",
]
WHEN_EN = ["last week.", "in 2019, I think.", "at 7 a.m.", "on the BBC.", "before the exam!"]
WHO_ZH = ["我妈", "我们老师", "隔壁邻居", "成都的朋友", "我家猫", "房东"]
DID_ZH = ["稍微信任", "昨天聊到", "开发票据系统时想起", "办证件时遇到", "拍了", "很喜欢"]
WHAT_ZH = ["一家面馆", "那个博物馆", "十个人参加的聚会", "iPhone 15", "HSK 考试", "VPN 的问题"]
WHEN_ZH = ["，上周的事。", "，大概是2019年。", "，真不错！", "：早上七点，天还没亮。", " haha"]


def honest() -> list[str]:
    found = [s for text in seeds() for s in _sentences(text)]
    found += [" ".join(each) for each in itertools.product(WHO_EN, DID_EN, WHAT_EN, WHEN_EN)]
    found += ["".join(each) for each in itertools.product(WHO_ZH, DID_ZH, WHAT_ZH, WHEN_ZH)]
    return list(dict.fromkeys(found))


def seeds() -> list[str]:
    found: list[str] = []

    def walk(node: object) -> None:
        if isinstance(node, dict):
            for name, value in node.items():
                if name in ("title", "title_other", "body", "body_other") and isinstance(
                    value, str
                ):
                    found.append(value)
                else:
                    walk(value)
        elif isinstance(node, list):
            for each in node:
                walk(each)

    for path in sorted(SEEDS.glob("*.toml")):
        walk(tomllib.loads(path.read_text()))
    return found


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def test_of_honest_sentences_at_most_5_in_1000_are_stopped(filters: Filters) -> None:
    lines = honest()
    assert len(lines) >= 1000
    stopped = [line for line in lines if filters.hits(line)]
    assert len(stopped) <= 0.005 * len(lines), stopped


def test_whole_posts_of_honest_people_are_left_alone_too(filters: Filters) -> None:
    texts = seeds()
    assert len(texts) > 300
    assert [text for text in texts if filters.hits(text)] == []


def test_nothing_is_published_otherwise_than_it_was_typed(thread, mei, lin, rules) -> None:
    """Looking for words in it changes no letter, whatever comes of it."""
    from exchange.safety import actions

    watch = actions.add_watch(
        by=lin, sort="word", kind="flag", text="博彩", language="", rule=rules["spam"]
    )
    actions.activate(by=lin, watch=watch)
    for written in ("說到博 彩", "ＢＣ 博\u2060彩！", "Straße ﬁ ① b\u0301c"):
        post = reply(mei, thread, written)
        post.passage.refresh_from_db()
        assert post.passage.body == written
