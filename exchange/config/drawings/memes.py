"""Jokes: a toll booth for cats, stickers, a moving paw and a beginner's panda."""

import math

from exchange.config.drawings.canvas import gif, jpeg, png, svg
from exchange.config.drawings.ink import Hand, lettered, written
from exchange.config.drawings.shapes import LINE, ORANGE, SNOUT, WHITE, Fur, head, line, shape

GREY = Fur("#a3abb3", "#eab6b4", "#c9902e", stripes="#7c858e")
BLACK = Fur("#5b565c", "#d99a9a", "#e0b63a")
SHADOW = '<ellipse cx="{}" cy="{}" rx="{}" ry="{}" fill="#2a1d17" opacity=".22"/>'


def cat_tax() -> bytes:
    """A customs officer with whiskers, captions in both languages; landscape, a PNG."""
    stripes = "".join(
        f'<path d="M{x} 836h60l-26 46h-60z" fill="#f0c850"/>' for x in range(-20, 1400, 120)
    )
    cap = (
        f"{shape('M440 322C430 250 520 214 640 214C760 214 850 250 840 322Q640 270 440 322Z', '#2f4a73')}"
        f"{shape('M440 322Q640 262 840 322Q850 350 820 352Q640 300 460 352Q430 350 440 322Z', '#1e3050')}"
        f"{shape('M640 226l12 24l26 4l-19 18l5 26l-24 -12l-24 12l5 -26l-19 -18l26 -4z', '#f0c850', 5)}"
    )
    window = (
        f"{shape('M250 160H1030V830H250Z', '#5a7f92', 12)}"
        '<path d="M250 160H1030V830H250Z" fill="#20394a" opacity=".35"/>'
        '<path d="M300 830L560 160H640L380 830Z" fill="#fff" opacity=".08"/>'
    )
    form = (
        f"{shape('M880 690L1060 676L1076 800L892 812Z', '#fdfbf4', 6)}"
        f"{written('TAX', 900, 690, 66, hand=Hand(0.006, 1, 0.02, 0.01, 0.09), ink='#39506b')}"
        '<path d="M910 780l130 -10" stroke="#b9b4a6" stroke-width="7"/>'
        # A paw print as a stamp.
        '<g fill="#d5473a" opacity=".85" transform="translate(-36 34) rotate(-14 1040 720)">'
        '<ellipse cx="1040" cy="742" rx="24" ry="19"/><circle cx="1010" cy="718" r="10"/>'
        '<circle cx="1030" cy="704" r="10"/><circle cx="1052" cy="704" r="10"/>'
        '<circle cx="1070" cy="719" r="10"/></g>'
    )
    officer = (
        f"{shape('M420 824C400 700 480 620 640 620C800 620 880 700 860 824Z', '#2f4a73')}"
        f"{shape('M590 628L640 700L690 628L720 650L640 760L560 650Z', '#fff', 7)}"
        f"{shape('M640 694L662 720L650 800H630L618 720Z', '#d5473a', 6)}"
        f"{head(640, 480, 2.05, ORANGE, 'bored')}{cap}"
        f"{shape('M360 800C340 760 380 736 430 740H470C510 744 516 800 480 806H390Z', ORANGE.coat)}"
        f"{line('M400 802v-22M430 804v-22', 6)}"
    )
    body = (
        '<rect y="800" width="1280" height="220" fill="#26406a"/>'
        f"{window}{officer}"
        f"{shape('M-20 800H1300V832H-20Z', '#c99a6a', 8)}{form}"
        f"{stripes}"
        f"{lettered('NO CAT, NO CHAT', 640, 22, 132, ink='#fff', edge=LINE, width=0.11)}"
        f"{lettered('先交猫税，再聊天！', 655, 893, 118, ink='#fff', edge='#14253f', width=0.075)}"
    )
    return png(svg(1280, 1020, body, paper="#cfe0dc", scale=0.75))


