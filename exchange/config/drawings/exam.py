"""An exam sheet of two pages with a layer of text, as a PDF.

English is set in the fonts that every reader has. Chinese is a picture of its line, for not every
reader has a Chinese font, with the characters lying under it unseen, so that they can be found and
copied. A machine without a Chinese font leaves those lines out.
"""

from io import BytesIO
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw

from exchange.languages.fonts import font_of, font_path

WIDTH, HEIGHT, LEFT = 595, 842, 96
FINE = 4  # dots of a Chinese line to a point
LARGE, LOOSE = 1.12, 1.5  # how much letters and spaces are grown to fill the pages


class Line(NamedTuple):
    text: str
    size: float = 11
    font: str = "Body"
    indent: float = 0
    after: float = 6


def q(text: str) -> Line:
    return Line(text, font="Bold", after=4)


def han(text: str, size: float = 10.5, after: float = 7, indent: float = 14) -> Line:
    return Line(text, size, "Han", indent, after)


def choices(text: str) -> Line:
    return Line(text, indent=14, after=15)


GAP = Line("", 34, after=0)
FIRST = (
    Line("Friendship Exam, Paper One", 21, "Bold", 60, 8),
    han("友谊杯试卷（一）", 17, 12, 118),
    Line("Time: 20 minutes.   Full marks: 100.   Snacks are allowed.", 10, "Body", 54, 4),
    han("时间20分钟，满分100分，可以吃零食。", 9.5, 20, 84),
    Line("Part A   Mathematics", 13, "Bold", 0, 4),
    han("第一部分　数学（每题10分，不许用计算器）", 11, 12, 0),
    q("1.  A train leaves Beijing at 300 km/h. How fast is that in miles per hour?"),
    han("一列火车以300千米的时速离开北京，合每小时多少英里？（1英里按1.6千米算）"),
    choices("A. 187.5      B. 200      C. 480      D. It depends on the dining car"),
    q("2.  Chickens and rabbits share a cage: 12 heads, 34 feet. How many rabbits?"),
    han("笼子里有鸡和兔，共12个头，34只脚。兔子有几只？"),
    choices("A. 4      B. 5      C. 7      D. Ask them to stand up"),
    q("3.  Dinner costs $40. Add a tip of 20 percent. How much do you pay, and why?"),
    han("一顿饭40美元，再加20%的小费。一共付多少？为什么要付？（后一问占8分）"),
    GAP,
    q("4.  The figure shows y = x(x - 2). Where is its lowest point?"),
    han("右图是 y = x(x - 2) 的图象，它的最低点在哪里？"),
)
SECOND = (
    Line("Part B   Language", 13, "Bold", 0, 4),
    han("第二部分　语言（每题10分，凭语感也算）", 11, 12, 0),
    q("5.  Choose the best word: I am so hungry that I could eat a ____."),
    han("选词填空。选完请说说为什么不是别的。"),
    choices("A. horse      B. cow      C. menu      D. whole exam"),
    q("6.  Put this saying into English. You may not use a cow."),
    han("把“对牛弹琴”译成英语，译文里不许出现牛。"),
    GAP,
    q('7.  True or false: "How are you?" asks for an honest answer.'),
    han("判断对错：“吃了吗”就是要请你吃饭。"),
    choices("A. True      B. False      C. I have accepted two dinners that way"),
    q("8.  Which of these is a whole sentence in a message from your mother?"),
    han("妈妈发来的消息里，哪一个已经是完整的一句话？"),
    choices("A. ?      B. OK      C. 666      D. All of them"),
    Line("Part C   Writing", 13, "Bold", 0, 4),
    han("第三部分　书面表达（20分，写够一个词就给10分）", 11, 12, 0),
    q("Suppose you are Li Hua's foreign friend. Li Hua wrote for thirty years."),
    Line("Write back.", font="Bold", after=4),
    han("假定你是李华的外国朋友，李华给你写了三十年的信，请回一封。"),
    Line("Dear Li Hua,", 12, "Italic", 4, 8),
)


def exam_sheet() -> bytes:
    pdf = pikepdf.new()
    for number, lines in enumerate((FIRST, SECOND), 1):
        _page(pdf, lines, number)
    out = BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _page(pdf: Any, lines: tuple[Line, ...], number: int) -> None:
    pictures: dict[str, Any] = {}
    y, drawn = HEIGHT - 70.0, [_margin()]
    for line in map(_grown, lines):
        y -= line.size
        if line.font == "Han":
            drawn += _chinese(pdf, line, y, pictures)
        else:
            drawn.append(_text(line.text, LEFT + line.indent, y, line.font, line.size))
        y -= line.after
    drawn += [_graph(400, y - 96)] if number == 1 else [_ruled(y)]
    drawn.append(_text(f"Page {number} of 2", 300, 34, "Body", 9))
    page = pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
    page.Contents = pdf.make_stream("\n".join(drawn).encode("latin-1"))
    page.Resources = Dictionary(Font=_fonts(), XObject=Dictionary(pictures))


