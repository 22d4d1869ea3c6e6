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
LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
ALLOWED = re.compile(f"[{HAN}{LATIN}0-9]([{HAN}{LATIN}0-9_.·-]*[{HAN}{LATIN}0-9])?")
SEPARATORS = re.compile(r"[_.·\-\s]+")
LOOKALIKES = str.maketrans({"0": "o", "1": "l", "i": "l", "ı": "l", "ł": "l", "ø": "o", "đ": "d"})

# Whole words only: "badminton" holds "admin" and is a fine name.
STAFF_WORDS = {
    *("admin", "admins", "administrator", "mod", "mods", "moderator", "staff", "root", "system"),
    *("official", "support", "webmaster", "owner", "exchange", "jiaoliu", "sysadmin", "postmaster"),
    *("anonymous", "nobody", "everyone", "deleted", "formermember", "security", "abuse", "noreply"),
}
STAFF_WORDS_ZH = re.compile("管理|版主|官方|客服|站长|系统|交流站|工作人员|匿名|已注销")
# What people put around a staff word: "the_admin", "admin2025", "RealModerator".
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def normalise(raw: str) -> str:
    """NFKC without surrounding white space: `ａｄａ` and `ada` are one name."""
    return unicodedata.normalize("NFKC", raw).strip()


@cache
def _simplified() -> OpenCC:
    return OpenCC("t2s")


def skeleton(name: str) -> str:
    """One string for all names that look alike: `Lin`, `l1n`, `Lín` and `lin` give `lln`."""
    folded = unicodedata.normalize("NFD", _simplified().convert(normalise(name)).casefold())
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    plain = SEPARATORS.sub("", plain).translate(LOOKALIKES)
    return plain.replace("rn", "m").replace("vv", "w").replace("cl", "d")


STAFF_SKELETONS = {skeleton(word) for word in STAFF_WORDS}


def is_staff_like(name: str) -> bool:
    if STAFF_WORDS_ZH.search(_simplified().convert(normalise(name))):
        return True
    parts = [p for whole in SEPARATORS.split(name) for p in CAMEL.split(whole)]
    tried = {name, *parts} | {part.strip("0123456789") for part in [name, *parts]}
    return any(skeleton(part) in STAFF_SKELETONS for part in tried if part)


def width(name: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in name)
