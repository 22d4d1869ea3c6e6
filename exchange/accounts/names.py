"""What a member may be called: Han, Latin letters and digits, and nothing that looks like another.

Limiting names to these scripts (Unicode TS 39, "highly restrictive") leaves few look-alikes, which
`skeleton` folds together; two names with one skeleton cannot both exist.
"""

import re
import unicodedata
from functools import cache

from opencc import OpenCC

LEAST, MOST = 2, 24  # letters; a Han character counts two
HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134a"
# What Europe, Vietnam and pinyin write with. The blocks between hold letters like U+01C0 and U+0196,
# which nobody can tell from an l.
LATIN = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017f\u01a0\u01a1\u01af\u01b0"
    "\u01cd-\u01dc\u0218-\u021b\u1e00-\u1e99\u1e9e\u1ea0-\u1ef9"
)
BETWEEN = " _.·'-"
ALLOWED = re.compile(f"[{HAN}{LATIN}0-9](?:[{HAN}{LATIN}0-9{BETWEEN}]*[{HAN}{LATIN}0-9])?")
SEPARATORS = re.compile(f"[{BETWEEN}]+")
# Characters that NFKC replaces with others that look quite different: ① becomes 1, ² becomes 2.
DISGUISES = ("<circle>", "<super>", "<sub>", "<square>", "<fraction>", "<vertical>")

# Only letters that are one shape, or all but one, in common fonts: each fold also refuses a few
# honest names, so `cl` and d, `nn` and m, 5 and s stay apart.
LOOKALIKES = str.maketrans(
    {"0": "o", "1": "l", "i": "l", "ı": "l", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h"}
    | {"ŧ": "t", "ĸ": "k", "ŋ": "n", "þ": "p", "æ": "ae", "œ": "oe"}
    # Han characters that pass for Latin letters.
    | {"丨": "l", "乚": "l", "丅": "t", "丫": "y", "乂": "x", "匚": "c", "凵": "u"}
)

# Refused as a word of a name: "the_admin", "admin2025", "RealModerator", "admin小王".
STAFF_WORDS = (
    "admin admins administrator administrators mod mods moderator moderators staff official "
    "support webmaster sysadmin postmaster guanliyuan banzhu"
).split()
# Refused as the whole name only: "exchange_student" and "dog_owner" are fine names. `/people/names/`
# is an address beside those of people.
RESERVED = (
    "exchange jiaoliu 交流 exchange交流 root system owner security abuse noreply anonymous nobody "
    "everyone deleted formermember names 系统 管理 匿名 匿名用户 已注销"
).split()
# Refused at either end even without a gap. "badminton" holds "admin" in its middle and is fine.
GLUED = "admin moderator official".split()
# In Chinese there are no gaps. "时间管理" (managing one's time) is fine.
STAFF_ZH = re.compile("管[理埋](?:员|组|团队|层)|版主|官方|客服|站长|系统[消信通]|交流站|工作人员")
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
WORD = re.compile(f"[{HAN}]+|[{LATIN}0-9]+")
DIGITS = "0123456789"


def normalise(raw: str) -> str:
    """NFKC, one kind of apostrophe, single spaces: `ａｄａ` and `ada` are one name."""
    text = unicodedata.normalize("NFKC", raw)
    return " ".join(text.translate({0x2018: "'", 0x2019: "'", 0x2BC: "'"}).split())


def is_disguised(raw: str) -> bool:
    """Whether normalising would show something else than what was typed."""
    return any(unicodedata.decomposition(char).startswith(DISGUISES) for char in raw)


@cache
def _traditional_to_simplified() -> OpenCC:
    return OpenCC("t2s")


def simplified(name: str) -> str:
    return _traditional_to_simplified().convert(name)


def skeleton(name: str) -> str:
    """One string for all names that look alike: `Lin`, `l1n`, `Lín` and `lin` give `lln`."""
    folded = unicodedata.normalize("NFD", simplified(normalise(name)).casefold())
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    plain = SEPARATORS.sub("", plain).translate(LOOKALIKES)
    return plain.replace("rn", "m").replace("vv", "w")


STAFF_SKELETONS = {skeleton(word) for word in STAFF_WORDS}
RESERVED_SKELETONS = {skeleton(word) for word in RESERVED} | STAFF_SKELETONS
GLUED_SKELETONS = tuple(skeleton(word) for word in GLUED)


def words(name: str) -> set[str]:
    """The name's words without digits around them, split where the script or the case changes."""
    found = [*WORD.findall(name), *WORD.findall(CAMEL.sub(" ", name))]
    return {word.strip(DIGITS) for word in found} | set(found)


def is_staff_like(name: str) -> bool:
    """Whether readers could take its bearer for one of those who run the site."""
    name = normalise(name)
    whole = skeleton(name.strip(DIGITS))
    if whole in RESERVED_SKELETONS or whole.startswith(GLUED_SKELETONS):
        return True
    if whole.endswith(GLUED_SKELETONS) or STAFF_ZH.search(SEPARATORS.sub("", simplified(name))):
        return True
    return any(skeleton(word) in STAFF_SKELETONS for word in words(name))


def width(name: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in name)
