"""Charts: safe to stand in a page, the same numbers everywhere, and nothing weak passed off as strong."""

import random
import re
from datetime import date
from io import BytesIO
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from PIL import Image

from exchange.figures import charts, drawing, pictures
from exchange.figures.charts import Chart, Mark, Row
from exchange.figures.fitting import fitted, width
from exchange.figures.plot import CARD, NARROW, WIDE
from exchange.figures.statistics import Summary
from exchange.languages import fonts

SHAPES = pytest.mark.parametrize("shape", [NARROW, WIDE], ids=lambda shape: shape.name)
KINDS = pytest.mark.parametrize("kind", ["cities", "countries", "years", "hours"])
EVIL = "<script>alert(1)</script>\"'&"
SINCE, UNTIL = date(2024, 2, 1).toordinal(), date(2026, 3, 1).toordinal()
STRONG, WEAK = Mark(890, "Numbeo", 2025), Mark(610, "58.com", 2018, weak=True)


def summary(*points: float, outliers: tuple[float, ...] = ()) -> Summary:
    points = tuple(sorted(points))
    n, few = len(points), len(points) < 3
    q1, q3 = (points[n // 4], points[-1 - n // 4]) if n >= 5 else (None, None)
    low, high = (points[0], points[-1]) if points else (None, None)
    since, until = (SINCE, UNTIL) if points else (None, None)
    median = None if few else points[n // 2]
    return Summary(n, median, q1, q3, low, high, outliers, points, since, until, few)


MANY = summary(500, 595, 640, 681, 700, 897, 1010, outliers=(5200,))
TWO = summary(2291, 2740)


def chart(kind: str = "cities", *rows: Row, **fields: object) -> Chart:
    rows = rows or (
        Row("Shanghai", "en", "CN", MANY, (WEAK, STRONG), 2024),
        Row("Boston", "en", "US", TWO, (), 2025),
        Row("Columbus", "en", "US", summary(900, 1150, 1400), (), 2026),
    )
    made = Chart(kind, "Rent", "US dollars a month", rows, "money", "en", "USD")  # type: ignore[arg-type]  # a parameter
    return made._replace(**fields)  # type: ignore[arg-type]  # whatever the test is of


def parsed(markup: str) -> ElementTree.Element:
    return ElementTree.fromstring(markup)


def name(node: ElementTree.Element) -> str:
    return node.tag.rpartition("}")[2]


def drawn(markup: str, class_: str) -> list[ElementTree.Element]:
    return [node for node in parsed(markup).iter() if class_ in node.get("class", "").split()]


def words(markup: str) -> str:
    return "\n".join("".join(n.itertext()) for n in parsed(markup).iter() if name(n) == "text")


def dots(markup: str) -> int:
    return sum(node.get("d", "").count("h0") for node in drawn(markup, "chart-dots"))


# Safe to stand in a page


@KINDS
@SHAPES
def test_a_drawing_is_shapes_and_texts_alone(kind: str, shape: drawing.Shape) -> None:
    markup = drawing.svg(chart(kind, sample=True), shape)
    nodes = list(parsed(markup).iter())
    assert {name(n) for n in nodes} <= {
        *("svg", "title", "desc", "g", "path", "rect", "circle", "text", "tspan")
    }
    attributes = {key for node in nodes for key in node.attrib}
    assert not {key for key in attributes if key.startswith("on")}
    assert not attributes & {"style", "href", "id", "{http://www.w3.org/1999/xlink}href"}
    assert re.findall(r"https?://[^\"]*", markup) == ["http://www.w3.org/2000/svg"]
    assert "<!--" not in markup and "url(" not in markup


@KINDS
def test_what_people_typed_is_shown_and_never_read_as_markup(kind: str) -> None:
    mark = Mark(900, EVIL, 2025)
    rows = (Row(EVIL, "en", "US", MANY, (mark,), 2024), Row(EVIL, "zh-hans", "<b>", TWO, (), 2025))
    made = chart(kind, *rows, title=EVIL, axis=EVIL, basis=EVIL, sources=EVIL, note=EVIL)
    page = render_to_string("figures/_chart.html", {"figure": drawing.figure(made)})
    assert "<script" not in page and "<b>" not in page.replace("<b>&lt;script", "")
    assert parsed(drawing.svg(made)).findtext("{http://www.w3.org/2000/svg}title") == EVIL


def test_it_is_an_image_with_a_name_and_a_description() -> None:
    root = parsed(drawing.svg(chart()))
    assert (root.get("role"), root.get("lang")) == ("img", "en")
    assert [name(child) for child in root][:2] == ["title", "desc"]
    assert root[0].text == "Rent"
    assert root[1].text == charts.describe(chart())


# The same numbers


def test_drawing_description_and_table_say_the_same_numbers() -> None:
    made = chart()
    said, table = charts.describe(made), charts.rows(made)
    assert [line.label for line in table] == ["Shanghai", "Columbus", "Boston"]
    assert [line.median for line in table] == ["$681", "$1,150", "too few to compare"]
    assert said == (
        "US dollars a month, logarithmic scale. "
        "Shanghai: median $681, the middle half $595 to $897 (7 figures). "
        "Shanghai, public figures: $890 (Numbeo 2025); $610 (58.com 2018 · weak source). "
        "Columbus: median $1,150 (3 figures). "
        "Boston: too few to compare ($2,291; $2,740)."
    )
    assert table[0] == charts.Line(
        label="Shanghai",
        lang="en",
        country="China",
        n="7",
        median="$681",
        middle="$595 to $897",
        spread="$500 to $1,010",
        apart="$5,200",
        years="2024–2026",
        references="$890 (Numbeo 2025); $610 (58.com 2018 · weak source)",
    )
    assert table[2].spread == "$2,291; $2,740"
    for shape in (NARROW, WIDE):
        shown = words(drawing.svg(made, shape))
        for text in ("n = 7", "$681", "$1,150", "$890 · Numbeo 2025", "too few to compare"):
            assert text in shown, (shape.name, text)


def test_the_page_shows_basis_count_years_and_sources_beside_the_drawing() -> None:
    made = chart(basis="one bedroom", sources="Statistics bureau", note="Rents alone.")
    page = render_to_string("figures/_chart.html", {"figure": drawing.figure(made)})
    for text in (
        *("Basis: one bedroom", "Sources: Statistics bureau", "Rents alone.", "<td>$681</td>"),
        *("Members’ figures: n = 12, 2024–2026", "Hatched diamond: a weak source."),
    ):
        assert text in page
    assert (page.count("chart-narrow"), page.count("chart-wide")) == (1, 1)


@KINDS
def test_the_order_in_which_figures_come_changes_nothing(kind: str) -> None:
    made = chart(kind)
    shuffled = list(made.rows)
    for seed in range(4):
        random.Random(seed).shuffle(shuffled)
        rows = tuple(row._replace(references=row.references[::-1]) for row in shuffled)
        assert drawing.svg(made._replace(rows=rows)) == drawing.svg(made)
        assert charts.rows(made._replace(rows=rows)) == charts.rows(made)


def test_the_rows_with_the_most_figures_are_kept_and_the_caption_says_so() -> None:
    rows = [Row(f"City {n}", "en", "US", summary(*range(100, 103 + n)), (), 0) for n in range(15)]
    made = chart("cities", *rows)
    assert {line.label for line in charts.rows(made)} == {f"City {n}" for n in range(3, 15)}
    assert charts.caption(made).note == "Shown are the 12 with the most figures, of 15."


# What is drawn


def test_each_member_s_figure_is_a_dot_and_each_outlier_a_hollow_one() -> None:
    markup = drawing.svg(chart())
    assert dots(markup) == 7 + 2 + 3
    assert len(drawn(markup, "chart-out")) == 1
    assert len(drawn(markup, "chart-box")) == 1  # no quartiles under five
    assert len(drawn(markup, "chart-median")) == 2  # no median under three


def test_of_very_many_figures_evenly_many_are_drawn_the_ends_among_them() -> None:
    few, many = (
        drawing.svg(chart("cities", Row("A", "en", "US", summary(*range(100, 100 + n)))))
        for n in (120, 400)
    )
    assert dots(few) == dots(many) == 120
    ((first, *_, last),) = [
        re.findall(r"M([\d.]+)", d.get("d", "")) for d in drawn(many, "chart-dots")
    ]
    (line,) = drawn(many, "chart-range")
    assert re.fullmatch(rf"M{first} [\d.]+H{last}", line.get("d", ""))


@KINDS
def test_public_figures_are_diamonds_and_never_members_dots(kind: str) -> None:
    with_marks = drawing.svg(chart(kind))
    bare = chart(kind)._replace(rows=tuple(r._replace(references=()) for r in chart(kind).rows))
    assert dots(with_marks) == dots(drawing.svg(bare))
    keys = kind == "years"  # there each mark is explained once more
    assert len(drawn(with_marks, "chart-mark")) == len(drawn(with_marks, "chart-weak")) == 1 + keys
    assert not drawn(drawing.svg(bare), "chart-mark") + drawn(drawing.svg(bare), "chart-weak")
    assert "weak source" in words(with_marks)


@SHAPES
@pytest.mark.parametrize("value", [1, 40, 610, 5000])
def test_a_weak_source_is_called_one_however_long_its_name(
    shape: drawing.Shape, value: float
) -> None:
    mark = Mark(value, "The General Administration of Everything" * 2, 2018, weak=True)
    shown = words(drawing.svg(chart("cities", Row("A", "en", "CN", MANY, (mark,))), shape))
    assert re.search(r"… 2018 · weak source$", shown, re.MULTILINE)


@SHAPES
@KINDS
def test_every_mark_is_within_the_plot(kind: str, shape: drawing.Shape) -> None:
    markup = drawing.svg(chart(kind), shape)
    height = float(parsed(markup).get("viewBox", "").split()[3])
    for node in drawn(markup, "chart-dots") + drawn(markup, "chart-median"):
        for x, y in re.findall(r"M([-\d.]+) ([-\d.]+)", node.get("d", "")):
            assert -shape.width < float(x) < shape.width - shape.value
            assert -height < float(y) < height


def test_hours_are_bars_from_nothing() -> None:
    rows = [
        Row("Rent", "en", "US", summary(50, 60, 70)),
        Row("Coffee", "en", "US", summary(0.2, 0.25, 0.3)),
    ]
    made = chart("hours", *rows, measure="hours")
    rent, coffee = drawn(drawing.svg(made), "chart-bar")
    assert rent.get("x") == coffee.get("x") == "0.0"
    assert float(rent.get("width", "")) > 150 > 2 > float(coffee.get("width", ""))
    assert [line.median for line in charts.rows(made)] == ["60 h", "15 min"]


def test_years_are_lines_by_country_with_a_gap_for_too_few() -> None:
    rows = [
        Row(str(year), "en", country, MANY if year != 2024 else TWO, (), year)
        for country in ("CN", "US")
        for year in (2023, 2024, 2025)
    ]
    markup = drawing.svg(chart("years", *rows))
    lines = [node.get("d", "") for node in drawn(markup, "chart-line")]
    assert [line.count("L") for line in lines] == [1, 1]
    assert "China · n = 16" in words(markup)
    assert "China 2023: median $681" in charts.describe(chart("years", *rows))


def test_an_axis_has_steps_by_factors_only_where_amounts_lie_far_apart() -> None:
    near = chart("cities", Row("A", "en", "US", summary(900, 1000, 1100)))
    found = charts.scale(near, near.rows, 4)
    assert found and not found.log
    assert charts.axis(near) == "US dollars a month"
    far = chart("cities", Row("A", "en", "US", summary(90, 1000, 1100)))
    found = charts.scale(far, far.rows, 4)
    assert found and found.log
    assert charts.axis(far) == "US dollars a month, logarithmic scale"


@pytest.mark.parametrize("most", [4, 7])
@pytest.mark.parametrize("points", [(0.1, 0.2, 0.3), (5, 5, 5), (1, 9, 1e6), (3, 700, 2e9), (0, 0)])
def test_numbers_on_the_axis_are_few_and_between_its_ends(
    points: tuple[float, ...], most: int
) -> None:
    made = chart("cities", Row("A", "en", "US", summary(*points)))
    found = charts.scale(made, made.rows, most)
    assert found and 1 <= len(found.ticks) <= most
    assert all(found.low <= tick <= found.high for tick in found.ticks)
    assert found.low <= min(points) and max(points) <= found.high


def test_no_two_numbers_on_the_axis_are_written_alike() -> None:
    alone = chart("countries", Row("美国", "zh-hans", "US", summary(), (Mark(13_278, "Z", 2026),)))
    alone = alone._replace(language="zh-hans", currency="CNY")
    found = charts.scale(alone, charts.ordered(alone), 8)
    assert found
    written = [charts.tick(alone, value) for value in found.ticks]
    assert written and len(set(written)) == len(written)


def test_a_country_is_not_named_above_a_row_of_its_name() -> None:
    hours = chart("hours", Row("China", "en", "CN", MANY), Row("United States", "en", "US", MANY))
    assert words(drawing.svg(hours)).count("China") == 1


def test_sample_data_is_called_so_in_the_drawing() -> None:
    made = chart(sample=True)
    assert "sample data" in words(drawing.svg(made))
    assert charts.describe(made).startswith("Sample data. ")
    assert "sample data" not in words(drawing.svg(chart()))


@KINDS
@SHAPES
def test_an_empty_chart_says_that_it_is_empty(kind: str, shape: drawing.Shape) -> None:
    made = chart(kind)._replace(rows=())
    assert words(drawing.svg(made, shape)) == "No figures yet."
    assert charts.describe(made) == "No figures yet."
    assert charts.rows(made) == []


def test_a_row_of_public_figures_alone_is_drawn_without_dots() -> None:
    markup = drawing.svg(chart("cities", Row("A", "en", "US", summary(), (STRONG,))))
    assert (dots(markup), len(drawn(markup, "chart-mark"))) == (0, 1)
    assert "n = " not in words(markup)


# Both languages


def test_a_chinese_chart_is_chinese_whatever_the_page_s_language_is() -> None:
    rows = (Row("上海", "zh-hans", "CN", summary(3500, 9800, 12_000, 15_000, 25_000), (WEAK,)),)
    made = chart("cities", *rows, language="zh-hans", currency="CNY", axis="元/月", sample=True)
    shown = words(drawing.svg(made))
    for text in ("中国", "上海", "示例数据", "¥12,000", "¥1万", "58.com 2018 · 来源存疑"):
        assert text in shown
    assert charts.describe(made).startswith(
        "示例数据。元/月，对数刻度。上海：中位数¥12,000，中间一半在¥9,800至¥15,000之间（5笔账）。"
    )
    page = render_to_string("figures/_chart.html", {"figure": drawing.figure(made)})
    assert 'lang="zh-Hans"' in page and "用表格看这些数字" in page


@pytest.mark.parametrize(
    ("language", "measure", "currency", "value", "said", "short"),
    [
        ("en", "money", "USD", 1150, "$1,150", "$1,150"),
        ("en", "money", "USD", 4.5, "$4.50", "$4.50"),
        ("en", "money", "CNY", 12_000, "CN¥12,000", "CN¥12K"),
        ("zh-hans", "money", "CNY", 3500, "¥3,500", "¥3,500"),
        ("zh-hans", "money", "CNY", 12_000, "¥12,000", "¥1.2万"),
        ("zh-hant", "money", "CNY", 12_000, "CN¥12,000", "CN¥1.2萬"),
        ("en", "intl", "", 1234.4, "1,234", "1,234"),
        ("zh-hans", "intl", "", 12_000, "12,000", "1.2万"),
        ("en", "share", "", 31.44, "31.4%", "31.4%"),
        ("en", "hours", "", 12.5, "12.5 h", "12.5"),
        ("zh-hans", "hours", "", 0.75, "45分钟", "0.75"),
        ("en", "m2", "USD", 21.5, "$21.50", "$21.50"),
    ],
)
def test_numbers_are_written_as_their_language_writes_them(
    language: str, measure: str, currency: str, value: float, said: str, short: str
) -> None:
    made = chart(language=language, measure=measure, currency=currency)
    assert charts.in_its_language(lambda c: charts.amount(c, value))(made) == said
    assert charts.in_its_language(lambda c: charts.tick(c, value))(made) == short


@pytest.mark.parametrize("text", ["Columbus, Ohio", "俄亥俄州哥伦布", "👩‍👩‍👧 a family", "éé" * 9])
def test_a_text_is_cut_to_its_room_between_whole_characters(text: str) -> None:
    assert fitted(text, width(text, 12), 12) == text
    cut = fitted(text, width(text, 12) / 2, 12)
    assert cut.endswith("…") and text.startswith(cut[:-1]) and len(cut) > 1
    assert fitted("👩‍👩‍👧 a family", 1, 12) == "👩‍👩‍👧…"


# Pictures for sharing


@KINDS
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_picture_is_as_large_as_readers_of_links_ask_for(kind: str, language: str) -> None:
    png = pictures.png(chart(kind, language=language, sample=True), site="exchange.example")
    assert png and Image.open(BytesIO(png)).size == (1200, 630)


def test_a_picture_has_the_light_theme_s_colours() -> None:
    image = Image.open(BytesIO(pictures.png(chart(), site="") or b"")).convert("RGB")
    found = {f"#{r:02x}{g:02x}{b:02x}" for _, (r, g, b) in image.getcolors(1 << 20) or []}
    for token in ("paper", "ink", "ink-2", "accent", "accent-soft", "other"):
        assert pictures.light()[token] in found, token
    assert "var(" not in pictures.rules()


def test_a_picture_has_no_boxes_for_letters_that_the_font_lacks(monkeypatch) -> None:
    rows = (Row("กรุงเทพ 😀", "other", "TH", MANY), Row("Bangkok 😀", "other", "TH", MANY))
    card = pictures._card(chart("cities", *rows, title="ไทย"), "")
    shown = "".join(node.text or "" for node in card.iter() if node.tag in ("text", "tspan"))
    assert "Bangkok" in shown and "…" in shown
    assert not set(shown) & set("😀กรุงเทพไทย")
    monkeypatch.setattr(pictures, "font_path", lambda: None)
    assert pictures.png(chart(), site="") is None


def test_a_picture_shows_no_more_rows_than_stay_readable_and_says_so() -> None:
    rows = [Row(f"City {n}", "en", "US", summary(*range(100, 103 + n))) for n in range(12)]
    shown, tree = pictures._fitting(chart("cities", *rows))
    assert 3 <= shown.most < 12
    assert pictures._height(tree) <= pictures.TALLEST
    assert f"of {len(rows)}." in charts.caption(shown).note


def test_letters_are_never_smaller_than_eleven_pixels() -> None:
    """Neither in a box on a screen of 320 px, nor where the wide drawing takes over."""
    sheet = (settings.BASE_DIR / "exchange/static/css/thread.css").read_text()
    sizes = [int(size) for size in re.findall(r"\.chart-art [^{]*{[^}]*font-size: (\d+)px", sheet)]
    on_a_phone = 320 - 4 * 16 - 2  # the page's edges, the box's, and its lines
    (rems,) = re.findall(r"@container \(min-width: (\d+)rem\)", sheet)
    for shape, room in ((NARROW, on_a_phone), (WIDE, int(rems) * 16)):
        assert min(sizes) * room / shape.width >= 11, shape.name


def test_the_style_sheet_has_every_class_that_is_drawn() -> None:
    sheet = (settings.BASE_DIR / "exchange/static/css/thread.css").read_text()
    markup = "".join(
        drawing.svg(chart(kind, sample=True), shape)
        for kind in ("cities", "countries", "years", "hours")
        for shape in (NARROW, WIDE)
    )
    there = {name for names in re.findall(r'class="([^"]*)"', markup) for name in names.split()}
    ours = {name for name in there if name.startswith("chart-")}
    assert {name for name in ours if f".{name} " not in sheet} == {"chart-s1"}  # the usual colour
    assert CARD.name not in sheet
    assert fonts.font_path() is not None
