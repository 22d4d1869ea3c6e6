"""Cats outdoors, in flat colours with a dark line around."""

from exchange.config.drawings.canvas import jpeg, svg
from exchange.config.drawings.ink import written
from exchange.config.drawings.shapes import LINE, ORANGE, PEN, SNOUT, WHITE, head, line, shape


def calico() -> bytes:
    """A calico at a back door, with the roster of who has fed her; square."""
    body = _back_door() + _roster() + _loaf() + _bowl()
    return jpeg(svg(1200, 1200, body, paper="#bd6f56", scale=0.7))


def _back_door() -> str:
    bricks = "".join(f"M0 {y}H1200" for y in range(0, 960, 80))
    bricks += "".join(
        f"M{x + 80 * (row % 2)} {80 * row}v80" for row in range(12) for x in range(40, 1200, 160)
    )
    return (
        f'<path d="{bricks}" stroke="#a85c46" stroke-width="7"/>'
        f"{shape('M60 60H500V960H60Z', '#3f7f6c')}"
        '<path d="M120 130H440V470H120ZM120 560H440V900H120Z" fill="none" stroke="#2f6655" '
        'stroke-width="12"/><circle cx="456" cy="520" r="24" fill="#e7c25a"/>'
        '<rect y="960" width="1200" height="240" fill="#a7a39b"/>'
        '<path d="M0 960H1200" stroke="#7e7a72" stroke-width="14"/>'
    )


def _roster() -> str:
    return (
        f"{shape('M770 130H1090V540H770Z', '#b98a56')}{shape('M794 168H1066V516H794Z', '#fdfbf4', 5)}"
        f"{shape('M880 108H980V160H880Z', '#9aa1a6', 6)}"
        + "".join(
            f'<path d="M820 {y}h130" stroke="#b9b4a6" stroke-width="8"/>'
            f'<rect x="980" y="{y - 24}" width="50" height="48" rx="6" fill="none" '
            'stroke="#8b867a" stroke-width="6"/>'
            f'<path d="M988 {y}l16 16l32 -40" fill="none" stroke="#d5473a" stroke-width="10"/>'
            for y in (320, 400, 480)
        )
        + written("猫", 812, 186, 96, hand=PEN, ink="#39506b", seed=4)
        + written("x 3", 922, 196, 88, hand=PEN, ink="#39506b", seed=4)
    )


def _loaf() -> str:
    black, orange = "#4b423e", "#e8913c"
    body_path = (
        "M300 980C250 780 380 640 600 640C840 640 960 780 920 980C914 1030 880 1050 820 1050H400"
        "C340 1050 308 1030 300 980Z"
    )
    return (
        '<ellipse cx="610" cy="1052" rx="370" ry="40" fill="#2a1d17" opacity=".35"/>'
        f"{
            shape(
                'M860 1000C990 1010 1030 950 1020 890C1016 860 976 862 976 892C976 930 950 944 '
                '860 940Z',
                black,
            )
        }"
        f'<clipPath id="coat"><path d="{body_path}"/></clipPath>'
        f"{shape(body_path, WHITE.coat, 0)}"
        '<g clip-path="url(#coat)">'
        f'<path d="M760 620C700 720 760 820 860 830C960 836 1000 760 980 660Z" fill="{orange}"/>'
        f'<path d="M820 1060C800 960 860 900 960 900V1070Z" fill="{black}"/>'
        f'<path d="M250 900C330 880 390 930 380 1060H250Z" fill="{orange}"/></g>'
        f"{line(body_path, 10)}"
        f"{head(580, 640, 1.9, WHITE, 'content', patches=(orange, black))}"
        f"{
            line(
                'M500 1048C494 1010 510 990 540 990C570 990 586 1010 580 1048M640 1048'
                'C634 1010 650 990 680 990C710 990 726 1010 720 1048',
                9,
            )
        }"
    )


