"""Traditional Chinese as it is written in Taiwan, made from Simplified: for messages and for seeds.

OpenCC turns the characters and, with the phrases of Taiwan, the words of computing. What a discussion
board says besides is in WORDS, and quotation marks become those of Taiwan. A whole sentence that still
reads badly is put better by hand in `exchange/locale/zh_Hant_corrections.po`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

OPENCC_CONFIG = "s2twp"

# From what OpenCC gives to what people in Taiwan write.
WORDS = {
    # what OpenCC gets wrong: a verb it does not see, and words it takes for a programmer's
    "發送": "傳送",
    "回復": "回覆",
    "條回復": "則回覆",
    "保存於": "儲存於",
    "釋出": "發布",
    "宣告": "聲明",
    "許可權": "權限",
    "社群醫院": "社區醫院",
    "社群診所": "社區診所",
    "選單均價": "菜單均價",
    # accounts
    "賬": "帳",
    "郵箱": "電子信箱",
    "退出登入": "登出",
    # a board and its posts
    "個帖子": "則貼文",
    "帖子": "貼文",
    "此帖": "此貼文",
    "本帖": "本篇",
    "發帖": "發文",
    "主樓": "首篇貼文",
    "條舉報": "件檢舉",
    "舉報": "檢舉",
    "條回覆": "則回覆",
    "刷屏": "洗版",
    "軟文": "業配文",
    "站點運營者": "網站營運者",
    # what people see and press
    "示例": "範例",
    "獲取": "取得",
    "自動識別": "自動偵測",
    "快捷鍵": "快速鍵",
    # everyday words
    "語言水平": "語言程度",
    "合同": "合約",
    "演示": "示範",
    "IP 地址": "IP 位址",
}
LONGEST_FIRST = re.compile("|".join(sorted(map(re.escape, WORDS), key=len, reverse=True)))
# A tag is left as it is. A single closing mark is also an apostrophe, so these go in pairs only.
TAG_OR_QUOTE = re.compile("<[^<>]*>|[“”]|‘([^‘’<>]*)’")
DOUBLE = {"“": "「", "”": "」"}


def traditional(simplified: str) -> str:
    """Placeholders, tags and Latin letters stay what they are."""
    text = _opencc().convert(simplified)
    text = LONGEST_FIRST.sub(lambda word: WORDS[word[0]], text)
    return TAG_OR_QUOTE.sub(_quoted, text)


def _quoted(found: re.Match[str]) -> str:
    if found[1] is not None:
        return f"『{found[1]}』"
    return DOUBLE.get(found[0], found[0])


@cache
def _opencc() -> OpenCC:
    from opencc import OpenCC  # takes a while: only who converts pays for it

    return OpenCC(OPENCC_CONFIG)
