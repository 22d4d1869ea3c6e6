"""A page as a browser's parser reads it: its language, its fields with their values, its links."""

from html.parser import HTMLParser
from typing import Any

from exchange.languages.text import normalise

VOID = {"input", "meta", "link", "br", "hr", "img"}


class Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.lang = ""
        self.values: dict[str, list[str]] = {}  # of inputs and text areas, by name
        self.texts: list[str] = []  # of text areas without a name: what was typed, to copy
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self._area: tuple[str | None, list[str]] | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = {name: value or "" for name, value in attrs}
        self.elements.append((tag, given))
        if tag == "html":
            self.lang = given.get("lang", "")
        if tag == "input" and "name" in given:
            self.values.setdefault(given["name"], []).append(given.get("value", ""))
        if tag == "textarea":
            self._area = (given.get("name"), [])

    def handle_data(self, data: str) -> None:
        (self._area[1] if self._area else self.words).append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:
            name, parts = self._area
            # A browser drops the first line end of a text area.
            text = "".join(parts).replace("\r\n", "\n").removeprefix("\n")
            if name:
                self.values.setdefault(name, []).append(text)
            else:
                self.texts.append(text)
            self._area = None

    def value(self, name: str) -> str:
        return self.values.get(name, [""])[0]

    @property
    def kept(self) -> list[str]:
        """All that somebody could send again or copy, in its normal form."""
        named = [value for values in self.values.values() for value in values]
        return [normalise(value) for value in [*named, *self.texts]]

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


def page(response: Any) -> Page:
    return Page(response.content.decode(errors="replace"))


def keeps(response: Any, typed: str) -> bool:
    """Whether what was typed can be sent again, or copied, from the page that answered."""
    return normalise(typed) in page(response).kept