def _bowl() -> str:
    return (
        f"{shape('M90 1010H330L300 1110H120Z', '#4f8fa0')}"
        '<ellipse cx="210" cy="1010" rx="120" ry="26" fill="#33251f"/>'
        '<ellipse cx="210" cy="1006" rx="100" ry="18" fill="#b97c3a"/>'
        '<path d="M160 1000h.1M200 996h.1M240 1002h.1M220 1010h.1M180 1010h.1" '
        'stroke="#8a5426" stroke-width="18"/>'
        f"{written('FISH', 146, 1030, 76, hand=PEN, ink='#fff', seed=3)}"
    )


ARM_LEFT = "M170 620C100 520 70 420 84 330C92 290 140 286 150 330C160 420 200 500 260 560Z"
ARM_RIGHT = "M550 620C620 520 650 420 636 330C628 290 580 286 570 330C560 420 520 500 460 560Z"


def long_cat() -> bytes:
    """An orange cat held up by nobody, beside a rule in inches and centimetres; tall."""
    body = _rule() + _stretched()
    return jpeg(svg(960, 2200, body, paper="#cfe6f2", scale=0.7))


def _rule() -> str:
    """Thirty units to a centimetre."""
    marks = ""
    for at in range(1, 63):
        y = 2060 - at * 30
        marks += (
            f'<path d="M700 {y}h{60 if at % 10 == 0 else 30}" stroke="{LINE}" stroke-width="5"/>'
        )
        if at % 10 == 0:
            marks += written(str(at), 770, y - 30, 60, hand=PEN, ink=LINE, seed=at)
    for at in range(1, 25):
        y = round(2060 - at * 76.2)
        marks += (
            f'<path d="M960 {y}h-{60 if at % 6 == 0 else 30}" stroke="#b5402f" stroke-width="5"/>'
        )
        if at % 6 == 0:
            marks += written(
                str(at), 860 - 24 * (at > 9), y - 30, 60, hand=PEN, ink="#b5402f", seed=at
            )
    return (
        '<rect y="2060" width="960" height="140" fill="#8fb59c"/>'
        f'<path d="M0 2060H960" stroke="{LINE}" stroke-width="10"/>'
        '<rect x="700" width="260" height="2060" fill="#f5d98b"/>'
        f'<path d="M700 0V2060" stroke="{LINE}" stroke-width="8"/>{marks}'
        f"{written('cm', 716, 20, 84, hand=PEN, ink=LINE, seed=2)}"
        f"{written('in', 880, 20, 84, hand=PEN, ink='#b5402f', seed=2)}"
    )


def _stretched() -> str:
    bands = "".join(
        f'<path d="M200 {y}q60 34 110 8M520 {y + 30}q-60 34 -110 8" fill="none" '
        f'stroke="{ORANGE.stripes}" stroke-width="20"/>'
        for y in range(900, 1640, 150)
    )
    return (
        '<ellipse cx="360" cy="2066" rx="260" ry="26" fill="#24423a" opacity=".3"/>'
        f"{
            shape(
                'M500 1850C600 1850 640 1780 620 1700C610 1664 572 1674 578 1710C586 1760 550 '
                '1790 500 1780Z',
                ORANGE.coat,
            )
        }"
        # Arms up, the long body, legs.
        f"{shape(ARM_LEFT, ORANGE.coat)}"
        f"{shape(ARM_RIGHT, ORANGE.coat)}"
        f"{
            shape(
                'M190 560C180 900 200 1300 190 1700C186 1800 170 1880 176 2000'
                'C150 2010 140 2056 176 2060H300C330 2060 330 2030 322 2000C326 1940 330 1900 360 1900'
                'C390 1900 394 1940 398 2000C390 2030 390 2060 420 2060H544C580 2056 570 2010 544 2000'
                'C550 1880 534 1800 530 1700C520 1300 540 900 530 560Z',
                ORANGE.coat,
            )
        }"
        f"{
            shape(
                'M270 640C250 1000 270 1400 280 1700C300 1800 420 1800 440 1700C450 1400 470 1000 '
                '450 640Z',
                SNOUT,
                0,
            )
        }{bands}"
        f"{
            line(
                'M210 2056v-22M250 2056v-22M470 2056v-22M510 2056v-22M106 320v30M130 320v30'
                'M590 320v30M614 320v30',
                6,
            )
        }"
        f"{head(360, 490, 1.9, ORANGE, 'wide')}"
    )
