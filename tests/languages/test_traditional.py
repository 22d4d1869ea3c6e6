"""Traditional Chinese for readers in Taiwan, made from Simplified."""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings

from exchange.config import catalogues
from exchange.languages.traditional import WORDS, traditional


@pytest.mark.parametrize(
    ("simplified", "taiwan"),
    [
        ("软件里的用户", "軟體裡的使用者"),
        ("账号的邮箱", "帳號的電子信箱"),
        ("举报这个帖子", "檢舉這則貼文"),
        ("编辑帖子", "編輯貼文"),
        ("这是主楼", "這是首篇貼文"),
        ("不发广告、不刷屏", "不發廣告、不洗版"),
        ("再发送一次", "再傳送一次"),
        ("不能再回复", "不能再回覆"),
        ("免责声明", "免責聲明"),
        ("退出登录", "登出"),
    ],
)
def test_words_are_those_of_taiwan(simplified: str, taiwan: str) -> None:
    assert traditional(simplified) == taiwan


def test_quotation_marks_are_those_of_taiwan_also_one_in_another() -> None:
    assert traditional("标有“示例”的人") == "標有「範例」的人"
    assert traditional("“他说‘你好’，就走了”") == "「他說『你好』，就走了」"
    assert traditional("“先说<em>‘再见’</em>”") == "「先說<em>『再見』</em>」"


@pytest.mark.parametrize(
    "text",
    [
        '<bdi class="name" translate="no">%(name)s</bdi>',
        '<i title="“x”">{found}</i> %(count)s %%',
        "Xi’an, 'n' \"b\" & https://example.org/?a=1",
        "‘<b>’",
        "",
    ],
)
def test_placeholders_tags_and_apostrophes_stay(text: str) -> None:
    assert traditional(text) == text


def test_no_word_of_the_table_undoes_another() -> None:
    for taiwan in WORDS.values():
        assert not [word for word in WORDS if word in taiwan]


def chinese(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from [value["zh-hans"]] if "zh-hans" in value else []
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from chinese(part)


def everything_converted() -> Iterator[str]:
    simplified = catalogues.read(catalogues.ROOT / catalogues.PO)
    corrections = catalogues.entries(catalogues.read(catalogues.ROOT / catalogues.CORRECTIONS))
    for message in catalogues.entries(catalogues.converted(simplified, corrections)).values():
        yield from catalogues.strings(message)
    for name in ("boards", "rules", "opening-post/facts"):
        seed = tomllib.loads((settings.SEEDS_DIR / f"{name}.toml").read_text())
        yield from map(traditional, chinese(seed))


# What OpenCC has made of our sentences: hair for sending, one animal for only, to log out for to leave.
MISTAKES = ("髮", "隻", "已登出的", "通過郵件", "“", "”")


def test_nothing_that_the_site_says_in_traditional_is_wrong() -> None:
    texts = [text.replace("理髮", "") for text in everything_converted()]  # a haircut is about hair
    assert not [text for text in texts if any(wrong in text for wrong in (*WORDS, *MISTAKES))]
