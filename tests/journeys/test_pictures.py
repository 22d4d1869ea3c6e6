"""Somebody puts pictures into a post: chosen on a phone, dragged, pasted, on a bad line, by keyboard."""

import base64
import io
from typing import Any

from PIL import Image
from playwright.sync_api import Page, expect

from .conftest import Visit
from .site import Site
from .steps import too_wide
from .watch import Watch

THREAD = "explain-this-meme"
PHONE = {"width": 360, "height": 800}
# As browsers hand over what somebody drags or pastes.
HAND_OVER = """([kind, files, text]) => {
  const carried = new DataTransfer();
  for (const [name, content] of files) {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    carried.items.add(new File([bytes], name, { type: "image/png" }));
  }
  if (text) carried.setData("text/plain", text);
  const box = document.querySelector("#id_body");
  const options = { bubbles: true, cancelable: true, clipboardData: carried, dataTransfer: carried };
  if (kind === "paste") return box.dispatchEvent(new ClipboardEvent("paste", options));
  return box.dispatchEvent(new DragEvent(kind, options));
}"""


def png(color: str) -> bytes:
    """A picture that no other one in these tests looks like."""
    content = io.BytesIO()
    Image.new("RGB", (300, 200), color).save(content, "PNG")
    return content.getvalue()


def file(name: str, color: str) -> Any:
    return {"name": name, "mimeType": "image/png", "buffer": png(color)}


def handed(name: str, color: str) -> list[str]:
    return [name, base64.b64encode(png(color)).decode()]


def begin(page: Page, thread: int, language: str = "en") -> None:
    page.goto(f"/{language}/threads/{thread}/")
    page.click("#id_body")
    expect(page.locator("script[data-swaps=ready]")).to_be_attached()


def rows(page: Page) -> Any:
    return page.locator("[data-picture]")


def status(page: Page) -> Any:
    return page.locator("[data-picture-status]")


def test_chosen_captioned_and_sent_on_a_phone(site: Site, visit: Visit) -> None:
    page = visit("mei", "zh-hans", viewport=PHONE)
    begin(page, site.thread(THREAD), "zh-hans")
    page.keyboard.type("看我的猫。")
    page.set_input_files("#id_pictures", [file("猫.png", "#c61"), file("狗.png", "#16c")])
    expect(rows(page)).to_have_count(2)
    expect(status(page)).to_have_text("狗.png已上传为图片2，可以给它写说明了。")
    page.fill("[name='picture-0-caption']", "我的猫")
    assert too_wide(page) == []
    page.click("#reply button.btn")
    written = page.locator("#posts article", has_text="看我的猫。").last
    expect(written).to_be_visible()
    expect(rows(page)).to_have_count(0)
    written.locator("a[href$='/edit/']").click()
    expect(rows(page)).to_have_count(2)
    expect(page.locator("[name='picture-0-caption']")).to_have_value("我的猫")


def test_dragged_and_pasted_and_words_stay_words(site: Site, visit: Visit) -> None:
    page = visit("tom", "en")
    begin(page, site.thread(THREAD))
    two = [handed("one.png", "#a10"), handed("two.png", "#0a1")]
    # As long as something hangs over the box, browsers say so again and again.
    taken = f"(held) => !({HAND_OVER})(held)"
    page.wait_for_function(taken, arg=["dragover", two, ""], polling=50)
    expect(page.locator("[data-drop-here]")).to_be_visible()
    page.evaluate(HAND_OVER, ["drop", two, ""])
    expect(page.locator("[data-drop-here]")).to_be_hidden()
    expect(rows(page)).to_have_count(2)
    assert page.evaluate(HAND_OVER, ["paste", [handed("x.png", "#111")], "words"])  # the browser's
    page.evaluate(HAND_OVER, ["paste", [handed("image.png", "#10a")], ""])
    expect(rows(page)).to_have_count(3)
    page.evaluate(HAND_OVER, ["drop", [handed("4.png", "#aa1"), handed("5.png", "#1aa")], ""])
    left = page.locator("[data-picture-left]")
    expect(left).to_contain_text("left out: 5.png")
    expect(rows(page)).to_have_count(4)
    expect(status(page)).to_contain_text("4.png is picture 4.")
    expect(left).to_contain_text("left out: 5.png")  # whatever was said since
    expect(page.locator("#id_pictures")).to_have_count(0)
    page.evaluate(HAND_OVER, ["drop", [handed("6.png", "#777")], ""])
    expect(left).to_contain_text("left out: 6.png")


