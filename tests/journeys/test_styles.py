"""What the styles come to in a browser: lines, colours that are not ours, paper, large letters, fingers."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit
from .site import Site
from .steps import post, too_wide

LONG = "out-of-the-window"
PHONE = {"width": 360, "height": 740}
MIXED = (
    "我的 landlord 很 really mean，他说 deposit 不退，因为 the carpet 有点脏 and the wall 也有洞，"
    "我觉得 this is 不公平，你们 what do you think？我在 Chengdu 住 three years 了，还没 seen this。"
)
CHINESE = "他用的是*新的iPhone 17拍的*，`i=1;//加一`。" + "押一付三是什么意思？" * 8
ARABIC = "مرحبا بالعالم، كيف حالك؟"
STYLE = "(element, name) => getComputedStyle(element)[name]"
# What each of a paragraph's lines takes of its height. The words of a line end nearly at the same height.
LINE = """paragraph => {
  const range = document.createRange();
  range.selectNodeContents(paragraph);
  const boxes = [...range.getClientRects()].filter((box) => box.height > 15); // no small print of ruby
  const ends = boxes.map((box) => box.bottom).sort((a, b) => a - b);
  const lines = ends.filter((end, at) => !at || end - ends[at - 1] > 8).length;
  if (lines < 2) throw new Error(`only ${lines} lines`);
  return paragraph.getBoundingClientRect().height / lines;
}"""
# Puts small print over one word in the middle of a paragraph.
ANNOTATE = """paragraph => {
  const words = paragraph.lastChild.splitText(20);
  const rest = words.splitText(1);
  const ruby = document.createElement("ruby");
  const over = document.createElement("rt");
  over.textContent = "yā";
  ruby.append(words, over);
  paragraph.insertBefore(ruby, rest);
}"""
SMALL = """selectors => selectors.flatMap((selector) => {
  const all = [...document.querySelectorAll(selector)].filter((one) => one.getClientRects().length);
  const boxes = all.map((one) => one.getBoundingClientRect());
  const small = boxes.filter((box) => box.width < 44 || box.height < 44);
  return all.length ? small.map((box) => `${selector} ${box.width}x${box.height}`) : [`no ${selector}`];
})"""


@pytest.fixture(scope="module")
def thread(site: Site) -> int:
    """Two languages in one line, one under the other, and one that runs from right to left."""
    tom = site.client("tom")
    number = tom.open_thread("site", "How high is a line?", MIXED)
    tom.reply(number, "Rent is due first. " * 10, body_other="房租要先付。" * 20)
    tom.reply(number, CHINESE)
    tom.reply(number, ARABIC)
    gone = tom.reply(number, "Not for this board.")
    site.client("lin").act(f"/en/posts/{gone}/hiding/")
    return number


def style(page: Page, selector: str, name: str) -> str:
    return page.locator(selector).first.evaluate(STYLE, name)


def line_height(page: Page, selector: str) -> float:
    return float(style(page, selector, "lineHeight").removesuffix("px"))


def test_lines_are_one_grid_and_every_language_runs_its_own_way(visit: Visit, thread: int) -> None:
    page = visit(language="zh-hans", viewport={"width": 1280, "height": 800})
    page.goto(f"/zh-hans/threads/{thread}/")
    page.wait_for_load_state("networkidle")  # frames of a young thread have come
    for number in (1, 2, 3):
        for paragraph in post(page, number).locator(".half p:not(.source)").all():
            assert paragraph.evaluate(LINE) == 28, number
    chinese = post(page, 3).locator(".half p")
    # In one step: a frame of the young thread may put the post's own markup back.
    line, small = chinese.evaluate(
        f"words => [({ANNOTATE})(words), ({LINE})(words),"
        f" ({STYLE})(words.querySelector('rt'), 'lineHeight')].slice(1)"
    )
    assert line == pytest.approx(2.2 * 16, abs=0.1)  # the one with it like the others
    assert small == "8px"
    assert line_height(page, "#reply h2") == pytest.approx(1.35 * 21)

    assert "dot" in style(page, "#post-3 em", "textEmphasisStyle")
    assert style(page, "#post-3 em [lang=en]", "textEmphasisStyle") == "none"
    assert style(page, "#post-3 code", "textAutospace") == "no-autospace"
    assert style(page, "#post-3 .half", "direction") == "ltr"
    assert style(page, "#post-4 .half p", "direction") == "rtl"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_phone_with_letters_twice_as_large_shows_everything(
    visit: Visit, site: Site, language: str
) -> None:
    """Every kind of page is tried in axe.py; here is what must not be lost for it."""
    page = visit(language=language, viewport=PHONE)
    page.goto(f"/{language}/")
    name = page.locator(".brand [lang=en]" if language == "en" else ".brand [lang=zh-Hans]")
    expect(name).to_be_in_viewport(ratio=1)
    assert style(page, ".bar", "insetBlockStart") == "0px"
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert too_wide(page) == []
    for part in (name, page.locator(".entrance a").first, page.locator(".entrance a").last):
        expect(part).to_be_in_viewport(ratio=1)
    page.evaluate("scrollBy(0, 900)")
    expect(page.locator(".bar")).not_to_be_in_viewport()  # it would take a third of the screen


def test_what_is_chosen_shows_in_the_reader_s_own_colours(visit: Visit, site: Site) -> None:
    page = visit("tom", forced_colors="active")
    page.goto(f"/en/threads/{site.thread('two-languages-on-one-page')}/?view=both")
    post(page, 1).locator(".shows a").first.click()
    expect(post(page, 1).locator(".shows [aria-current]")).to_have_count(1)
    for chosen, other in (
        (".views [aria-current]", ".views a:not([aria-current])"),
        ("#post-1 .shows [aria-current]", "#post-1 .shows a:not([aria-current])"),
        (".switch [aria-current]", ".switch a:not([aria-current])"),
    ):
        for name in ("backgroundColor", "color"):
            assert style(page, chosen, name) != style(page, other, name), (chosen, name)
    highlight = style(page, ".views [aria-current]", "backgroundColor")
    page.goto("/en/")
    assert style(page, ".chips [aria-current]", "backgroundColor") == highlight
    many = ".chips [aria-current] .many"
    assert style(page, many, "color") == style(page, ".chips [aria-current]", "color")
    assert style(page, many, "backgroundColor") != highlight


def test_paper_says_which_page_it_is_and_when_things_were_said(visit: Visit, site: Site) -> None:
    page = visit("tom", "zh-hans")
    page.goto(f"/zh-hans/threads/{site.thread(LONG)}/")
    page.emulate_media(media="print")
    expect(page.locator(".on-paper")).to_have_text("第1页，共2页")
    expect(page.locator(".on-paper")).to_be_visible()
    for gone in (".pager", ".bar", ".views", "#reply", ".acts"):
        expect(page.locator(gone).first).to_be_hidden()
    said = page.locator("#post-1 time").evaluate(
        "time => [time.title, getComputedStyle(time, '::after').content, getComputedStyle(time).fontSize]"
    )
    assert said == [said[0], f'"{said[0]}"', "0px"]
    assert style(page, "body", "display") == "block"
    assert style(page, ".post", "breakInside") == "auto"
    assert style(page, ".pair", "breakInside") == "avoid"
    assert style(page, ".who", "breakAfter") == "avoid"
    page.goto("/zh-hans/")
    expect(page.locator(".chips")).to_be_hidden()
    expect(page.locator(".rows .row").first).to_be_visible()


def test_a_finger_hits_every_link_and_a_post_says_whose_it_is(
    visit: Visit, site: Site, thread: int
) -> None:
    page = visit("tom", "en", viewport=PHONE)
    page.goto("/zh-hans/")
    assert page.evaluate(SMALL, [".row-facts a", ".menu summary", ".switch a", ".brand"]) == []
    page.goto("/zh-hans/moderation/log/")
    assert page.evaluate(SMALL, [".log .quiet a"]) == []
    page.goto(f"/en/threads/{site.thread('two-languages-on-one-page')}/")
    assert page.evaluate(SMALL, [".crumb a", "a.number", ".acts a", ".views a"]) == []

    expect(page.locator(".menu summary")).to_have_accessible_name("Account: tom")
    name = post(page, 1).locator(".name").inner_text()
    first = page.get_by_role("article", name=f"{name} #1", exact=True)
    expect(first).to_have_id("post-1")
    expect(first.get_by_role("heading", level=2, name=f"{name} #1")).to_have_count(1)
    expect(first.locator(".answer")).to_have_accessible_name("Reply #1")
    # Whose words begin is said before them, and only where they are shown.
    said = first.get_by_text("the author's own other half")
    expect(said).to_have_count(2)
    assert said.first.evaluate("said => said.nextElementSibling.matches('.half.other')")
    page.locator(".views a[data-view=original]").click()
    expect(said.first).to_be_hidden()


def test_dialogs_look_like_the_site_s_own(visit: Visit) -> None:
    page = visit()
    page.goto("/en/rules/")
    page.locator("button[data-help]").click()
    help_ = page.locator("#shortcuts")
    expect(help_).to_be_visible()
    assert style(page, "#shortcuts", "backgroundColor") == style(page, ".sheet", "backgroundColor")
    assert style(page, "#shortcuts", "borderRadius") == style(page, ".sheet", "borderRadius")
    veil = help_.evaluate("box => getComputedStyle(box, '::backdrop').backgroundColor")
    assert veil == "rgba(0, 0, 0, 0.55)"
