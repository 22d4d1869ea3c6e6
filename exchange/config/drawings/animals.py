"""Pets, in flat colours with a dark line around."""

from exchange.config.drawings.canvas import jpeg, svg
from exchange.config.drawings.ink import Hand, lettered, written
from exchange.config.drawings.shapes import LINE, Fur, head, line, shape

PEN = Hand(0.006, 1, 0.03, 0.01, 0.07)
WHITE = Fur("#fffaf2", "#f3b6ad", "#4f8f86")
ORANGE = Fur("#f0963c", "#f7c3a8", "#5b7d3a", stripes="#c96a1c")
SNOUT = "#fff3df"


def nuomi() -> bytes:
    """A white cat asleep on a keyboard, with what it wrote on the screen; landscape."""
    keys = ""
    for row in range(4):
        for column in range(15 - row % 2):
            x, y = 232 + column * 77 + row % 2 * 36, 872 + row * 66
            keys += f'<rect x="{x}" y="{y}" width="66" height="54" rx="10" fill="#fbfaf6"/>'
    words = written("Dear boss, the report is", 452, 168, 62, hand=PEN, ink="#39506b", seed=2)
    for number, many in enumerate((19, 20, 12)):
        words += written("g" * many, 452, 258 + 76 * number, 64, hand=PEN, ink="#39506b", seed=7)
    body = (
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
        # A mug.
        f"{shape('M1390 640V800Q1390 830 1420 830H1500Q1530 830 1530 800V640Z', '#d5574a')}"
        f"{line('M1530 680C1590 670 1590 780 1530 770', 12)}"
        '<ellipse cx="1460" cy="642" rx="70" ry="16" fill="#5a3a28"/>'
        '<path d="M1430 600C1410 570 1450 560 1430 520M1480 606C1460 570 1500 560 1480 516" '
        'fill="none" stroke="#fff" stroke-width="8" opacity=".7"/>'
        '<rect x="196" y="846" width="1208" height="296" rx="30" fill="#8d969c"/>'
        f"{keys}"
        # The cat: body, tail over the edge, paw on the g.
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
    return jpeg(svg(1600, 1200, body, paper="#b9d0d1"))


def biscuit() -> bytes:
    """A dog that barks at a microwave; portrait."""
    coat, dark, belly = "#d9a05b", "#b97c3a", "#fbead0"
    tiles = "".join(f"M0 {y}H1200" for y in range(120, 1080, 160))
    tiles += "".join(
        f"M{x + 100 * (row % 2)} {120 + 160 * row - 160}v160"
        for row in range(7)
        for x in range(0, 1200, 200)
    )
    oven = (
        '<rect x="560" y="470" width="640" height="40" fill="#8a5a3a"/>'
        '<rect x="600" y="510" width="600" height="30" fill="#6f452b"/>'
        f"{shape('M640 150H1160V470H640Z', '#eceae4')}"
        f"{shape('M672 186H990V434H672Z', '#ffd98a')}"
        '<ellipse cx="830" cy="400" rx="110" ry="18" fill="#e2a84a"/>'
        f"{shape('M770 330H890L872 392H788Z', '#6aa0a8')}"
        '<path d="M800 310c-14 -20 14 -26 0 -48M850 310c-14 -20 14 -26 0 -48" fill="none" '
        'stroke="#fff" stroke-width="8"/>'
        '<rect x="1022" y="190" width="110" height="54" rx="8" fill="#24302c"/>'
        f"{line('M1064 210h.1M1064 226h.1', 8, '#7dff9d')}{written('0 00', 1036, 196, 42, hand=PEN, ink='#7dff9d', seed=3)}"
        + "".join(
            f'<circle cx="{1044 + 34 * (at % 3)}" cy="{290 + 42 * (at // 3)}" r="11" '
            'fill="#b7b3a8"/>'
            for at in range(9)
        )
    )
    dog = (
        '<ellipse cx="500" cy="1392" rx="330" ry="40" fill="#3a2a20" opacity=".25"/>'
        # Tail, body, legs.
        f"{
            shape(
                'M690 1260C800 1250 860 1170 850 1080C846 1046 806 1046 800 1080'
                'C790 1150 740 1180 680 1190Z',
                coat,
            )
        }"
        f"{line('M890 1060q24 30 20 70M924 1040q34 40 26 100', 7, '#7d5a35')}"
        f"{
            shape(
                'M392 880C300 1040 220 1250 250 1360Q256 1390 300 1390H700'
                'Q760 1390 764 1330C770 1180 690 1040 588 880Z',
                coat,
            )
        }"
        f"{shape('M420 960C400 1080 420 1180 490 1200C560 1180 590 1080 566 960Z', belly, 0)}"
        f"{
            shape(
                'M352 1090C340 1200 352 1290 346 1340C300 1346 290 1394 330 1396H440'
                'C462 1396 462 1370 456 1340C462 1240 470 1180 470 1120',
                coat,
            )
        }"
        f"{
            shape(
                'M626 1090C640 1200 628 1290 634 1340C680 1346 690 1394 650 1396H540'
                'C518 1396 518 1370 524 1340C518 1240 510 1180 510 1120',
                coat,
            )
        }"
        f"{line('M384 1394v-22M414 1394v-22M570 1394v-22M600 1394v-22', 6)}"
        # Collar with a tag like a biscuit.
        f"{shape('M370 906Q490 990 610 906L634 958Q490 1056 346 958Z', '#3f7f8c')}"
        f"{shape('M458 1004a34 34 0 1 0 66 0a34 34 0 1 0 -66 0', '#f2cf7a')}"
        '<path d="M478 996h.1M502 996h.1M490 1014h.1" stroke="#a8742c" stroke-width="9"/>'
        f'<g transform="rotate(9 490 700)">{_dog_head(coat, dark, belly)}</g>'
    )
    words = lettered("DING!", 900, 20, 112, ink="#d5473a", edge="#fff")
    words += lettered("WOOF?", 216, 330, 124, ink="#fff", edge=LINE)
    body = (
        f'<path d="{tiles}" stroke="#cfe3da" stroke-width="6"/>'
        '<rect y="1080" width="1200" height="420" fill="#d9b68c"/>'
        '<path d="M0 1080H1200" stroke="#a9835a" stroke-width="14"/>'
        '<path d="M0 1230H1200M0 1400H1200M300 1080L240 1230M800 1080L860 1230M120 1230L40 1400'
        'M980 1230L1060 1400" stroke="#c9a375" stroke-width="6"/>'
        f"{oven}{dog}{words}"
    )
    return jpeg(svg(1200, 1500, body, paper="#e6f1ea"))