STICKERS = {
    "morning": ("早！", "MORNING", "asleep", GREY, "#ffe2a8"),
    "ok": ("好！", "OK!", "content", ORANGE, "#bfe3d3"),
    "nope": ("不！", "NOPE", "bored", BLACK, "#f6c6bf"),
    "paid": ("交了！", "PAID!", "content", GREY, "#e7dcf3"),
    "off-work": ("下班！", "I'M OUT", "tight", WHITE, "#c9d6f2"),
}


ARMS = {
    "ok": ("M450 640C540 640 600 596 610 530C614 494 572 486 558 514C546 546 500 580 450 580Z",),
    "nope": ("M480 690C580 700 640 640 640 560C640 520 590 520 590 556C590 610 550 630 500 620Z",),
    "off-work": (
        "M260 640C180 600 122 530 116 450C116 416 164 414 170 446C180 500 230 540 300 570Z",
        "M460 640C540 600 598 530 604 450C604 416 556 414 550 446C540 500 490 540 420 570Z",
    ),
}


def sticker(name: str) -> bytes:
    """A reaction picture, square, a PNG."""
    han, latin, mood, fur, paper = STICKERS[name]
    rays = ""
    if name == "off-work":
        rays = "".join(
            f"M{360 + 300 * math.cos(a):.0f} {440 + 300 * math.sin(a):.0f}"
            f"L{360 + 560 * math.cos(a):.0f} {440 + 560 * math.sin(a):.0f}"
            for a in (math.tau * at / 20 for at in range(20))
        )
    arms = "".join(shape(arm, fur.coat, 9) for arm in ARMS.get(name, ()))
    cup = (
        shape("M300 552H420L408 656H312Z", "#fff", 8) + line("M420 576C466 570 462 630 414 626", 8)
        if name == "morning"
        else ""
    )
    body = (
        f'<path d="{rays}" stroke="#fff" stroke-width="26" opacity=".7"/>'
        f"{arms}{shape('M190 740C180 620 250 540 360 540C470 540 540 620 530 740Z', fur.coat, 9)}"
        f"{head(360, 416, 1.75, fur, mood, tilt={'morning': -6, 'ok': 5}.get(name, 0))}{cup}"
        f"{lettered(han, 380, 12, 160, ink='#fff', edge=LINE, width=0.1)}"
        f"{lettered(latin, 360, 622, 98, ink=LINE, edge='#fff', width=0.115)}"
    )
    return png(svg(720, 720, body, paper=paper, scale=0.75))


FRAMES = 12


def waving() -> bytes:
    """An orange cat that waves its paw, twelve frames, a GIF."""
    return gif([_wave(math.tau * at / FRAMES) for at in range(FRAMES)], milliseconds=80)


def _wave(turn: float) -> str:
    swing = 24 * math.sin(turn)
    blink = "content" if math.cos(turn) > 0.8 else "open"
    tail = 26 * math.sin(turn + 1)
    body = (
        SHADOW.format(240, 446, 150, 14)
        + shape(
            f"M330 430C400 430 {430 + tail:.1f} 380 {420 + tail:.1f} 320C{414 + tail:.1f} 296 "
            f"{384 + tail:.1f} 300 {386 + tail:.1f} 324C{388 + tail * 0.6:.1f} 360 370 390 320 390Z",
            ORANGE.coat,
            7,
        )
        + f'<g transform="rotate({swing:.2f} 170 350)">'
        + shape(
            "M170 400C90 310 52 260 56 206C60 170 106 168 108 204C110 250 150 290 220 316L200 390Z",
            ORANGE.coat,
            7,
        )
        + line("M72 196v20M90 196v20", 4)
        + "</g>"
        + shape("M130 446C110 330 150 270 240 270C330 270 370 330 350 446Z", ORANGE.coat, 7)
        + shape("M200 300C190 380 200 440 240 440C280 440 290 400 280 300Z", SNOUT, 0)
        + line("M206 444v-34M274 444v-34", 6)
        + head(246, 226, 1.1, ORANGE, blink, tilt=3 * math.sin(turn))
        + lettered("你好！", 254, 2, 72, ink="#fff", edge=LINE, width=0.1)
        + lettered("HI!", 412, 150 + 4 * math.sin(2 * turn), 74, ink="#d5473a", edge="#fff")
    )
    return svg(480, 480, body, paper="#bfe0ea", scale=0.8)


