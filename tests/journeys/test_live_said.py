"""What a screen reader says of replies that arrive: soon, and never more than can be listened to."""

import json
import re
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from .conftest import Visit
from .site import Site
from .steps import post
from .test_live_gaps import FAR_AHEAD, Wire, frame_of, since

_serial = count(1)


@pytest.fixture
def thread(site: Site) -> int:
    title = f"How loud is your street? ({next(_serial)})"
    return site.client("grace").open_thread("daily-life", title, "Very.")


def flood(page: Page, wire: Wire, frame: str, numbers: range, milliseconds: int) -> None:
    """A reply by somebody else each time."""
    for number in numbers:
        told = json.loads(frame) | {"number": number, "event": FAR_AHEAD + number}
        told["html"] = told["html"].replace("post-2", f"post-{number}")
        told["html"] = told["html"].replace(">mei</a>", f">reader-{number}</a>")
        wire.sockets[-1].send(json.dumps(told))
        expect(post(page, number)).to_be_attached()
        page.clock.run_for(milliseconds)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", r"1\d new replies, by reader-3, reader-4, reader-5, and \d+ more"),
        ("zh-hans", r"1\d 条新回复，来自reader-3、reader-4、reader-5和另外 \d+ 人"),
    ],
)
def test_replies_without_a_pause_are_said_within_seconds_with_three_names_at_most(
    visit: Visit, site: Site, thread: int, language: str, said: str
) -> None:
    page = visit("tom", language)
    wire = Wire(page, thread)
    wire.lay()
    page.clock.install()
    page.goto(f"/{language}/threads/{thread}/")
    page.wait_for_load_state("networkidle")
    began = since(page)
    wire.passes = lambda frame: frame.get("kind") != "post"
    site.client("mei").reply(thread, "太吵了")
    frame = frame_of(site, thread, 2, began)
    status = page.locator("[data-live=status]")
    flood(page, wire, frame, range(3, 13), 400)
    expect(status).to_be_empty()  # they come faster than one could say them
    flood(page, wire, frame, range(13, 18), 400)
    expect(status).to_have_text(re.compile(said))
