"""Simplified to Traditional and back, by OpenCC: for display only, never what was written.

The length stays, and vocabulary as well: 软件 becomes 軟件, not 軟體. "hant" is Taiwan's standard
of characters, because that is what most readers of Traditional are used to.
"""

from __future__ import annotations

import re
from functools import cache

from opencc import OpenCC

_CONFIGS = {"hant": "s2tw", "tw": "s2tw", "hk": "s2hk", "hans": "tw2s"}
TARGETS = (*_CONFIGS, "tw2s", "hk2s")
_HAN = re.compile("[\u2e80-\u2fdf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]")
_HALVES = re.compile("[\ud800-\udfff\ufffe]")
# OpenCC goes by the longest phrase; what it gets wrong on this board, by words and their neighbours.
_MENDED = [
    (re.compile(pattern), right)
    for pattern, right in (
        ("台(?=風(?!格|度|氣|趣|骨))", "颱"),
        ("(?<=的)颱(?=風(?:很|不|穩|好|差|極))", "台"),
        ("(?<=不)準(?!確|備|時|點|的|$|[，。！？了])", "准"),
        ("(?<=頭髮|衣服|嘴唇|皮膚|喉嚨|嗓子|毛巾|被子|床單)幹(?=了|的|$|[，。！？])", "乾"),
        (
            "(?<=頭髮|衣服|嘴唇|皮膚|喉嚨|嗓子|毛巾|被子|床單)(?<=.)([還沒]|沒有|已經|都|很|快|太)幹(?=了|$|[，。！？])",
            r"\1乾",
        ),
        ("衚衕", "胡同"),
        ("傢俱", "家具"),
        ("籤(?=合同|字|名|證|約|到|了|署|租)", "簽"),
        ("衝(?=咖啡|茶|泡|水|澡|奶|涼|劑)", "沖"),
        ("昇(?=起|職|學|級|高|值|溫|旗|薪)", "升"),
        ("(?<=內)捲(?![起入])", "卷"),
        ("捲(?=王)", "卷"),
        ("薰(?=香)", "熏"),
        ("回復(?=[你我他她您]|郵件|消息|信息|評論|留言|帖)", "回覆"),
    )
]
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)\b([^<>]*)>|<!--.*?-->|&[#a-zA-Z0-9]+;", re.DOTALL)
_MENTION = re.compile(r"""\bclass\s*=\s*(?:"[^"]*\bmention\b|'[^']*\bmention\b|mention\b)""")
_NOT_TRANSLATED = re.compile(r"""\btranslate\s*=\s*["']?no\b""")
_CODE_TAGS = frozenset(("code", "pre", "kbd", "samp", "script", "style", "textarea"))
_VOID = frozenset(
    ("br", "img", "hr", "input", "wbr", "source", "meta", "link", "col", "area", "embed")
)


@cache
def _converter(config: str) -> OpenCC:
    return OpenCC(config)


def convert(text: str, to: str) -> str:
    """The same text in "hant", "hans", or as OpenCC's "tw", "hk", "tw2s" and "hk2s".

    As long as the text was. Raises KeyError for another target.
    """
    config = _CONFIGS[to] if to in _CONFIGS else {"tw2s": "tw2s", "hk2s": "hk2s"}[to]
    if not _HAN.search(text):
        return text
    halves = _HALVES.findall(text)
    if halves:  # OpenCC takes whole characters only
        text = _HALVES.sub("\ufffe", text)
    converted: str = _converter(config).convert(text)
    if len(converted) != len(text):
        converted = "".join(_one(char, config) for char in text)
    if config in ("s2tw", "s2hk"):
        for wrong, right in _MENDED:
            converted = wrong.sub(right, converted)
    if halves:
        given = iter(halves)
        converted = "".join(next(given, char) if char == "\ufffe" else char for char in converted)
    return converted


def _one(char: str, config: str) -> str:
    converted: str = _converter(config).convert(char)
    return converted if len(converted) == 1 else char


def convert_html(html: str, to: str) -> str:
    """HTML with its text converted: not tags and attributes, code, @names and `translate="no"`."""
    pieces: list[str] = []
    at, kept_in, depth = 0, "", 0
    for tag in _TAG.finditer(html):
        text = html[at : tag.start()]
        pieces += (text if depth else convert(text, to)), tag[0]
        at = tag.end()
        name = (tag[2] or "").lower()
        if not name or name in _VOID:
            continue
        if depth:
            if name == kept_in:
                depth += -1 if tag[1] else 1
        elif not tag[1] and not tag[3].endswith("/") and _keeps(name, tag[3]):
            kept_in, depth = name, 1
    rest = html[at:]
    return "".join([*pieces, rest if depth else convert(rest, to)])


def _keeps(name: str, attributes: str) -> bool:
    return (
        name in _CODE_TAGS
        or _MENTION.search(attributes) is not None
        or _NOT_TRANSLATED.search(attributes) is not None
    )
