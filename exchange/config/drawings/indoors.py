"""Pets indoors, in flat colours with a dark line around."""

from exchange.config.drawings.canvas import jpeg, svg
from exchange.config.drawings.ink import lettered, written
from exchange.config.drawings.shapes import LINE, PEN, WHITE, head, line, shape


def nuomi() -> bytes:
    """A white cat asleep on a keyboard, with what it wrote on the screen; landscape."""
    body = _desk() + _keyboard() + _asleep()
    return jpeg(svg(1600, 1200, body, paper="#b9d0d1", scale=0.76))


def _keyboard() -> str:
    keys = '<rect x="196" y="846" width="1208" height="296" rx="30" fill="#8d969c"/>'
    for row in range(4):
        for column in range(15 - row % 2):
            x, y = 232 + column * 77 + row % 2 * 36, 872 + row * 66
            keys += f'<rect x="{x}" y="{y}" width="66" height="54" rx="10" fill="#fbfaf6"/>'
    return keys


def _desk() -> str:
    """A window, a screen full of g, a mug."""
    words = written("Dear boss, the report is", 452, 168, 62, hand=PEN, ink="#39506b", seed=2)
    for number, many in enumerate((19, 20, 12)):
        words += written("g" * many, 452, 258 + 76 * number, 64, hand=PEN, ink="#39506b", seed=7)
    return (
        '<rect y="800" width="1600" height="400" fill="#c98b56"/>'
        '<path d="M0 800H1600M0 1010H260M520 1150H1180M1340 960H1600" stroke="#b27643" '
        'stroke-width="6"/>'
        '<rect x="60" y="90" width="230" height="330" rx="10" fill="#fdf3d6"/>'
        '<path d="M60 255H290M175 90V420" stroke="#8fb0b5" stroke-width="12"/>'
        '<rect x="60" y="90" width="230" height="330" rx="10" fill="none" stroke="#8fb0b5" '
        'stroke-width="14"/>'
        # The screen.
        '<path d="M730 700h140l30 112h-200z" fill="#3e434b"/>'
        '<rect x="380" y="90" width="860" height="620" rx="26" fill="#3e434b"/>'
        '<rect x="410" y="120" width="800" height="556" rx="8" fill="#fdfbf4"/>'
        f"{words}"
        # The mug.
        f"{shape('M1390 640V800Q1390 830 1420 830H1500Q1530 830 1530 800V640Z', '#d5574a')}"
        f"{line('M1530 680C1590 670 1590 780 1530 770', 12)}"
        '<ellipse cx="1460" cy="642" rx="70" ry="16" fill="#5a3a28"/>'
        '<path d="M1430 600C1410 570 1450 560 1430 520M1480 606C1460 570 1500 560 1480 516" '
        'fill="none" stroke="#fff" stroke-width="8" opacity=".7"/>'
    )


def _asleep() -> str:
    """The cat: tail over the edge, body, head, paw on the g."""
    return (
        '<ellipse cx="850" cy="1010" rx="450" ry="46" fill="#3a2a20" opacity=".22"/>'
        f"{
            shape(
                'M1190 930C1330 930 1420 960 1420 1060C1420 1130 1350 1170 1290 1150'
                'C1250 1136 1262 1090 1300 1098C1340 1106 1356 1076 1340 1050'
                'C1316 1010 1260 1020 1190 1016Z',
                WHITE.coat,
            )
        }"
        f"{
            shape(
                'M470 900C440 700 640 610 860 590C1120 570 1290 700 1290 880C1290 990 1210 1020 '
                '1060 1020H600C520 1020 478 980 470 900Z',
                WHITE.coat,
            )
        }"
        f"{line('M990 930C990 860 1060 820 1140 850', 8)}"
        f"{shape('M960 1022C920 1022 920 970 964 966H1090C1130 966 1130 1022 1090 1022Z', WHITE.coat)}"
        f"{line('M964 1020C958 1004 964 994 976 990M1000 1020C994 1004 1000 994 1012 990', 6)}"
        f"{head(590, 800, 2.0, WHITE, 'asleep', tilt=-8, ear_tip='#8b9096')}"
        f"{
            shape(
                'M560 990C530 950 560 930 620 936C700 944 770 960 770 1000C770 1040 740 1046 '
                '700 1046H600C570 1046 566 1010 560 990Z',
                WHITE.coat,
            )
        }"
        f"{line('M716 1042C712 1020 724 1008 740 1006M670 1044C668 1020 680 1010 694 1008', 6)}"
        f"{written('z', 1270, 500, 90, hand=PEN, ink='#fff', seed=1)}"
        f"{written('z', 1340, 380, 120, hand=PEN, ink='#fff', seed=2)}"
    )


def biscuit() -> bytes:
    """A dog that barks at a microwave; portrait."""
    words = lettered("DING!", 900, 20, 112, ink="#d5473a", edge="#fff")
    words += lettered("WOOF?", 216, 330, 124, ink="#fff", edge=LINE)
    body = f"{_kitchen()}{_oven()}{_dog()}{words}"
    return jpeg(svg(1200, 1500, body, paper="#e6f1ea", scale=0.7))


COAT, DARK, BELLY = "#d9a05b", "#b97c3a", "#fbead0"


def _kitchen() -> str:
    tiles = "".join(f"M0 {y}H1200" for y in range(120, 1080, 160))
    tiles += "".join(
        f"M{x + 100 * (row % 2)} {120 + 160 * row - 160}v160"
        for row in range(7)
        for x in range(0, 1200, 200)
    )
    return (
        f'<path d="{tiles}" stroke="#cfe3da" stroke-width="6"/>'
        '<rect y="1080" width="1200" height="420" fill="#d9b68c"/>'
        '<path d="M0 1080H1200" stroke="#a9835a" stroke-width="14"/>'
        '<path d="M0 1230H1200M0 1400H1200M300 1080L240 1230M800 1080L860 1230M120 1230L40 1400'
        'M980 1230L1060 1400" stroke="#c9a375" stroke-width="6"/>'
    )