def _grown(line: Line) -> Line:
    return line._replace(
        size=line.size * LARGE, indent=line.indent * LARGE, after=line.after * LOOSE
    )


def _text(text: str, x: float, y: float, font: str, size: float) -> str:
    said = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /{font} {size} Tf {x:.1f} {y:.1f} Td ({said}) Tj ET"


def _chinese(pdf: Any, line: Line, y: float, pictures: dict[str, Any]) -> list[str]:
    font = _font(round(line.size * FINE))
    if font is None:
        return []
    wide, tall = round(font.getlength(line.text)) + FINE, round(line.size * FINE * 1.3)
    image = Image.new("L", (wide, tall), 255)
    ImageDraw.Draw(image).text((0, line.size * FINE), line.text, font=font, fill=30, anchor="ls")
    stream = pdf.make_stream(image.tobytes())
    stream.Type, stream.Subtype = Name.XObject, Name.Image
    stream.Width, stream.Height = image.size
    stream.ColorSpace, stream.BitsPerComponent = Name.DeviceGray, 8
    name = f"/Line{len(pictures)}"
    pictures[name] = stream
    x, low = LEFT + line.indent, y - line.size * 0.3
    unseen = line.text.encode("utf-16-be").hex()
    return [
        f"BT 3 Tr /Han {line.size:.1f} Tf {x:.1f} {y:.1f} Td <{unseen}> Tj 0 Tr ET",
        f"q {wide / FINE:.2f} 0 0 {tall / FINE:.2f} {x:.1f} {low:.1f} cm {name} Do Q",
    ]


def _font(size: int) -> Any:
    """The regular cut where there is one: an exam is not set in bold."""
    path = font_path()
    if path is None:
        return None
    regular = path.with_name(path.name.replace("Bold", "Regular"))
    font = font_of(size)
    return font.font_variant(font=str(regular)) if regular.exists() else font


def _fonts() -> Any:
    latin = {
        name: Dictionary(
            Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(base), Encoding=Name.WinAnsiEncoding
        )
        for name, base in (
            ("/Body", "/Helvetica"),
            ("/Bold", "/Helvetica-Bold"),
            ("/Italic", "/Times-Italic"),
        )
    }
    # A font that is named only: its characters are found, never drawn.
    character = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType0,
        BaseFont=Name("/STSong-Light"),
        CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="GB1", Supplement=4),
        FontDescriptor=Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name("/STSong-Light"),
            Flags=6,
            FontBBox=Array([-25, -254, 1000, 880]),
            ItalicAngle=0,
            Ascent=880,
            Descent=-120,
            CapHeight=880,
            StemV=93,
        ),
    )
    han = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name("/STSong-Light-UniGB-UCS2-H"),
        Encoding=Name("/UniGB-UCS2-H"),
        DescendantFonts=Array([character]),
    )
    return Dictionary({**latin, "/Han": han})


def _margin() -> str:
    """What stays blank at the left edge: the line along which Chinese papers are sealed."""
    asked = " ".join(
        f"BT /Body 9 Tf 0 1 -1 0 40 {y} Tm ({text}) Tj ET"
        for y, text in ((150, "Name: ______________________"), (420, "Country: ________________"))
    )
    return f"q 0.6 w [4 4] 0 d 62 40 m 62 802 l S Q {asked}"


def _graph(x: float, y: float) -> str:
    """Axes and the curve, 26 points to one unit."""
    unit = 26
    curve = []
    for at in range(-7, 28):
        a = at / 10
        curve.append(f"{x + a * unit:.1f} {y + a * (a - 2) * unit:.1f}")
    drawn = f"q 1.4 w {curve[0]} m " + " ".join(f"{point} l" for point in curve[1:]) + " S Q"
    axes = (
        f"q 0.8 w {x - 50} {y} m {x + 100} {y} l S {x} {y - 44} m {x} {y + 66} l S "
        f"{x + 95} {y + 3} m {x + 101} {y} l {x + 95} {y - 3} l S "
        f"{x - 3} {y + 61} m {x} {y + 67} l {x + 3} {y + 61} l S Q"
    )
    names = (
        *((x + 92, y - 14, "x"), (x - 12, y + 58, "y")),
        *((x - 11, y - 12, "O"), (x + 2 * unit + 4, y - 12, "2")),
    )
    return " ".join([axes, drawn, *(_text(said, a, b, "Italic", 11) for a, b, said in names)])


def _ruled(y: float) -> str:
    lines = " ".join(
        f"{LEFT} {at:.1f} m {WIDTH - 60} {at:.1f} l S" for at in (y - 24 * n for n in range(1, 8))
    )
    return f"q 0.5 w 0.6 G {lines} Q"
