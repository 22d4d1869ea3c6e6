"""Two pages of handwriting."""

import random

from exchange.config.drawings.canvas import jpeg, svg
from exchange.config.drawings.ink import Hand, written

CLUMSY = Hand(0.023, 6, 0.11, 0.025, 0.05, 0.6, 0.02)
TIRED = CLUMSY._replace(tremble=0.028, tilt=8, uneven=0.13)
# The round hand that Chinese schools drill for exams, which looks printed.
DRILLED = Hand(0.006, 0.6, 0.012, 0.004, 0.052, 0.25, 0.028)


GREETING = (
    "太家好！",
    "我叫山姆，是美国人。",
    "我学中文一个月了。",
    "我没有猫，我有加里。",
    "他四寸高，不吃肉，",
    "也不出门。",
    "你们好吗？",
)


def greeting() -> bytes:
    """A beginner's page in Chinese, with one dot too many in its first word; portrait, a JPEG."""
    width, height = 1200, 1600
    rules = "".join(
        f'<path d="M0 {y}H{width}" stroke="#a9c6d8" stroke-width="3"/>'
        for y in range(250, height, 164)
    )
    margin = f'<path d="M120 0V{height}" stroke="#e39a93" stroke-width="4"/>'
    holes = "".join(
        f'<circle cx="56" cy="{y}" r="24" fill="#6b5646"/>'
        f'<path d="M36 {y - 14}a24 24 0 0 1 40 0" fill="none" stroke="#4a3a2e" stroke-width="5"/>'
        for y in (180, 800, 1420)
    )
    inks = ("#27408f", "#27408f", "#2b4796", "#22387f", "#22387f", "#5a2f6f", "#27408f")
    words = ""
    for number, (line, ink) in enumerate(zip(GREETING, inks, strict=True)):
        hand = TIRED if number > 3 else CLUMSY
        words += written(line, 150, 128 + 164 * number, 106, hand=hand, ink=ink, seed=20 + number)
    paper = f"{_grain(width, height, '#d8cdb8')}{rules}{margin}{holes}{words}{_gary(930, 1265)}"
    page = (
        f'<g transform="rotate(-1.2 600 800) translate(24 20) scale(.962)">{_sheet(width, height)}'
    )
    return jpeg(svg(width, height, f"{page}{paper}</g>", paper="#6b5646", scale=0.72))


def _sheet(width: int, height: int) -> str:
    return (
        f'<rect x="10" y="14" width="{width}" height="{height}" fill="#000" opacity=".25"/>'
        f'<rect width="{width}" height="{height}" fill="#fbf6ea"/>'
    )


def _grain(width: int, height: int, colour: str) -> str:
    chance = random.Random(4)  # noqa: S311 — flecks, no secret
    flecks = "".join(
        f"M{chance.randrange(width)} {chance.randrange(height)}h{chance.randrange(3, 14)}"
        for _ in range(220)
    )
    return f'<path d="{flecks}" stroke="{colour}" stroke-width="1.5" opacity=".5"/>'


# Where each begins, and how far it goes sideways.
SPINES = (
    *((-34, -60, -8), (-8, -110, 6), (-40, -130, -8), (-18, -30, 7)),
    *((8, -70, 7), (-30, -160, 0), (56, -96, 8), (-84, -70, -8)),
)


def _gary(x: int, y: int) -> str:
    """A cactus in a pot that leans to the left, in the same pen."""
    pen = 'fill="none" stroke="#3b7a4a" stroke-width="6"'
    spines = "".join(f"M{sx} {sy}l{dx} -9" for sx, sy, dx in SPINES)
    return (
        f'<g transform="translate({x} {y}) scale(1.15)">'
        f'<path d="M26 0C30 -60 18 -150 -22 -178C-62 -176 -60 -80 -44 0" {pen}/>'
        f'<path d="M20 -62C44 -60 58 -76 54 -108M24 -40C66 -40 80 -66 72 -106'
        f"C70 -118 56 -118 54 -108M-54 -50C-76 -48 -88 -62 -86 -84M-50 -26C-96 -24 -108 -52"
        f' -102 -84C-100 -94 -88 -94 -86 -84" {pen}/>'
        f'<path d="{spines}" stroke="#3b7a4a" stroke-width="4"/>'
        '<path d="M-26 -112v5M-2 -106v5M-26 -92Q-16 -82 -6 -88" fill="none" stroke="#27408f" '
        'stroke-width="6"/>'
        '<path d="M-66 2L58 -2L44 88L-50 92ZM-58 26L50 22" fill="none" stroke="#b4552d" '
        'stroke-width="6"/>'
        '<path d="M98 -170V86M84 -170H112M84 86H112" stroke="#27408f" stroke-width="4"/>'
        f"{written('4 in', 116, -80, 62, hand=CLUMSY, ink='#27408f', seed=9)}</g>"
    )


LETTER = (
    "Dear Sam,",
    "How is everything going? I'm Li Hua. I'm",
    "writing to thank you for the picture of Gary.",
    "My grandma has put it on the wall, between",
    "the calendar and my uncle.",
    "She asks if he eats enough. I told her that",
    "he drinks once a month. She is worried, and",
    "wants to send him soup.",
    "Looking forward to your early reply.",
)
SIGNED = ("Yours,", "Li Hua")
INDENTED = (1, 5, 8)


def letter() -> bytes:
    """An English letter as exams ask for it, in a drilled hand; landscape, a JPEG."""
    width, height = 1600, 1290
    frame = (
        f'<rect x="90" y="96" width="{width - 180}" height="{height - 190}" fill="none" '
        'stroke="#c25a4a" stroke-width="4"/>'
    )
    rules = "".join(
        f'<path d="M118 {y}H{width - 118}" stroke="#d99a8c" stroke-width="2.5"/>'
        for y in range(201, 1140, 92)
    )
    words = ""
    for number, line in enumerate(LETTER):
        x = 140 + 56 * (number in INDENTED)
        words += written(
            line, x, 142 + 92 * number, 81, hand=DRILLED, ink="#1d1f26", seed=50 + number
        )
    for number, line in enumerate(SIGNED):
        words += written(line, 1190, 970 + 92 * number, 81, hand=DRILLED, ink="#1d1f26", seed=70)
    mark = written("24 / 25", 1270, 20, 88, hand=CLUMSY, ink="#cf2f27", seed=5)
    mark += (
        '<path d="M1256 118C1330 96 1440 104 1496 92" fill="none" stroke="#cf2f27" '
        'stroke-width="6"/>'
    )
    body = f"{_grain(width, height, '#d9d4c8')}{frame}{rules}{words}{mark}"
    return jpeg(svg(width, height, body, paper="#fdfcf7", scale=0.72))