def panda() -> bytes:
    """The first panda of somebody's life, in pencil and in a proud frame; landscape."""
    pencil = Hand(0.02, 4, 0.06, 0.02, 0.04, 0.4, 0.02)
    hatch = "".join(
        f"M{x} {y}l{dx} {dy}"
        for left, top, wide, tall in (
            (404, 300, 92, 76),
            (704, 296, 96, 70),
            (520, 430, 60, 74),
            (640, 424, 62, 70),
            (380, 650, 100, 150),
            (726, 640, 110, 150),
        )
        for x, y, dx, dy in (
            (left + step * wide / 9, top + (step % 3) * 4, -16 + step % 4, tall - (step % 4) * 6)
            for step in range(10)
        )
    )
    drawing = (
        f'<path d="{hatch}" stroke="#55555c" stroke-width="9" opacity=".75"/>'
        '<path d="M420 470C400 380 500 320 604 326C730 322 800 400 786 490C780 590 700 640 606 640'
        'C500 644 424 580 420 470ZM426 474C410 372 506 314 612 320" fill="none" stroke="#44444c" '
        'stroke-width="6"/>'
        '<path d="M430 410C380 400 370 320 420 300C460 286 500 310 506 346M704 340C710 300 760 280 '
        "800 304C836 340 820 400 776 420M470 624C380 680 360 800 420 846C520 876 700 880 800 840"
        'C850 790 830 680 744 620" fill="none" stroke="#44444c" stroke-width="6"/>'
        '<circle cx="552" cy="466" r="11" fill="#fff"/><circle cx="668" cy="452" r="16" '
        'fill="#fff"/><path d="M552 468h.1M670 456h.1" stroke="#33333a" stroke-width="13"/>'
        '<path d="M586 530Q606 520 630 532Q612 556 586 530ZM608 548V570M608 570Q580 596 556 574'
        'M608 570Q640 592 656 566" fill="none" stroke="#44444c" stroke-width="6"/>'
        '<path d="M860 850C880 720 880 640 900 520M884 700l60 -40M890 620l-54 -44M900 560l50 -50" '
        'fill="none" stroke="#5f9a58" stroke-width="9"/>'
        f"{written('panda', 410, 884, 86, hand=pencil, ink='#44444c', seed=6)}"
        f"{written('by Tom', 640, 884, 86, hand=pencil, ink='#44444c', seed=8)}"
    )
    nail = '<circle cx="600" cy="36" r="12" fill="#6b6259"/>'
    body = (
        '<path d="M600 36L300 130M600 36L900 130" stroke="#6b6259" stroke-width="6"/>'
        f"{nail}"
        '<rect x="152" y="132" width="916" height="916" rx="6" fill="#000" opacity=".2"/>'
        f"{shape('M140 120H1060V1040H140Z', '#d8a63c', 8)}"
        '<path d="M166 146H1034V1014H166Z" fill="none" stroke="#f2cf7a" stroke-width="12"/>'
        f"{shape('M216 196H984V964H216Z', '#fffdf6', 6)}"
        f'<g transform="translate(12 -18) scale(.96)">{drawing}</g>'
        f"{shape('M470 1060H730V1120H470Z', '#c9973a', 6)}"
        f"{written('666', 556, 1062, 60, hand=Hand(0.004, 0, 0, 0, 0.1, 0, 0.06), ink=LINE)}"
    )
    return jpeg(svg(1200, 1160, body, paper="#b5534a", scale=0.7))
