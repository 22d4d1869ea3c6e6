"""Letters written by hand: strokes with a pen's pressure, a wobbling line and a hand's tremble."""

import math
import random
from itertools import pairwise
from typing import NamedTuple

from exchange.config.drawings.strokes import HAN, LATIN

Point = tuple[float, float]


class Hand(NamedTuple):
    """Lengths are in parts of a letter's size (1 is the square of a Chinese character)."""

    tremble: float = 0.0  # how far a stroke's points miss their place
    tilt: float = 0.0  # how many degrees a letter leans, either way
    uneven: float = 0.0  # how much letters differ in size
    wobble: float = 0.0  # how far the line of letters leaves the ruled one
    width: float = 0.05  # of the pen
    pressure: float = 0.0  # how much that width changes within a stroke
    gap: float = 0.0  # between letters


NEAT = Hand()


def written(
    text: str, x: float, y: float, size: float, *, hand: Hand, ink: str, seed: int = 1
) -> str:
    """One line of writing as SVG paths; `x`, `y` is its upper left corner."""
    chance = random.Random(seed)  # noqa: S311 — a tremble, no secret
    drift, at, paths = 0.0, x, []
    for letter in text:
        drift = 0.7 * drift + chance.uniform(-1, 1) * hand.wobble * size
        grown = size * (1 + chance.uniform(-1, 1) * hand.uneven)
        lean = math.radians(chance.uniform(-1, 1) * hand.tilt)
        for stroke in strokes(letter):
            missed = [_missed(_turned(p, lean), hand.tremble, chance) for p in stroke.points]
            line = bent(missed) if stroke.bends else _cut(missed)
            placed = [(at + px * grown, y + drift + py * grown) for px, py in line]
            paths.append(_pen(placed, hand, size, ink, chance))
        at += (breadth(letter) + hand.gap) * grown
    return "".join(paths)


def length(text: str, size: float, *, hand: Hand = NEAT) -> float:
    """How wide a line gets, without the hand's unevenness."""
    return sum((breadth(letter) + hand.gap) * size for letter in text)


def lettered(
    text: str, middle: float, y: float, size: float, *, ink: str, edge: str, width: float = 0.12
) -> str:
    """A line of thick letters with an edge, as on a meme, around `middle`."""
    x = middle - length(text, size, hand=NEAT._replace(gap=0.06)) / 2
    return "".join(
        written(
            text, x, y, size, ink=colour, seed=3, hand=Hand(0.006, 1.5, 0.03, 0.01, wide, 0, 0.06)
        )
        for colour, wide in ((edge, width * 1.9), (ink, width))
    )


def breadth(letter: str) -> float:
    if letter in HAN:
        return 0.62 if letter in "，。！" else 1.04
    return int(LATIN[letter].partition("|")[0]) / 100


class Stroke(NamedTuple):
    points: list[Point]  # in parts of the letter's square
    bends: bool


def strokes(letter: str) -> list[Stroke]:
    """In the order in which they are written."""
    found = HAN[letter] if letter in HAN else LATIN[letter].partition("|")[2]
    return [Stroke(_points(stroke.lstrip("~")), stroke[0] == "~") for stroke in found.split()]


def _points(stroke: str) -> list[Point]:
    return [(int(at[:2]) / 100, int(at[2:]) / 100) for at in stroke.split("-")]


def bent(points: list[Point], steps: int = 7) -> list[Point]:
    """A smooth line through the points (Catmull and Rom's)."""
    ends = [points[0], *points, points[-1]]
    closed = points[0] == points[-1]
    if closed:
        ends[0], ends[-1] = points[-2], points[1]
    line = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        for step in range(steps):
            t = step / steps
            line.append((_spline(a[0], b[0], c[0], d[0], t), _spline(a[1], b[1], c[1], d[1], t)))
    return [*line, points[-1]]


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
    )


def _cut(points: list[Point]) -> list[Point]:
    """A point in the middle of each straight piece, so that it can tremble too."""
    line = [points[0]]
    for a, b in pairwise(points):
        line += [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2), b]
    return line


def _turned(point: Point, angle: float) -> Point:
    x, y = point[0] - 0.5, point[1] - 0.5
    return (
        0.5 + x * math.cos(angle) - y * math.sin(angle),
        0.5 + x * math.sin(angle) + y * math.cos(angle),
    )


def _missed(point: Point, tremble: float, chance: random.Random) -> Point:
    return point[0] + chance.gauss(0, tremble), point[1] + chance.gauss(0, tremble)


def _pen(points: list[Point], hand: Hand, size: float, ink: str, chance: random.Random) -> str:
    width = hand.width * size * (1 + chance.uniform(-0.5, 0.5) * hand.pressure)
    if math.dist(points[0], points[-1]) < size * 0.05 and len(points) < 4:
        width *= 1.5  # a dot
    elif hand.pressure:
        return _pressed(points, hand.pressure, width, ink)
    return f'<path d="{_d(points)}" fill="none" stroke="{ink}" stroke-width="{width:.1f}"/>'


def _pressed(points: list[Point], pressure: float, width: float, ink: str) -> str:
    """The outline of a stroke that is pressed at the start and lifted at the end."""
    left, right = [], []
    last = len(points) - 1
    for number, (x, y) in enumerate(points):
        (ax, ay), (bx, by) = points[max(number - 1, 0)], points[min(number + 1, last)]
        far = math.hypot(bx - ax, by - ay) or 1
        half = width / 2 * (1 + pressure * (0.45 - 0.9 * number / last))
        dx, dy = -(by - ay) / far * half, (bx - ax) / far * half
        left.append((x + dx, y + dy))
        right.append((x - dx, y - dy))
    outline = _d([*left, *reversed(right)])
    return f'<path d="{outline}z" fill="{ink}" stroke="{ink}" stroke-width="{width * 0.35:.1f}"/>'


def _d(points: list[Point]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
