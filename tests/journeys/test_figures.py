"""Somebody says what they pay, with scripts and without: asked, read back, kept, shown, compared."""

import re

from playwright.sync_api import Page, expect

from .conftest import Visit
from .site import Site
from .steps import too_wide
from .watch import Watch

THREAD = "ya-yi-fu-san"


def fill_in(page: Page) -> None:
    page.fill("[name='figure-0-amount']", "三千五")
    page.select_option("[name='figure-0-currency']", "CNY")
    page.fill("[name='figure-0-city']", "成都")
    page.fill("[name='figure-0-year']", "2025")
    page.select_option("[name='figure-0-bedrooms']", "1")
    page.select_option("[name='figure-0-utilities']", "no")


def begin(page: Page, thread: int) -> None:
    """A composer is alive once somebody is in it; a press before that asks for the next page."""
    page.goto(f"/en/threads/{thread}/")
    page.click("#id_body")
    expect(page.locator("script[data-swaps=ready]")).to_be_attached()


def add_rent(page: Page) -> None:
    page.click("button[name=figure_add]")
    page.select_option("[name=figure_item]", "rent-flat")
    page.click("button[name=figure_add]")
    expect(page.locator("[name='figure-0-amount']")).to_be_visible()


def test_a_figure_is_put_into_the_text_and_read_back(site: Site, visit: Visit) -> None:
    page = visit("mei", "zh-hans", viewport={"width": 360, "height": 800})
    page.goto(f"/zh-hans/threads/{site.thread(THREAD)}/")
    page.click("#id_body")
    expect(page.locator("script[data-swaps=ready]")).to_be_attached()
    page.keyboard.type("我付")
    add_rent(page)
    expect(page.locator("[name='figure-0-amount']")).to_be_focused()
    fill_in(page)
    expect(page.locator("[data-understood]")).to_have_text("读作：¥3,500 / 月")
    page.click("button[data-token]")
    page.keyboard.type("，押一付三。")
    expect(page.locator("#id_body")).to_have_value("我付[¥1]，押一付三。")
    assert too_wide(page) == []
    page.click("#reply [name=preview]")
    chip = page.locator(".preview .figure")
    expect(chip).to_contain_text("成都")
    page.click("#reply button.btn")
    written = page.locator("#posts article", has_text="押一付三。").last
    expect(written.locator("a.figure").first).to_contain_text("¥3,500")
    expect(page.locator("[name='figure-0-amount']")).to_have_count(0)
    written.locator("a.figure").first.click()
    expect(page.locator("main")).to_contain_text("3,500")


def test_a_city_that_is_begun_is_offered(site: Site, visit: Visit) -> None:
    page = visit("tom", "en")
    begin(page, site.thread(THREAD))
    add_rent(page)
    expect(page.locator("[name='figure-0-amount']")).to_be_focused()  # the row has settled
    page.locator("[name='figure-0-city']").press_sequentially("哥伦")
    expect(page.locator("datalist option[value=Columbus]").first).to_be_attached()


def test_a_figure_comes_back_with_the_draft(site: Site, visit: Visit) -> None:
    page = visit("kelsey", "en")
    begin(page, site.thread(THREAD))
    add_rent(page)
    page.fill("[name='figure-0-amount']", "1,150")
    expect(page.locator("[data-draft-status]")).to_have_text("Draft saved")
    page.reload()
    expect(page.locator("[name='figure-0-amount']")).to_have_value("1,150")
    page.click("[name='figure-0-amount']")  # what comes with the first touch of a form has come
    expect(page.locator("script[data-swaps=ready]")).to_be_attached()
    page.click("button[name=figure_drop]")
    expect(page.locator("[name='figure-0-amount']")).to_have_count(0)


def test_figures_that_only_the_device_has_come_back(site: Site, visit: Visit, watch: Watch) -> None:
    page = visit("jonah", "en")
    begin(page, site.thread(THREAD))
    add_rent(page)
    page.on("dialog", lambda dialog: dialog.accept())
    with watch.looking_away():
        page.route("**/draft/", lambda route: route.abort())
        page.fill("[name='figure-0-amount']", "1,190")
        page.fill("#id_body", "Mine.")
        expect(page.locator("[data-draft-status]")).to_contain_text("Kept on this device")
        page.reload()
        page.unroute("**/draft/")
        expect(page.locator("[name='figure-0-amount']")).to_have_value("1,190")
        expect(page.locator("#id_body")).to_have_value("Mine.")
        expect(page.locator("[data-draft-status]")).to_have_text("Draft saved")
    page.reload()
    expect(page.locator("[name='figure-0-amount']")).to_have_value("1,190")


def test_without_scripts_the_same_in_three_pages(site: Site, visit: Visit) -> None:
    page = visit("mei", "zh-hans", java_script_enabled=False)
    page.goto(f"/zh-hans/threads/{site.thread(THREAD)}/")
    page.fill("#id_body", "我也记一笔。")
    add_rent(page)
    fill_in(page)
    page.fill("[name='figure-0-amount']", "35万")
    page.click("#reply button.btn")
    expect(page.locator("#errors")).to_be_visible()
    asked = page.locator("[name='figure-0-sure']")
    expect(asked).to_be_visible()
    expect(page.locator("#id_body")).to_have_value("我也记一笔。")
    page.fill("[name='figure-0-amount']", "3500")
    page.click("#reply button.btn")
    expect(page).to_have_url(re.compile(r"/zh-hans/threads/\d+/"))
    written = page.locator("#posts article", has_text="我也记一笔。").last
    expect(written.locator(".figures a.figure")).to_contain_text("¥3,500")


def test_the_open_table_of_a_chart_scrolls_in_its_place(site: Site, visit: Visit) -> None:
    page = visit("", "en", viewport={"width": 360, "height": 800})
    page.goto(f"/en/threads/{site.thread('rent-one-line-each')}/")
    page.locator(".thread-chart summary").click()
    table = page.locator(".thread-chart .scroll")
    table.evaluate("table => { table.scrollLeft = 60 }")
    assert table.evaluate("table => table.scrollLeft") == 60
    assert too_wide(page) == []
