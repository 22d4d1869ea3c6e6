"""Strings that break naive code, in both languages: made here, each with a reason to be in the list.

`make test` asks the first string of each kind and every tenth, `make soak` all of them.
"""

import unicodedata

from exchange.languages.text import has_direction_override, is_blank, unprintable

from .selection import WHOLE, some

# fmt: off

CONTROLS = [
    *(f"before{chr(code)}after" for code in (*range(0, 32, 3), 0x7F, 0x80, 0x85, 0x90, 0x9F, 0xAD)),
    *("\x00", "a\x00", "\x00中文", "中\x1b[31m文", "\x07\x08\x0c", "a\rb", "a\n\r\nb", "\x1a"),
]
NONCHARACTERS = [f"x{chr(code)}y" for code in (0xFDD0, 0xFDEF, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF)]
PRIVATE = ["\ue000", "\uf8ff apple", "\U000f0000", "\U0010fffd", "中\ue63b文"]
INVISIBLE = [
    *("\u200b", "\u200b\u200b\u200b", "\ufeff", "\u2060", "\u180e", "\u00ad", "\u034f", "\u061c"),
    *("\u115f", "\u1160", "\u3164", "\uffa0", "\u2800", "\u3164\u3164 name", "\U0001d159"),
    *("zero\u200bwidth", "零\u200b宽", "\ufeffBOM in front", "BOM behind\ufeff", "soft\u00adhyphen"),
    *("\u2061\u2062\u2063\u2064", "\U000e0001\U000e0041", "\ufe0f", "a\ufe0eb", "\u17b4\u17b5"),
]
SPACES = [
    *(" ", "   ", "\t", "\n", "\n\n\n", "\u00a0", "\u1680", "\u2003", "\u202f", "\u205f", "\u3000"),
    *("　全角空格　", " lead", "trail ", " \u3000 \t\n ", "a\u00a0b", "a\u2028b", "a\u2029b"),
    *("a\x0bb", "in\n\n\n\n\nbetween", "x" + "\n" * 400 + "y", "tab\tbetween", "a  b", "\u2028"),
]
DIRECTION = [
    *(f"a{chr(code)}b" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))),
    *("\u202eevil.exe", "中\u202e文", "\u200e", "\u200fRTL mark", "a\u061cb", "\u202a\u202b\u202c"),
    *("שלום עולם", "مرحبا بالعالم", "مرحبا hello 你好", "(שלום)", "\u2067שלום\u2069", "\u200f۱۲۳"),
    *("ﷺ", "ﷲ", "۝", "עִבְרִית", "العَرَبِيَّة"),
]
MARKS = [
    "e\u0301",
    "a" + "\u0300" * 5,
    "Z" + "\u0351\u0352\u0353" * 30 + "algo",
    "".join(c + "\u0336" for c in "struck"),
    "\u0301 leading mark",
    "中\u0301文",
    "\u20dd",
    "กำลังใจ",
    "ผู้ใหญ่",
    "Tiếng Việt: ặ ễ ộ",
    "क्षत्रिय",
    "བསྒྲུབས",
    "xi\u030cn",
    "ǖǘǚǜ",
    "a\u0328\u0301",
    "a\u0301\u0328",
    "ö vs o\u0308",
    "\u1100\u1161\u11a8",
    "각",
    "が vs か\u3099",
]
EMOJI = [
    *("😀", "👨‍👩‍👧‍👦", "👩🏽‍🚀", "🏳️‍🌈", "🇨🇳🇺🇸", "🇨", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"),
    *("1️⃣", "☺", "☺️", "❤️‍🔥", "👍🏿", "🫠", "🐱" * 300, "\u200d", "👨\u200d", "🀄", "㊗️", "🈚", "⚧"),
]
HAN = [
    *("𠮷野家", "𠀀", "𪚥", "𫝀", "𰻝𰻝面", "𱁬", "\U0002fa1d", "㐀", "鿿", "﨎", "豈", "\uf900", "\ufa30"),
    *("⼀⼁⼂", "⺀⻳", "⽂⽇", "㈠㊀㍻", "ㄅㄆㄇ", "〇", "々", "〆", "、。「」", "……——", "～", "《》【】"),
    *("鬱龘灪", "后後", "发發髮", "干乾幹", "臺台颱", "里裡", "錒镥", "𨋢", "冇嘅", "凜\ufe00", "葛\U000e0100"),
    *("我", "我们在一起", "中" * 80, "中" * 81, "文" * 5000, "文" * 10_001, "你好世界" * 2, "吃葡萄不吐葡萄皮"),
    *("我used一个翻译app", "O型血", "AA制", "卡拉OK", "3.14是π", "2025年1月24日", "￥3,000／月", "⿰亻尔"),
]
WIDTH = [
    *("ａｂｃ", "ＡＤＭＩＮ", "１２３", "！＠＃", "ｱｲｳ", "ﾊﾟ", "ﬁ ﬂ ﬀ", "①②③", "Ⅷ", "㎏", "℡", "½", "ªº", "＜ｂ＞"),
    *("𝕳𝖊𝖑𝖑𝖔", "𝒜", "𝟘𝟙", "🅰🅱", "ⓐⓑ", "ᴀʙᴄ", "ʇxǝʇ", "ﾠ", "￼", "�", "‰", "№"),
]
LETTERS = [
    *("ß", "ẞ", "İ", "ı", "ﬀ", "ς", "Σ", "ŉ", "ǅ", "ﬃ", "Å", "Å", "Ω", "K", "Ǆ", "ĳ", "ŀ", "ſ"),
    *("аdmin", "pаypal", "Аdmіn", "ΑΒΓ", "ԁ", "ⅼ", "ɑ", "ο", "һello", "ꓮ", "ᏟᎪ", "ɡ"),
]
CODE = [
    *("'", '"', "`", "\\", "\\'", "''", '""', "';--", "' OR '1'='1", '" OR ""="', "1; DROP TABLE posts"),
    *("'); DELETE FROM boards_post;--", "1' UNION SELECT password FROM users--", "%' LIKE '%", "%", "_"),
    *("<script>alert(1)</script>", "<b>", "</textarea>", "</title>", "<!--", "-->", "]]>", "<![CDATA["),
    *("&", "&amp;", "&lt;", "&#0;", "&#x110000;", "&nbsp;", "<", ">", '"><svg onload=alert(1)>', "'-alert(1)-'"),
    *("{{ 7*7 }}", "{% debug %}", "{# x #}", "{% load %}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "{0}", "{}", "{a.b}"),
    *("%s", "%(x)s", "%d%n", "%00", "%0a", "%c0%80", "%u0000", "\\u0000", "\\x00", "\\0", "\\n"),
    *("../../etc/passwd", "..\\..\\", "/etc/passwd%00.png", "C:\\", "file:///etc/passwd", "con", "~", "$HOME"),
    *("$(id)", "`id`", "; ls", "| cat", "&& true", "\n.", "\r\nSet-Cookie: a=b", "%0d%0aX: y", "a\r\nb"),
    *("javascript:alert(1)", "data:text/html,x", "//evil.example", "http://", "https://[", "http://a b", "www."),
    *("__proto__", "constructor", "null", "NULL", "nil", "None", "undefined", "true", "True", "[object Object]"),
    *("(){:;};", "<?php", "<?xml", "#!/bin/sh", "=1+1", "+cmd|' /C calc'!A0", "@SUM(1)", "\t=1", "-1"),
    *("*", "?", "[", "(", ")", "^$", "(a+)+$", "**", "__", "~~", "***", "[x](", "![", "||", "```", "> > >", "- - -"),
    *("&kept.body=x", "a=b&c=d", "a;b", "a,b", "a b", "a+b", "#", "?x", "csrfmiddlewaretoken", "_method"),
]
NUMBERS = [
    *("0", "-0", "1", "-1", "00", "01", "+1", "1.0", "1e3", "1e309", "NaN", "nan", "Infinity", "-Infinity"),
    *("0x10", "0b1", "0o7", "1_000", "1,000", "９", "٣", "四", "Ⅳ", "²", "½", "1 ", " 1", "1\u200b", "2147483648"),
    *("9223372036854775807", "9223372036854775808", "18446744073709551616", "1" * 18, "1" * 31, "9" * 400),
]
LONG = [
    *("a" * 160, "a" * 161, "a" * 10_000, "a" * 20_000, "a" * 20_001, "word " * 4000, "a\n" * 9000),
    *("·" * 64, "c" * 65, "长" * 12, "长" * 13, "n" * 24, "n" * 25, "http://a.example/" + "x" * 3000),
]

# fmt: on
GROUPS = [
    *(CONTROLS, NONCHARACTERS, PRIVATE, INVISIBLE, SPACES, DIRECTION, MARKS, EMOJI, HAN),
    *(WIDTH, LETTERS, CODE, NUMBERS, LONG),
]
# Code and numbers are many of one kind: of each two neighbours one is enough.
STRINGS = list(
    dict.fromkeys(
        string
        for group in GROUPS
        for string in (group[::2] if group in (CODE, NUMBERS, LETTERS) else group)
    )
)


def kinds(string: str) -> set[object]:
    """What may be decided by: marks of code, kinds of characters, scripts, blank, unprintable, long."""
    found: set[object] = {
        ("blank", is_blank(string)),
        ("unprintable", bool(unprintable(string))),
        ("turned", has_direction_override(string)),
        ("long", sum(len(string) > limit for limit in (30, 160, 1000, 9999, 20_000))),
    }
    for place, char in enumerate(string):
        if char.isascii():
            found.add(char if char in "'\"`\\<>&{%$#;=\0\r\n\t" else "ASCII")
            continue
        category, name = unicodedata.category(char), unicodedata.name(char, "nameless")
        if category[0] in "LM":
            found.add((category, name.split()[0].partition("-")[0]))  # its script
        else:
            # What nobody sees gets lost alone, at an end or between words.
            edge = place in (0, len(string) - 1)
            seen = category[0] not in "CZ" or (is_blank(string), edge)
            found.add((category, name.split()[0] if category == "Cf" else "", seen))
    return found


def covering() -> list[str]:
    seen: set[object] = set()
    firsts = []
    for string in STRINGS:
        if new := kinds(string) - seen:
            seen |= new
            firsts.append(string)
    return list(dict.fromkeys([*firsts, *some(STRINGS, 10)]))


TYPED = STRINGS if WHOLE else covering()
