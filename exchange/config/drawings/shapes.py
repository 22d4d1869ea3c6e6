"""What every drawn animal is made of: outlines, and a cat's head."""

from typing import NamedTuple

from exchange.config.drawings.ink import Hand

LINE = "#3b2a20"
HEAD = (
    "M-78 -52L-72 -112Q-66 -128 -52 -116L-20 -88Q0 -92 20 -88L52 -116Q66 -128 72 -112L78 -52"
    "C108 -14 104 40 66 64C38 82 -38 82 -66 64C-104 40 -108 -14 -78 -52Z"
)
EYES = {
    "content": "M-52 -2Q-37 -20 -22 -2M22 -2Q37 -20 52 -2",
    "asleep": "M-52 -4Q-37 12 -22 -4M22 -4Q37 12 52 -4",
    "tight": "M-52 -16L-26 -4L-52 8M52 -16L26 -4L52 8",
}


class Fur(NamedTuple):
    coat: str
    ear: str
    iris: str
    stripes: str = ""


WHITE = Fur("#fffaf2", "#f3b6ad", "#4f8f86")
ORANGE = Fur("#f0963c", "#f7c3a8", "#5b7d3a", stripes="#c96a1c")
SNOUT = "#fff3df"
PEN = Hand(0.006, 1, 0.03, 0.01, 0.07)


def shape(d: str, fill: str, width: float = 10) -> str:
    edge = f' stroke="{LINE}" stroke-width="{width}"' if width else ""
    return f'<path d="{d}" fill="{fill}"{edge}/>'


def line(d: str, width: float, colour: str = LINE) -> str:
    return f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width}"/>'


def head(
    x: float,
    y: float,
    scale: float,
    fur: Fur,
    mood: str,
    *,
    tilt: float = 0,
    ear_tip: str = "",
    patches: tuple[str, str] | None = None,
) -> str:
    """A cat's head, 200 wide before scaling. `mood` is one of EYES, "open", "wide" or "bored"."""
    name = f"head{x:.0f}-{y:.0f}"
    marks = ""
    if ear_tip:
        marks += f'<path d="M30 -140H90V-90L38 -106Z" fill="{ear_tip}"/>'
    if patches:
        marks += f'<path d="M-120 -140H-10C-8 -70 -20 -20 -70 10L-120 20Z" fill="{patches[1]}"/>'
        marks += f'<path d="M14 -140H120V10C70 4 30 -30 14 -140Z" fill="{patches[0]}"/>'
    if fur.stripes:
        marks += (
            f'<path d="M0 -92V-58M-22 -88V-64M22 -88V-64M-104 14H-78M-102 34H-80M104 14H78'
            f'M102 34H80" stroke="{fur.stripes}" stroke-width="9"/>'
        )
        marks += f'<ellipse cx="0" cy="44" rx="44" ry="32" fill="{SNOUT}"/>'
    return (
        f'<g transform="translate({x} {y}) rotate({tilt}) scale({scale})">'
        f'<clipPath id="{name}"><path d="{HEAD}"/></clipPath>'
        f'<path d="{HEAD}" fill="{fur.coat}"/><g clip-path="url(#{name})">{marks}</g>'
        f'<path d="M-64 -68L-62 -100L-38 -82ZM64 -68L62 -100L38 -82Z" fill="{fur.ear}"/>'
        f'<path d="{HEAD}" fill="none" stroke="{LINE}" stroke-width="5.5"/>'
        f'<ellipse cx="-62" cy="24" rx="15" ry="9" fill="{fur.ear}" opacity=".75"/>'
        f'<ellipse cx="62" cy="24" rx="15" ry="9" fill="{fur.ear}" opacity=".75"/>'
        f"{_eyes(mood, fur)}{_mouth(mood)}"
        f"{line('M-70 34L-124 26M-70 44L-120 54M70 34L124 26M70 44L120 54', 3)}</g>"
    )


def _eyes(mood: str, fur: Fur) -> str:
    if mood in EYES:
        return line(EYES[mood], 6)
    high = {"wide": 23, "open": 17, "bored": 19}[mood]
    eyes = ""
    for x in (-37, 37):
        eyes += f'<ellipse cx="{x}" cy="-6" rx="18" ry="{high}" fill="#fdfbe8"/>'
        iris = fur.iris if mood != "open" else LINE
        eyes += f'<ellipse cx="{x}" cy="-4" rx="13" ry="{high - 5}" fill="{iris}"/>'
        wide = {"wide": 9, "open": 8, "bored": 5}[mood]
        eyes += f'<ellipse cx="{x}" cy="-4" rx="{wide}" ry="{high - 8}" fill="#241913"/>'
        eyes += f'<circle cx="{x + 5}" cy="-11" r="4.5" fill="#fff"/>'
        eyes += line(f"M{x - 18} -6a18 {high} 0 1 1 36 0a18 {high} 0 1 1 -36 0", 4.5)
        if mood == "bored":
            eyes += f'<path d="M{x - 21} -7V-30H{x + 21}V-7Z" fill="{fur.coat}"/>'
            eyes += line(f"M{x - 20} -8H{x + 20}", 5)
    return eyes


def _mouth(mood: str) -> str:
    nose = '<path d="M-10 16H10Q12 18 0 29Q-12 18 -10 16Z" fill="#d9776c"/>'
    if mood == "wide":
        return f'{nose}<ellipse cx="0" cy="48" rx="9" ry="10" fill="#6b2a2a"/>'
    if mood == "bored":
        return nose + line("M0 29V38M-16 46Q0 34 16 46", 4)
    if mood == "tight":
        return nose + shape("M-20 38H20C20 62 -20 62 -20 38Z", "#8a3330", 4)
    return nose + line("M0 29C0 46 -22 48 -26 36M0 29C0 46 22 48 26 36", 4)