def test_what_cannot_be_taken_is_said_once_and_takes_no_room(
    site: Site, visit: Visit, watch: Watch
) -> None:
    page = visit("tom", "en", viewport={"width": 1280, "height": 900})
    begin(page, site.thread(THREAD))
    button = page.locator("label[for=id_pictures]")
    box = button.bounding_box()
    assert button.is_visible() and box and box["height"] >= 44
    broken = [
        {"name": f"{n}.png", "mimeType": "image/png", "buffer": b"no picture"} for n in "abcd"
    ]
    with watch.looking_away():
        page.set_input_files("#id_pictures", broken)
        lines = page.locator("[data-uploading] li .errors")
        expect(lines).to_have_count(4)
    expect(lines.first).to_have_text(
        "\u2068“a.png”\u2069 is no picture that we can open. JPEG, PNG, WebP, GIF, HEIC, AVIF and PDF work."
    )
    expect(page.locator("[data-uploading] bdi:visible")).to_have_count(0)  # the sentence names it
    expect(status(page)).to_have_class("quiet uploads-status hush")
    page.set_input_files("#id_pictures", [file("whole.png", "#e2c")])
    expect(rows(page)).to_have_count(1)
    expect(page.locator("[data-picture-left]")).to_be_empty()


def test_chosen_before_the_script_arrived_on_a_slow_line(site: Site, visit: Visit) -> None:
    page = visit("mei", "zh-hans", viewport=PHONE)
    held: list[Any] = []
    page.route("**/js/pictures*.js", lambda route: held.insert(0, route))
    begin(page, site.thread(THREAD), "zh-hans")
    page.set_input_files("#id_pictures", [file("早.png", "#3ad")])
    held.pop().continue_()
    expect(rows(page)).to_have_count(1)
    page.set_input_files("#id_pictures", [file("晚.png", "#d3a")])
    expect(rows(page)).to_have_count(2)


def test_an_upload_that_failed_is_tried_again(site: Site, visit: Visit, watch: Watch) -> None:
    page = visit("kelsey", "en")
    begin(page, site.thread(THREAD))
    page.keyboard.type("Typed before.")
    with watch.looking_away():
        page.route("**/uploads/", lambda route: route.abort())
        page.set_input_files("#id_pictures", [file("later.png", "#531")])
        failed = page.locator("[data-uploading] li", has_text="later.png")
        expect(failed).to_contain_text("could not be uploaded")
        page.click("#reply button.btn")
        expect(status(page)).to_contain_text("Not every picture is uploaded")
        page.set_input_files("#id_pictures", [file("not.png", "#fff") | {"buffer": b"no picture"}])
        page.unroute("**/uploads/")
        failed.get_by_role("button", name="Try again").click()
        expect(rows(page)).to_have_count(1)
    expect(page.locator("#id_body")).to_have_value("Typed before.")


def test_the_send_waits_for_a_slow_upload_or_goes_without(site: Site, visit: Visit) -> None:
    page = visit("jonah", "en")
    held: list[Any] = []
    # As if the whole file were there already: then nothing is broken off.
    page.add_init_script("XMLHttpRequest.prototype.abort = () => {}")
    page.route("**/uploads/", lambda route: held.insert(0, route))
    begin(page, site.thread(THREAD))
    page.keyboard.type("It waits.")
    page.set_input_files("#id_pictures", [file("slow.png", "#264")])
    page.click("#reply button.btn")
    expect(status(page)).to_have_text("Your text is sent as soon as the pictures are uploaded.")
    held.pop().continue_()
    written = page.locator("#posts article", has_text="It waits.").last
    expect(written).to_be_visible()
    page.fill("#id_body", "It goes without.")
    page.set_input_files("#id_pictures", [file("slower.png", "#462")])
    page.click("#reply button.btn")
    page.click("[data-send-without] button")
    expect(page.locator("#posts article", has_text="It goes without.").last).to_be_visible()
    held.pop().continue_()
    expect(status(page)).to_contain_text("slower.png arrived after your post was sent")
    expect(rows(page)).to_have_count(0)


