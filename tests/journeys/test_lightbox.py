"""Pictures over the page: by keys, by touch, in the reader's view, and by the plain link without scripts."""

from playwright.sync_api import Page, expect

from .conftest import Visit
from .site import Site

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
SWIPE = """([element, by]) => {
  const at = { pointerType: "touch", isPrimary: true, bubbles: true, clientY: 300 };
  element.dispatchEvent(new PointerEvent("pointerdown", { ...at, clientX: 180 }));
  element.dispatchEvent(new PointerEvent("pointerup", { ...at, clientX: 180 + by }));
}"""


def opened(page: Page, site: Site, language: str = "en") -> Page:
    page.goto(f"/{language}/threads/{site.thread('four-stickers')}/")
    page.locator(".of-4 a.frame").nth(1).click()
    expect(page.locator("dialog.lightbox")).to_be_visible()
    return page


def test_by_keys_from_picture_to_picture_and_back_to_where_one_was(
    visit: Visit, site: Site
) -> None:
    page = opened(visit(viewport={"width": 1280, "height": 800}), site)
    box = page.locator("dialog.lightbox")
    count = box.locator(".count")
    expect(count).to_have_text("2 / 4")
    expect(box.locator("button.close")).to_be_focused()
    first = page.locator(".of-4 .photo").first
    for key, said in (("ArrowRight", "3 / 4"), ("End", "4 / 4"), ("ArrowRight", "4 / 4")):
        page.keyboard.press(key)
        expect(count).to_have_text(said)
    expect(box.locator(".step.on")).to_be_disabled()
    page.keyboard.press("Home")
    expect(count).to_have_text("1 / 4")
    large = box.locator(".stage img")
    assert large.get_attribute("alt") == first.get_attribute("alt")
    assert large.get_attribute("lang") == first.get_attribute("lang")
    page.wait_for_function("() => document.querySelector('.lightbox .stage img').naturalWidth > 0")
    fits = "(e) => [e.getBoundingClientRect().bottom <= innerHeight, e.clientWidth <= innerWidth]"
    assert large.evaluate(fits) == [True, True]
    link = page.locator(".of-4 a.frame").first
    assert box.locator("a.whole").get_attribute("href").endswith(link.get_attribute("href"))
    said = box.get_by_role("status")
    expect(said).to_have_text(f"1 / 4: {first.get_attribute('alt')}")
    page.keyboard.press("Escape")
    expect(box).to_have_count(0)
    expect(link).to_be_focused()
    link.click()
    page.mouse.click(30, 120)  # beside it
    expect(box).to_have_count(0)


def test_a_tiny_picture_is_not_blown_up_and_a_see_through_one_has_light_behind_it(
    visit: Visit, site: Site
) -> None:
    page = visit(viewport={"width": 1280, "height": 800}, color_scheme="dark")
    page.goto(f"/en/threads/{site.thread('four-stickers')}/")
    drawn = "(e) => { e.srcset = e.srcset.split(',')[0].replace(/ \\d+w/, ' 20w'); }"
    page.locator(".of-4 .photo").first.evaluate(drawn)
    page.locator(".of-4 a.frame").first.click()
    large = page.locator(".lightbox .stage img")
    assert large.get_attribute("sizes") == "40px"
    assert large.evaluate("(e) => getComputedStyle(e).backgroundColor") == "rgb(201, 197, 188)"


def test_by_touch_with_the_caption_in_the_reader_s_view(visit: Visit, site: Site) -> None:
    page = visit(**PHONE)
    page.add_init_script("localStorage.setItem('exchange.view', 'original')")
    opened(page, site)
    box = page.locator("dialog.lightbox")
    stage = box.locator(".stage")
    for by, said in ((-120, "3 / 4"), (120, "2 / 4"), (20, "2 / 4"), (120, "1 / 4")):
        page.evaluate(SWIPE, [stage.element_handle(), by])
        expect(box.locator(".count")).to_have_text(said)
    expect(box.locator(".words .two .original")).to_be_visible()
    expect(box.locator(".words .two .other.half")).to_be_hidden()
    box.locator("button.close").tap()
    page.evaluate("document.documentElement.dataset.view = 'both'")
    page.locator(".of-4 a.frame").first.tap()
    expect(box.locator(".words .two .other.half")).to_be_visible()


def test_without_scripts_the_picture_has_a_page(visit: Visit, site: Site) -> None:
    page = visit(java_script_enabled=False)
    page.goto(f"/zh-hans/threads/{site.thread('four-stickers')}/")
    page.locator(".of-4 a.frame").nth(1).click()
    expect(page.locator("h1")).to_contain_text("（2/4）")
    expect(page.locator(".large .photo")).to_be_visible()
    page.locator("a[rel=next]").click()
    expect(page.locator("h1")).to_contain_text("（3/4）")


def test_on_paper_a_picture_is_there_without_its_buttons(visit: Visit, site: Site) -> None:
    page = visit()
    page.emulate_media(media="print")
    page.goto(f"/en/threads/{site.thread('four-stickers')}/")
    last = page.locator(".of-4 .picture").last
    expect(last.locator(".photo")).to_be_visible()
    expect(last.locator(".picture-acts")).to_be_hidden()
    late = "(e) => getComputedStyle(e).contentVisibility"
    assert last.locator(".late").evaluate(late) == "visible"