def _dog_head(coat: str, dark: str, belly: str) -> str:
    return (
        f"{
            shape(
                'M490 540C620 540 690 620 690 730C690 860 600 930 490 930C380 930 290 860 290 '
                '730C290 620 360 540 490 540Z',
                coat,
            )
        }"
        f"{
            shape(
                'M490 560C520 640 520 690 560 730C610 780 600 900 490 904C380 900 370 780 420 '
                '730C460 690 460 640 490 560Z',
                belly,
                0,
            )
        }"
        # The mouth is open.
        f"{shape('M430 830Q490 816 550 830C556 890 524 916 490 916C456 916 424 890 430 830Z', '#6b2a2a')}"
        f"{shape('M456 884C470 862 510 862 524 884C516 910 464 910 456 884Z', '#e98b86', 0)}"
        f"{line('M490 780V814M490 814C466 850 420 846 408 820M490 814C514 850 560 846 572 820', 9)}"
        f"{shape('M446 752C446 728 534 728 534 752C534 784 506 796 490 796C474 796 446 784 446 752Z', '#33251f')}"
        '<ellipse cx="474" cy="752" rx="14" ry="6" fill="#fff" opacity=".55"/>'
        '<circle cx="398" cy="694" r="25" fill="#33251f"/><circle cx="582" cy="694" r="25" '
        'fill="#33251f"/><circle cx="408" cy="684" r="9" fill="#fff"/><circle cx="592" cy="684" '
        'r="9" fill="#fff"/>'
        f"{
            shape(
                'M404 566C330 540 262 590 236 680C214 760 214 840 250 858C300 872 336 800 348 730'
                'C356 680 376 620 404 566Z',
                dark,
            )
        }"
        f"{
            shape(
                'M576 566C650 540 718 590 744 680C766 760 766 840 730 858C680 872 644 800 632 730'
                'C624 680 604 620 576 566Z',
                dark,
            )
        }"
        f"{line('M386 650Q404 634 424 642M594 650Q576 634 556 642', 9)}"
    )


