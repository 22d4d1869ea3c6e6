"""Every word that a template shows goes through the catalogue; what is left are names."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings

FOLDER = settings.BASE_DIR / "templates"
# The page of components shows specimens: their words are the same on purpose.
TEMPLATES = sorted(
    path
    for path in FOLDER.rglob("*")
    if path.suffix in (".html", ".txt") and path.parent.name != "styleguide"
)
# Tags of the template language end what stands between them; a translated block is no bare text.
TRANSLATED = re.compile(
    r"{%\s*blocktranslate.*?{%\s*endblocktranslate\s*%}|{%\s*comment.*?{%\s*endcomment\s*%}"
    r"|{#.*?#}|{%\s*block (?:width|\w+_class)\s*%}.*?{%\s*endblock\s*%}",
    re.DOTALL,
)
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
SHOWN = ("aria-label", "aria-description", "title", "placeholder", "alt", "label")
SHOWN_BY_META = ("description", "og:title", "og:description", "og:site_name")
SELECTORS = ("data-needs",)
# What a tag of the template language quotes: names of files and addresses, codes, and perhaps words.
TAG_OF_WORDS = re.compile(r"{%\s*(?:translate|trans|blocktranslate)\b.*?%}", re.DOTALL)
QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")
HAN = re.compile("[\u3400-\u9fff]")
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
        values = {name: value or "" for name, value in attrs}
        self.found += [f"{name}={value}" for name, value in shown(tag, values) if bare(value)]
        self.found += [
            f"{name}={value}"
            for name, value in values.items()
            if name.startswith("data-") and name not in SELECTORS and reads_like_words(value)
        ]

    def handle_endtag(self, tag: str) -> None:
        if tag in self._inside:
            while self._inside.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not {"script", "style", "kbd"} & set(self._inside) and bare(data):
            self.found.append(" ".join(data.split()))


def bare(text: str | None) -> bool:
    return bool(LETTERS.search(NAMES.sub(" ", text or "")))


def shown(tag: str, values: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The attributes whose words somebody sees or hears."""
    yield from ((name, value) for name, value in values.items() if name in SHOWN)
    meta = {values.get("name"), values.get("property")} & set(SHOWN_BY_META)
    field = tag == "input" and values.get("type") not in ("hidden", "checkbox", "radio")
    yield from ((name, values[name]) for name in ["content"] if meta and name in values)
    yield from ((name, values[name]) for name in ["value"] if field and name in values)


def reads_like_words(text: str) -> bool:
    """For strings that may as well be codes: a capital with small letters, two words, or Chinese."""
    text = NAMES.sub(" ", text)
    return bool(HAN.search(text) or re.search(r"^[A-Z][a-z]+|[a-zA-Z]{2,} [a-zA-Z]{2,}", text))


def quoted_words(source: str) -> Iterator[str]:
    """`{{ name|default:"No name yet" }}`, `{% include "x.html" with label="Send now" %}`."""
    for tag in TAG.findall(TAG_OF_WORDS.sub("", TRANSLATED.sub("", source))):
        for one, other in QUOTED.findall(tag):
            if reads_like_words(one or other):
                yield tag


def bare_words(source: str) -> Iterator[str]:
    words = Words()
    words.feed(TAG.sub("", TRANSLATED.sub("", source)))
    words.close()
    yield from words.found
    yield from quoted_words(source)


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
        '<meta name="description" content="A board">',
        '<meta property="og:title" content="规则">',
        '<input type="submit" value="Send">',
        '<p data-saved="Draft saved">',
        '<p data-saved="已保存">',
        '{{ name|default:"No name yet" }}',
        "{{ name|default:'Nobody' }}",
        '{% include "web/_field.html" with label="Send now" %}',
        '{% include "web/_field.html" with label="发送" %}',
        "Hello {{ name }},",
    ],
)
def test_the_test_sees_it(source: str) -> None:
    assert list(bare_words(source))


def test_the_catalogue_s_words_are_let_through() -> None:
    source = '<p title="{% translate "A" %}">{% translate "Hello" context "to people" %} · 1</p>'
    assert not list(bare_words(source))


def test_codes_are_no_words() -> None:
    source = """<meta name="viewport" content="width=device-width"><input type="hidden" value="DELETE">
    <p data-told="everybody" data-needs="article.post, main p">{{ rows|default:"6" }}
    {% include "web/_social.html" with kind="article" %}{{ a|yesno:"true,false" }}</p>"""
    assert not list(bare_words(source))