def _oven() -> str:
    return (
        '<rect x="560" y="470" width="640" height="40" fill="#8a5a3a"/>'
        '<rect x="600" y="510" width="600" height="30" fill="#6f452b"/>'
        f"{shape('M640 150H1160V470H640Z', '#eceae4')}"
        f"{shape('M672 186H990V434H672Z', '#ffd98a')}"
        '<ellipse cx="830" cy="400" rx="110" ry="18" fill="#e2a84a"/>'
        f"{shape('M770 330H890L872 392H788Z', '#6aa0a8')}"
        '<path d="M800 310c-14 -20 14 -26 0 -48M850 310c-14 -20 14 -26 0 -48" fill="none" '
        'stroke="#fff" stroke-width="8"/>'
        '<rect x="1022" y="190" width="110" height="54" rx="8" fill="#24302c"/>'
        f"{line('M1064 210h.1M1064 226h.1', 8, '#7dff9d')}"
        f"{written('0 00', 1036, 196, 42, hand=PEN, ink='#7dff9d', seed=3)}"
        + "".join(
            f'<circle cx="{1044 + 34 * (at % 3)}" cy="{290 + 42 * (at // 3)}" r="11" '
            'fill="#b7b3a8"/>'
            for at in range(9)
        )
    )


def _dog() -> str:
    return (
        '<ellipse cx="500" cy="1392" rx="330" ry="40" fill="#3a2a20" opacity=".25"/>'
        # Tail, body, legs.
        f"{
            shape(
                'M690 1260C800 1250 860 1170 850 1080C846 1046 806 1046 800 1080'
                'C790 1150 740 1180 680 1190Z',
                COAT,
            )
        }"
        f"{line('M890 1060q24 30 20 70M924 1040q34 40 26 100', 7, '#7d5a35')}"
        f"{
            shape(
                'M392 880C300 1040 220 1250 250 1360Q256 1390 300 1390H700'
                'Q760 1390 764 1330C770 1180 690 1040 588 880Z',
                COAT,
            )
        }"
        f"{shape('M420 960C400 1080 420 1180 490 1200C560 1180 590 1080 566 960Z', BELLY, 0)}"
        f"{
            shape(
                'M352 1090C340 1200 352 1290 346 1340C300 1346 290 1394 330 1396H440'
                'C462 1396 462 1370 456 1340C462 1240 470 1180 470 1120',
                COAT,
            )
        }"
        f"{
            shape(
                'M626 1090C640 1200 628 1290 634 1340C680 1346 690 1394 650 1396H540'
                'C518 1396 518 1370 524 1340C518 1240 510 1180 510 1120',
                COAT,
            )
        }"
        f"{line('M384 1394v-22M414 1394v-22M570 1394v-22M600 1394v-22', 6)}"
        # Collar with a tag like a biscuit.
        f"{shape('M370 906Q490 990 610 906L634 958Q490 1056 346 958Z', '#3f7f8c')}"
        f"{shape('M458 1004a34 34 0 1 0 66 0a34 34 0 1 0 -66 0', '#f2cf7a')}"
        '<path d="M478 996h.1M502 996h.1M490 1014h.1" stroke="#a8742c" stroke-width="9"/>'
        f'<g transform="rotate(9 490 700)">{_dog_head()}</g>'
    )


NOSE = "M446 752C446 728 534 728 534 752C534 784 506 796 490 796C474 796 446 784 446 752Z"
MOUTH = "M490 780V814M490 814C466 850 420 846 408 820M490 814C514 850 560 846 572 820"


def _dog_head() -> str:
    return (
        f"{
            shape(
                'M490 540C620 540 690 620 690 730C690 860 600 930 490 930C380 930 290 860 290 '
                '730C290 620 360 540 490 540Z',
                COAT,
            )
        }"
        f"{
            shape(
                'M490 560C520 640 520 690 560 730C610 780 600 900 490 904C380 900 370 780 420 '
                '730C460 690 460 640 490 560Z',
                BELLY,
                0,
            )
        }"
        # The mouth is open.
        f"{shape('M430 830Q490 816 550 830C556 890 524 916 490 916C456 916 424 890 430 830Z', '#6b2a2a')}"
        f"{shape('M456 884C470 862 510 862 524 884C516 910 464 910 456 884Z', '#e98b86', 0)}"
        f"{line(MOUTH, 9)}"
        f"{shape(NOSE, '#33251f')}"
        '<ellipse cx="474" cy="752" rx="14" ry="6" fill="#fff" opacity=".55"/>'
        '<circle cx="398" cy="694" r="25" fill="#33251f"/><circle cx="582" cy="694" r="25" '
        'fill="#33251f"/><circle cx="408" cy="684" r="9" fill="#fff"/><circle cx="592" cy="684" '
        'r="9" fill="#fff"/>'
        f"{
            shape(
                'M404 566C330 540 262 590 236 680C214 760 214 840 250 858C300 872 336 800 348 730'
                'C356 680 376 620 404 566Z',
                DARK,
            )
        }"
        f"{
            shape(
                'M576 566C650 540 718 590 744 680C766 760 766 840 730 858C680 872 644 800 632 730'
                'C624 680 604 620 576 566Z',
                DARK,
            )
        }"
        f"{line('M386 650Q404 634 424 642M594 650Q576 634 556 642', 9)}"
    )
