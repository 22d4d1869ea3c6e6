"""The content security policy allows nothing inline, and htmx must never evaluate anything."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

TAG = re.compile(r"{%.*?%}|{#.*?#}|{{.*?}}", re.DOTALL)
COMMENT = re.compile(r"{% comment.*?{% endcomment %}", re.DOTALL)
# Data for scripts is no script: browsers do not run these types.
DATA_TYPES = {"application/json", "application/ld+json"}
HTMX = ("hx-", "data-hx-")
# htmx drops a filter that it may not evaluate, and then fires on every event.
EVENT_FILTER = re.compile(r"\[[^\]]*\]")


def templates() -> list[Path]:
    root = settings.BASE_DIR
    found = [*root.glob("templates/**/*.html"), *root.glob("exchange/*/templates/**/*.html")]
    return sorted(path for path in found if "email" not in path.parts)


def name(path: Path) -> str:
    return path.relative_to(settings.BASE_DIR).as_posix()


class Faults(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.htmx: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        if tag == "style":
            self.found.append("<style>")
        if tag == "script" and "src" not in values and values.get("type") not in DATA_TYPES:
            self.found.append("inline <script>")
        for key, value in values.items():
            self.found.extend(faults_of(key, value))
            self.htmx.extend([key] if key.startswith(HTMX) else [])


def faults_of(attribute: str, value: str) -> Iterator[str]:
    bare = attribute.removeprefix("data-")
    if attribute == "style" or re.fullmatch(r"on[a-z]+", attribute):
        yield f"{attribute}="
    if bare.startswith("hx-on") or (
        bare.startswith("hx-") and value.strip().startswith(("js:", "javascript:"))
    ):
        yield f"{attribute}={value}"
    if bare == "hx-trigger" and EVENT_FILTER.search(value):
        yield f"{attribute}={value}"
    if value.strip().lower().startswith("javascript:"):
        yield f"{attribute}={value}"


def parse(markup: str) -> Faults:
    faults = Faults()
    # Tags of the template language become a letter, so that attributes keep a value.
    faults.feed(TAG.sub("x", COMMENT.sub("", markup)))
    faults.close()
    return faults


def test_no_template_has_anything_inline() -> None:
    found = {name(path): parse(path.read_text()).found for path in templates()}
    assert {path: faults for path, faults in found.items() if faults} == {}


def test_posts_hold_no_htmx() -> None:
    """A post is kept and sent to everybody: nothing in it may act."""
    posts = [path for path in templates() if path.name == "_post.html"]
    found = {name(path): parse(path.read_text()).htmx for path in posts}
    assert {path: attributes for path, attributes in found.items() if attributes} == {}


STATIC = re.compile(r"""{%\s*static\s+["']([^"']+)["']""")


def test_every_static_file_that_a_page_names_exists() -> None:
    """The running site answers 500 for a name that was not collected."""
    named = {match for path in templates() for match in STATIC.findall(path.read_text())}
    assert {file for file in named if not finders.find(file)} == set()


@pytest.mark.parametrize(
    "markup",
    [
        "<p style='color: red'>",
        "<style>p {}</style>",
        "<script>alert(1)</script>",
        "<a onclick='x()'>",
        "<a href='javascript:x()'>",
        "<a hx-on:click='x()'>",
        "<a data-hx-on::after-request='x()'>",
        "<a hx-vals='js:{a: 1}'>",
        "<a hx-trigger='click[ctrlKey]'>",
    ],
)
def test_the_test_sees_it(markup: str) -> None:
    assert parse(markup).found


def test_what_is_allowed() -> None:
    markup = """
    <script src="{% static 'a.js' %}" defer></script>
    <script type="application/json">{"a": 1}</script>
    <a href="{% url 'front' %}" hx-get="/x" {% if a %}hidden{% endif %}>
    """
    assert parse(markup).found == []
