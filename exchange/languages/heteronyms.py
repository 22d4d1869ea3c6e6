"""Which reading of a character or word with several: the usual one, and what its neighbours tell.

The rules are in `heteronyms.rules`, which says how to read them.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

RULES = Path(__file__).with_suffix(".rules")
_BAR = re.compile(r"(?<= )\|(?= |$)")

# Where the usual reading is not the one that a list of readings by frequency gives first.
USUAL = """
    得 de/长 cháng/教 jiāo/干 gàn/地 dì/佣 yòng/咱 zán/似 sì/杆 gān/嗯 èn/哦 ó/弹 tán/挣 zhèng/脏 zāng
    晃 huàng/薄 báo/磨 mó/缝 féng/撒 sǎ/削 xiāo/剥 bāo/泊 bó/混 hùn/兴 xìng/曲 qǔ/宁 níng/切 qiē
    拧 nǐng/舍 shě/调 diào/钻 zuān/倒 dào/屏 píng/嚼 jiáo/喂 wèi/哪 nǎ/拽 zhuài/发 fā/涨 zhǎng/炸 zhà
    咽 yàn/奔 bēn/散 sàn/藏 cáng/斗 dòu/咋 zǎ/耶 yē/呛 qiàng/扇 shàn/量 liàng/种 zhǒng/勒 lēi/哄 hǒng
    扒 bā/个 gè/号 hào/乐 lè/血 xuè/吐 tǔ/角 jiǎo/尽 jìn/相 xiāng/压 yā/和 hé/数 shù/蒙 méng/吧 ba
    啊 a/东西 dōng xi/地方 dì fang/多少 duō shao/人家 rén jia/告诉 gào su/精神 jīng shén/故事 gù shi
    妻子 qī zi/好处 hǎo chu/大夫 dài fu/买卖 mǎi mai/生意 shēng yi/本事 běn shi/便宜 pián yi
    地道 dì dao/大意 dà yi/恶心 ě xīn/大爷 dà ye/工夫 gōng fu/分子 fēn zǐ/大都 dà dōu/大方 dà fang
    结实 jiē shi/把手 bǎ shou/片子 piàn zi/卷子 juàn zi/单子 dān zi/裁缝 cái feng/出息 chū xi
    摆设 bǎi she/倒数 dào shǔ/调配 tiáo pèi/发卡 fà qiǎ/好学 hào xué/拜拜 bái bái/差事 chāi shi
    中意 zhòng yì/外传 wài chuán/干饭 gàn fàn/调头 diào tóu/字帖 zì tiè/对头 duì tou/上头 shàng tou
    琢磨 zuó mo/脊梁 jǐ liang/重名 chóng míng/花儿 huā r/背着 bēi zhe/媳妇儿 xí fu r/朝阳 cháo yáng
    起来 qǐ lai/女人 nǚ rén/说法 shuō fǎ/明朝 míng cháo/中式 zhōng shì/不是 bù shì/罢了 bà le
    当天 dàng tiān/当年 dāng nián/照应 zhào ying/老子 lǎo zi/长毛 zhǎng máo/一哄而散 yī hòng ér sàn
    受累 shòu lèi/得罪 dé zuì/不了 bù liǎo/分量 fèn liàng/铺盖 pū gai/私房 sī fáng/调门 diào mén
    转台 zhuàn tái/难兄难弟 nàn xiōng nàn dì/炸锅 zhà guō/长牙 zhǎng yá/教学 jiào xué/结果 jié guǒ
    露点 lù diǎn/散落 sàn luò/盛装 shèng zhuāng/口角 kǒu jiǎo/不差 bù chà/好事 hǎo shì/看好 kàn hǎo
    空心 kōng xīn/转车 zhuǎn chē/上色 shàng sè/好吃 hǎo chī/好玩 hǎo wán/合子 hé zi/压根 yà gēn
    拉手 lā shǒu/托儿 tuō ér/泡子 pào zi/媳妇 xí fù/言语 yán yǔ/得了 dé le/瓦匠 wǎ jiàng/标致 biāo zhì
    为人 wéi rén
"""


@cache
def usual() -> dict[str, tuple[str, ...]]:
    """The reading that was chosen by hand, one syllable a character of the word."""
    listed = (
        pair.split() for line in USUAL.split("\n") for pair in line.split("/") if pair.strip()
    )
    return {word: tuple(syllables) for word, *syllables in listed}


@cache
def _rules() -> dict[str, list[tuple[tuple[str, ...], re.Pattern[str], re.Pattern[str]]]]:
    rules: dict[str, list[tuple[tuple[str, ...], re.Pattern[str], re.Pattern[str]]]] = {}
    for line in RULES.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        head, before, after = (part.strip() for part in _BAR.split(line.strip(), maxsplit=2))
        word, *syllables = head.split()
        rule = (
            tuple(syllables),
            re.compile(f"(?:{before})\\Z" if before else ""),
            re.compile(after),
        )
        rules.setdefault(word, []).append(rule)
    return rules


def in_context(word: str, before: str, after: str) -> tuple[str, ...] | None:
    """The reading that the neighbours tell, or None: some ten characters on either side suffice."""
    for syllables, left, right in _rules().get(word, ()):
        if left.search(before) and right.match(after):
            return syllables
    return None


_NO_ADVERB = re.compile(
    "这|那|此|某|各|当|外|本|该|哪|的|在|扫|拖|种|遍|满|块|片|原|内|我们|他们|你们|国家|一"
)
_GROUND = frozenset("上下里面方铁板点址区震图理球产位道毯段带主，。！？、的是有") | {""}


def makes_adverb(before: str, after: str) -> bool:
    """Whether 地 between these two is the neutral "de" of 慢慢地走: `before` a word, `after` a character."""
    return len(before) > 1 and not _NO_ADVERB.match(before) and after not in _GROUND
