"""Which case a moderator looks at first.

score = 10 x severity of the rule x what its reporters count together + reach of the post

Pure, so that the desk can say why a case stands where it does.
"""

from math import log2

# A member's report counts 2: enough for any to be looked at before what nobody reported.
NEWCOMER, MEMBER, PROVEN, DOUBTFUL = 1, 2, 4, 0
# So many reports were decided before anybody's judgement is known.
ENOUGH_REPORTS = 5
# Of those at least so many led to something, or as good as none did.
OFTEN_RIGHT, SELDOM_RIGHT = 2 / 3, 1 / 5
# A crowd that was called together weighs no more than this.
MOST_WEIGHT = 12
# Readers of a thread of a thousand replies, about.
MOST_REACH = 30
ON_FRONT_PAGE = 10
# What waits is shown to nobody: its author waits, but no harm is done. A newcomer's plain text, which
# everybody sees, and nobody reported, comes last.
HELD, REVIEW = 15, 1


def weight(*, newcomer: bool, heeded: int, decided: int) -> int:
    """What one person's report counts: of `decided` ones so far `heeded` led to something."""
    if decided >= ENOUGH_REPORTS:
        right = heeded / decided
        if right >= OFTEN_RIGHT:
            return PROVEN
        if right <= SELDOM_RIGHT:
            return DOUBTFUL
    return NEWCOMER if newcomer else MEMBER


def reach(*, replies: int, pinned: bool) -> int:
    """How many will see it, about: readers are not counted here, replies tell of them."""
    return min(MOST_REACH, round(3 * log2(1 + replies))) + (ON_FRONT_PAGE if pinned else 0)


def score(*, severity: int, weights: int, reach: int, base: int = 0) -> int:
    return base + 10 * severity * min(weights, MOST_WEIGHT) + reach