def calico() -> bytes:
    """A calico at a back door, with the roster of who has fed her; square."""
    bricks = "".join(f"M0 {y}H1200" for y in range(0, 960, 80))
    bricks += "".join(
        f"M{x + 80 * (row % 2)} {80 * row}v80" for row in range(12) for x in range(40, 1200, 160)
    )
    black, orange = "#4b423e", "#e8913c"
    body_path = (
        "M300 980C250 780 380 640 600 640C840 640 960 780 920 980C914 1030 880 1050 820 1050H400"
        "C340 1050 308 1030 300 980Z"
    )
    roster = (
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
    cat = (
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
    bowl = (
        f"{shape('M90 1010H330L300 1110H120Z', '#4f8fa0')}"
        '<ellipse cx="210" cy="1010" rx="120" ry="26" fill="#33251f"/>'
        '<ellipse cx="210" cy="1006" rx="100" ry="18" fill="#b97c3a"/>'
        '<path d="M160 1000h.1M200 996h.1M240 1002h.1M220 1010h.1M180 1010h.1" '
        'stroke="#8a5426" stroke-width="18"/>'
        f"{written('FISH', 146, 1030, 76, hand=PEN, ink='#fff', seed=3)}"
    )
    body = (
        f'<path d="{bricks}" stroke="#a85c46" stroke-width="7"/>'
        f"{shape('M60 60H500V960H60Z', '#3f7f6c')}"
        '<path d="M120 130H440V470H120ZM120 560H440V900H120Z" fill="none" stroke="#2f6655" '
        'stroke-width="12"/><circle cx="456" cy="520" r="24" fill="#e7c25a"/>'
        '<rect y="960" width="1200" height="240" fill="#a7a39b"/>'
        '<path d="M0 960H1200" stroke="#7e7a72" stroke-width="14"/>'
        f"{roster}{cat}{bowl}"
    )
    return jpeg(svg(1200, 1200, body, paper="#bd6f56"))


def long_cat() -> bytes:
    """An orange cat held up by nobody, beside a rule in inches and centimetres; tall."""
    marks = ""
    for at in range(1, 63):
        y = 2060 - at * 30
        marks += (
            f'<path d="M700 {y}h{60 if at % 10 == 0 else 30}" stroke="{LINE}" stroke-width="5"/>'
        )
        if at % 10 == 0:
            marks += written(str(at), 770, y - 30, 60, hand=PEN, ink=LINE, seed=at)
    for at in range(1, 25):
        y = 2060 - at * 76.2
        marks += (
            f'<path d="M960 {y}h-{60 if at % 6 == 0 else 30}" stroke="#b5402f" stroke-width="5"/>'
        )
        if at % 6 == 0:
            marks += written(
                str(at), 860 - 24 * (at > 9), y - 30, 60, hand=PEN, ink="#b5402f", seed=at
            )
    bands = "".join(
        f'<path d="M200 {y}q60 34 110 8M520 {y + 30}q-60 34 -110 8" fill="none" '
        f'stroke="{ORANGE.stripes}" stroke-width="20"/>'
        for y in range(900, 1640, 150)
    )
    body = (
        '<rect y="2060" width="960" height="140" fill="#8fb59c"/>'
        f'<path d="M0 2060H960" stroke="{LINE}" stroke-width="10"/>'
        '<rect x="700" width="260" height="2060" fill="#f5d98b"/>'
        f'<path d="M700 0V2060" stroke="{LINE}" stroke-width="8"/>{marks}'
        f"{written('cm', 716, 20, 84, hand=PEN, ink=LINE, seed=2)}"
        f"{written('in', 880, 20, 84, hand=PEN, ink='#b5402f', seed=2)}"
        '<ellipse cx="360" cy="2066" rx="260" ry="26" fill="#24423a" opacity=".3"/>'
        f"{
            shape(
                'M500 1850C600 1850 640 1780 620 1700C610 1664 572 1674 578 1710C586 1760 550 '
                '1790 500 1780Z',
                ORANGE.coat,
            )
        }"
        # Arms up, the long body, legs.
        f"{shape('M170 620C100 520 70 420 84 330C92 290 140 286 150 330C160 420 200 500 260 560Z', ORANGE.coat)}"
        f"{shape('M550 620C620 520 650 420 636 330C628 290 580 286 570 330C560 420 520 500 460 560Z', ORANGE.coat)}"
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
    return jpeg(svg(960, 2200, body, paper="#cfe6f2"))
