"""What can be looked for. Each answer is None for yes, or the reason in the reader's language."""

from typing import Any

import re2
from django.utils.translation import gettext_lazy as _

from . import watching
from .folding import folded, is_han
from .watching import DOMAIN, PATTERN, Entry, Filters

Refusal = Any  # a lazily translated reason; None means yes

TOO_SHORT = _("One letter alone stands in almost every text. Please write more of the word.")
NOTHING = _("There is no letter or digit in it to look for.")
MATCHES_NOTHING = _(
    "This pattern is there even where nothing is written, so it would stop every post."
)
MATCHES_ALL = _(
    "This would be found in almost every ordinary sentence, so it would stop every post."
)
NO_DOMAIN = _("Please write a whole domain with its ending, such as example.com.")
OWN_DOMAIN = _("This is this site's own address.")
# Below these everybody can have a name: looking for one of them would be looking for all.
SHARED_ENDINGS = frozenset(
    "com.cn net.cn org.cn gov.cn edu.cn ac.cn com.hk com.tw co.uk org.uk com.au co.jp".split()
)

# What RE2 says of a pattern that it cannot read, by how that begins.
UNREADABLE = {
    "missing )": _("A bracket ( is not closed."),
    "unexpected )": _("A bracket ) has no beginning."),
    "missing ]": _("A bracket [ is not closed."),
    "no argument for repetition": _("A sign that repeats, such as * or +, has nothing before it."),
    "bad repetition operator": _("Two signs that repeat stand one behind the other."),
    "invalid repetition size": _("A repetition is too large: up to 1000 times are possible."),
    "invalid perl operator": _(
        "Looking ahead or behind, and flags such as (?x), are not possible: they can take for ever."
    ),
    "invalid escape sequence": _(
        "A backslash stands before something that it does not change; \\1 and the like are not possible."
    ),
    "trailing \\": _("A backslash stands at the end, before nothing."),
    "invalid character class": _(
        "A range such as a-z has its ends the wrong way round, or is unknown."
    ),
    "invalid named capture group": _("A named group is not written as (?P<name>...)."),
    "pattern too large": _("This pattern is too large. Please make it shorter, or two of it."),
}
CANNOT_BE_READ = _("This pattern cannot be read.")
# Each letter of a text can cost one look at each: a long post then takes a tenth of a second.
MOST_STEPS = 500
TOO_LARGE = _("This pattern is too large: repetitions inside repetitions multiply.")

# Ordinary sentences of each language, each to be ended by what it ends with. What is found in half of
# either is found everywhere.
ENDS = {"en": ".", "zh": "。"}
ORDINARY = {
    "en": (
        "I pay about a third of what I earn for a small flat near the river",
        "Thank you! My cat says hello from Ohio",
        "How much is a visit to the dentist in your city",
        "We had noodles for lunch, 12 yuan each",
        "Does anybody know a good book for learning characters",
        "Yes, exactly. That was 2019, I think",
        "School starts at seven, and homework takes until ten",
        "Nice photo; where was it taken",
    ),
    "zh": (
        "我在成都租房，一个月两千八，押一付三",
        "谢谢你！我家猫也说你好",
        "你们那里看一次牙医要多少钱",
        "今天中午吃面，一碗12块",
        "有没有人知道学英语的好书",
        "对，就是这样，大概是2019年",
        "早上七点上课，作业写到晚上十点",
        "照片真好看，是在哪儿拍的",
    ),
}


def can_watch(sort: str, text: str, *, own_host: str = "") -> Refusal:
    """Look for it at all."""
    if sort == PATTERN:
        return _can_run(text) or _is_everywhere(sort, text)
    if sort == DOMAIN:
        return _can_be_site(text, own_host)
    tight = folded(text).tight
    if not tight:
        return NOTHING
    if len(tight) == 1 and not is_han(tight):
        return TOO_SHORT
    return _is_everywhere(sort, text)


def _can_run(pattern: str) -> Refusal:
    try:
        compiled = watching.compiled(pattern)
    except (re2.error, UnicodeError) as error:
        said = error.args[0] if isinstance(error, re2.error) else ""
        said = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        found = (reason for start, reason in UNREADABLE.items() if said.startswith(start))
        return next(found, CANNOT_BE_READ)
    if compiled.programsize > MOST_STEPS:
        return TOO_LARGE
    return MATCHES_NOTHING if compiled.search("") else None


def _can_be_site(text: str, own_host: str) -> Refusal:
    found = watching.domain(text)
    if not found or found in SHARED_ENDINGS:
        return NO_DOMAIN
    own = watching.domain(own_host) if own_host else ""
    return OWN_DOMAIN if own and (own == found or own.endswith(f".{found}")) else None


def _is_everywhere(sort: str, text: str) -> Refusal:
    filters = Filters([Entry(1, sort, "hold", text)])
    for language, sentences in ORDINARY.items():
        caught = sum(bool(filters.hits(said + ENDS[language])) for said in sentences)
        if 2 * caught >= len(sentences):
            return MATCHES_ALL
    return None