def test_a_step_while_logged_out_takes_nothing_away(site: Site, visit: Visit, watch: Watch) -> None:
    page = visit("tom", "en")
    begin(page, site.thread(THREAD))
    page.set_input_files("#id_pictures", [file("a.png", "#b51"), file("b.png", "#15b")])
    expect(rows(page)).to_have_count(2)
    page.fill("[name='picture-0-caption']", "It stays.")
    with watch.looking_away():
        logged_in = page.context.cookies()
        page.context.clear_cookies()
        rows(page).first.get_by_role("button", name="Move down").click()
        said = page.locator("[data-draft-status]")
        expect(said).to_contain_text("You were logged out meanwhile.")
        expect(page.get_by_role("link", name="Log in in another tab")).to_be_visible()
        expect(page.locator("[name='picture-0-caption']")).to_have_value("It stays.")
        page.context.add_cookies(logged_in)  # type: ignore[arg-type]  # as they came
        rows(page).first.get_by_role("button", name="Move down").click()
    expect(page.locator("[name='picture-1-caption']")).to_have_value("It stays.")


def test_a_draft_brings_its_pictures_to_another_device(site: Site, visit: Visit) -> None:
    page = visit("grace", "en")
    begin(page, site.thread(THREAD))
    page.set_input_files("#id_pictures", [file("draft.png", "#925")])
    expect(rows(page)).to_have_count(1)
    page.fill("[name='picture-0-caption']", "Half a caption")
    expect(page.locator("[data-draft-status]")).to_have_text("Draft saved")
    phone = visit("grace", "en", viewport=PHONE)
    phone.goto(f"/en/threads/{site.thread(THREAD)}/")
    expect(phone.locator("[name='picture-0-caption']")).to_have_value("Half a caption")
    expect(phone.locator("img.picture-thumb")).to_have_js_property("complete", True)


def test_the_device_alone_brings_pictures_back(site: Site, visit: Visit, watch: Watch) -> None:
    page = visit("rosa", "en")
    begin(page, site.thread(THREAD))
    page.on("dialog", lambda dialog: dialog.accept())
    with watch.looking_away():
        page.route("**/draft/", lambda route: route.abort())
        page.set_input_files("#id_pictures", [file("device.png", "#295")])
        expect(rows(page)).to_have_count(1)
        page.fill("[name='picture-0-caption']", "Kept here")
        expect(page.locator("[data-draft-status]")).to_contain_text("Kept on this device")
        page.reload()
        page.unroute("**/draft/")
        expect(page.locator("[name='picture-0-caption']")).to_have_value("Kept here")
        expect(page.locator("[data-draft-status]")).to_have_text("Draft saved")


def test_the_keyboard_moves_and_removes(site: Site, visit: Visit) -> None:
    page = visit("lin", "en")
    begin(page, site.thread(THREAD))
    for number, color in enumerate(["#711", "#171", "#117"]):
        page.set_input_files("#id_pictures", [file(f"{number}.png", color)])
        expect(rows(page)).to_have_count(number + 1)
        page.fill(f"[name='picture-{number}-caption']", f"Number {number}")
    page.focus("[name='picture-2-caption']")
    up = page.locator("[data-picture]").nth(2).get_by_role("button", name="Move up")
    up.press("Enter")
    expect(page.locator("[name='picture-1-caption']")).to_have_value("Number 2")
    expect(status(page)).to_have_text("It is picture 2 now.")
    expect(
        page.locator("[data-picture]").nth(1).get_by_role("button", name="Move up")
    ).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[name='picture-0-caption']")).to_have_value("Number 2")
    expect(
        page.locator("[data-picture]").first.get_by_role("button", name="Move down")
    ).to_be_focused()
    page.locator("[data-picture]").first.get_by_role("button", name="Remove").press("Enter")
    expect(rows(page)).to_have_count(2)
    expect(
        page.locator("[data-picture]").first.get_by_role("button", name="Remove")
    ).to_be_focused()
    expect(page.locator("[name='picture-0-caption']")).to_have_value("Number 0")


def test_without_scripts_in_one_press(site: Site, visit: Visit) -> None:
    page = visit("mei", "zh-hans", java_script_enabled=False)
    page.goto(f"/zh-hans/threads/{site.thread(THREAD)}/")
    page.fill("#id_body", "没有脚本。")
    bad = {"name": "bad.png", "mimeType": "image/png", "buffer": png("#345")[:60]}
    page.set_input_files("#id_pictures", [file("good.png", "#345"), bad])
    page.click("#reply button.btn")
    expect(page.locator("#errors")).to_contain_text("“bad.png”")
    expect(page.locator("#id_body")).to_have_value("没有脚本。")
    page.fill("[name='picture-0-caption']", "说明")
    page.click("#reply button.btn")
    written = page.locator("#posts article", has_text="没有脚本。").last
    expect(written).to_be_visible()
