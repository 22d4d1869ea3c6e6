"""Every word that a template shows goes through the catalogue; what is left are names."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings

FOLDER = settings.BASE_DIR / "templates"
# The page of components shows specimens: their words are the same on purpose.
TEMPLATES = sorted(path for path in FOLDER.rglob("*.html") if path.parent.name != "styleguide")
# Tags of the template language end what stands between them; a translated block is no bare text.
TRANSLATED = re.compile(
    r"{%\s*blocktranslate.*?{%\s*endblocktranslate\s*%}|{%\s*comment.*?{%\s*endcomment\s*%}"
    r"|{#.*?#}|{%\s*block (?:width|\w+_class)\s*%}.*?{%\s*endblock\s*%}",
    re.DOTALL,
)
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
SHOWN = ("aria-label", "title", "placeholder", "alt")
# Names of the site and of keys, and what is the same in every language.
NAMES = re.compile(r"Exchange|交流|UTC|https?://\S+|&\w+;")
LETTERS = re.compile(r"[^\W\d_]{2,}")


class Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "link", "input", "br", "hr", "img"):
            self._inside.append(tag)
        self.found += [f"{name}={value}" for name, value in attrs if name in SHOWN and bare(value)]

    def handle_endtag(self, tag: str) -> None:
        if tag in self._inside:
            while self._inside.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not {"script", "style", "kbd"} & set(self._inside) and bare(data):
            self.found.append(" ".join(data.split()))


def bare(text: str | None) -> bool:
    return bool(LETTERS.search(NAMES.sub(" ", text or "")))


def bare_words(source: str) -> Iterator[str]:
    words = Words()
    words.feed(TAG.sub("", TRANSLATED.sub("", source)))
    words.close()
    yield from words.found


@pytest.mark.parametrize(
    "path", TEMPLATES, ids=lambda path: path.relative_to(settings.BASE_DIR).as_posix()
)
def test_no_template_says_anything_past_the_catalogue(path: Path) -> None:
    assert list(bare_words(path.read_text())) == []


@pytest.mark.parametrize(
    "source",
    [
        "<p>Hello</p>",
        '<a aria-label="Close">×</a>',
        "{% if a %}Yes{% endif %}",
        '<input placeholder="搜索">',
    ],
)
def test_the_test_sees_it(source: str) -> None:
    assert list(bare_words(source))


def test_the_catalogue_s_words_are_let_through() -> None:
    assert not list(bare_words('<p title="{% translate "A" %}">{% translate "Hello" %} · 1</p>'))
