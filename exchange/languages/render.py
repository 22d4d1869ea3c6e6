"""The safe HTML of a post, from CommonMark with tables and strikethrough.

Four walls: no raw HTML is read, links are checked while parsing, the output passes an
allow-list of its own, and whatever goes wrong shows the typed text, escaped.
"""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from html import escape
from importlib import import_module
from typing import NamedTuple

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, link
from markdown_it.token import Token
from mdit_py_cjk_friendly import cjk_friendly

from . import mentions
from .script import han_script, html_lang, language_spans
from .text import is_blank, normalise, without_unprintable

logger = logging.getLogger(__name__)

# fmt: off
ALLOWED_TAGS = frozenset({
    "a", "blockquote", "br", "code", "del", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p",
    "pre", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
})
# fmt: on
# "*" has to be named: nh3 allows `lang` and `title` everywhere otherwise.
ALLOWED_ATTRIBUTES: dict[str, set[str]] = {"*": set(), "a": {"href"}, "ol": {"start"}}
_ALIGNED = {"class": {"align-center", "align-right"}}
ALLOWED_VALUES = {
    "span": {"lang": {"en", "zh-Hans", "zh-Hant"}, "class": {"mention"}, "translate": {"no"}},
    "td": _ALIGNED,
    "th": _ALIGNED,
}
ALLOWED_SCHEMES = frozenset({"http", "https", "mailto"})
LINK_REL = "nofollow ugc noopener noreferrer"

# An address longer than this stays text: nobody reads it, and some browsers do not open it.
MAX_ADDRESS = 2000

# Empty cells that the table extension adds to short rows. Its own limit, 65,536, lets 8 kB of
# text become 0.9 s of work; it can only be set for the process. (The package's attribute of that
# name is the rule, not the module.)
MAX_ADDED_CELLS = 1000
vars(import_module("markdown_it.rules_block.table"))["MAX_AUTOCOMPLETED_CELLS"] = MAX_ADDED_CELLS

# No control characters or spaces, which browsers drop from inside an address.
_SAFE_HREF = re.compile(
    r"(?:https?://[^/\\?#\x00-\x20][^\x00-\x20]*|mailto:[^/\\\x00-\x20]+"
    r"|/(?![/\\])[^\x00-\x20]*|#[^\x00-\x20]*)\Z",
    re.IGNORECASE,
)
# ASCII only: Chinese text goes on right behind an address, without a space between.
_BARE_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9@/._-])(?:https?://[a-z0-9\[]|www\.[a-z0-9-]+\.[a-z])"
    r"[^\x00-\x20\x7f-\U0010ffff<>\"`|\\^{}]*",
    re.IGNORECASE | re.ASCII,  # or the long s and the kelvin sign, which are no part, are s and k
)
_CLOSING_PUNCTUATION = ".,;:!?'*_~"
_BRACKETS = {")": "(", "]": "["}


def render(body: str, language: str, names: Collection[str] = ()) -> str:
    """The HTML of a body in Markdown; `language` as `script.detect` names it.

    `names` are the members called by name in it, as `queries.mentioned` finds them. Runs of `mixed`
    text carry their `lang`, and so does what is Latin in the emphasis of a Chinese one. A single
    newline is a line break. Never raises: what cannot be rendered comes out as escaped text. ""
    gives "".
    """
    body = without_unprintable(normalise(body))
    try:
        return sanitise(_parser().render(body, {"language": language, "names": names}))
    except Exception:
        logger.exception("A post of %d characters could not be rendered", len(body))
        return _escaped(body)


def plain(body: str) -> str:
    """The words of a body without its Markdown, a line for each block, for excerpts and search."""
    body = without_unprintable(normalise(body))
    tokens = _tokens(body)
    return body if tokens is None else _plain(tokens)


class Read(NamedTuple):
    """What readers find in a body: its `words` as in `plain`, but for the addresses that the page puts
    into links of no words, and its `links`: addresses in ASCII, as browsers are given them."""

    words: str
    links: tuple[str, ...]


def read(body: str) -> Read:
    """However it was typed. Never raises: of what cannot be parsed the words are all that is seen."""
    body = without_unprintable(normalise(body))
    tokens = _tokens(body)
    if tokens is None:
        return Read(body, ())
    links = []
    for token in tokens:
        href = ""
        for inner in token.children or ():
            if inner.type == "link_open":
                links.append(href := str(inner.attrs.get("href", "")))
                href = "" if inner.info == "auto" else href
            elif inner.type == "link_close":
                href = ""
            elif inner.content == href:
                inner.content = ""
    return Read(_plain(tokens), tuple(filter(None, links)))


def bare_links(text: str) -> tuple[str, ...]:
    """The links that the page makes of addresses in plain sight, of a text without Markdown: at a
    hundredth of what reading it costs."""
    return tuple(href for _, _, href in _bare_addresses(text, _parser()))


def _tokens(body: str) -> list[Token] | None:
    try:
        return _parser().parse(body, {})
    except Exception:
        logger.exception("A post of %d characters could not be parsed", len(body))
        return None


def _plain(tokens: Sequence[Token]) -> str:
    return "\n".join(filter(None, map(_plain_block, tokens)))


def sanitise(html: str) -> str:
    """Only the allowed elements, attributes and addresses of some HTML. Idempotent.

    Raises UnicodeEncodeError on lone surrogates.
    """
    return _CLEANER.clean(html)


def _escaped(body: str) -> str:
    text = escape(body, quote=False).replace("\xa0", "&nbsp;")
    return f"<p>{text}</p>" if body else ""


def _is_safe_href(href: str) -> bool:
    return _SAFE_HREF.match(href) is not None


def _keep_attribute(_tag: str, name: str, value: str) -> str | None:
    if name == "href":
        return value if _is_safe_href(value) else None
    if name == "start":
        return value if value.isascii() and value.isdigit() else None
    return value


# Immutable once built, and safe to share between threads.
_CLEANER = nh3.Cleaner(
    tags=set(ALLOWED_TAGS),
    attributes=ALLOWED_ATTRIBUTES,
    tag_attribute_values=ALLOWED_VALUES,
    attribute_filter=_keep_attribute,
    url_schemes=set(ALLOWED_SCHEMES),
    link_rel=LINK_REL,
    generic_attribute_prefixes=None,
)


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's hook
        return len(url) <= MAX_ADDRESS and _is_safe_href(url)


_of_this_thread = threading.local()


def _parser() -> _Parser:
    # markdown-it-py does not say whether one parser may work in several threads at once.
    if not hasattr(_of_this_thread, "parser"):
        _of_this_thread.parser = _new_parser()
    parser: _Parser = _of_this_thread.parser
    return parser


def _new_parser() -> _Parser:
    parser = _Parser("commonmark", {"html": False, "breaks": True})
    parser.use(cjk_friendly).enable(["table", "strikethrough"])
    parser.inline.ruler.at("image", _image_as_link)
    for rule in _CORE_RULES:
        parser.core.ruler.push(rule.__name__, rule)
    # After the plugin, which would join two lines of Chinese.
    parser.add_render_rule("softbreak", RendererHTML.hardbreak)
    parser.add_render_rule("s_open", lambda *_: "<del>")
    parser.add_render_rule("s_close", lambda *_: "</del>")
    return parser


def _image_as_link(state: StateInline, silent: bool) -> bool:
    """Read `![alt](address)` as a link to the picture; inside a link only the alt text is left.

    Loading a picture from elsewhere would tell its server who reads the post.
    """
    if not state.src.startswith("![", state.pos):
        return False
    if state.pending and not silent:
        state.pushPending()
    first = len(state.tokens)
    state.pos += 1
    if not link(state, silent):
        state.pos -= 1
        return False
    if not silent and state.linkLevel > 0:
        for token in (state.tokens[first], state.tokens[-1]):
            token.type, token.tag, token.nesting, token.attrs = "text", "", 0, {}
    return True


def _fit_headings(state: StateCore) -> None:
    """The highest heading of a post stands right below the page's own (h2), whatever it was."""
    headings = [token for token in state.tokens if token.type in ("heading_open", "heading_close")]
    highest = min((int(token.tag[1]) for token in headings), default=1)
    for token in headings:
        token.tag = f"h{min(int(token.tag[1]) - highest + 3, 6)}"


def _classify_alignment(state: StateCore) -> None:
    """Say by class what the table extension says by style, which the CSP forbids."""
    for token in state.tokens:
        if token.type in ("th_open", "td_open") and "style" in token.attrs:
            side = str(token.attrs.pop("style")).removeprefix("text-align:")
            if side != "left":
                token.attrs["class"] = f"align-{side}"


def _empty_heads_to_cells(state: StateCore) -> None:
    """The empty corner of a table is a cell: as a heading it would announce nothing."""
    for opening, words, closing in zip(
        state.tokens, state.tokens[1:], state.tokens[2:], strict=False
    ):
        if opening.type == "th_open" and is_blank(words.content):
            opening.tag = closing.tag = "td"


def _name_empty_links(state: StateCore) -> None:
    """Give a link without visible text its address for text: nobody follows what is not seen."""
    _rewrite_inline(state, _with_named_links)


def _with_named_links(tokens: Sequence[Token]) -> Iterator[Token]:
    href, seen = "", True
    for token in tokens:
        if token.type == "link_open":
            href, seen = str(token.attrs.get("href", "")), False
        elif token.type == "link_close" and not seen:
            yield _text(href)
        else:
            seen = seen or not is_blank(token.content)
        yield token


def _link_bare_addresses(state: StateCore) -> None:
    _rewrite_inline(state, lambda tokens: _with_linked_addresses(tokens, state.md))


def _with_linked_addresses(tokens: Sequence[Token], parser: MarkdownIt) -> Iterator[Token]:
    in_link = False
    for token in tokens:
        if token.type in ("link_open", "link_close"):
            in_link = token.type == "link_open"
        if token.type == "text" and not in_link:
            yield from _split_at_addresses(token, parser)
        else:
            yield token


def _split_at_addresses(token: Token, parser: MarkdownIt) -> Iterator[Token]:
    text, done = token.content, 0
    for start, address, href in _bare_addresses(text, parser):
        yield _text(text[done:start])
        yield Token("link_open", "a", 1, attrs={"href": href}, info="auto")
        yield _text(address)
        yield Token("link_close", "a", -1, info="auto")
        done = start + len(address)
    yield _text(text[done:]) if done else token


def _bare_addresses(text: str, parser: MarkdownIt) -> Iterator[tuple[int, str, str]]:
    """(where it begins, as it stands there, where it leads)"""
    for match in _BARE_ADDRESS.finditer(text):
        address = _without_trailing(match[0])
        href = address if address[:4].lower() == "http" else f"https://{address}"
        href = parser.normalizeLink(href) if len(href) <= MAX_ADDRESS else ""
        if parser.validateLink(href):
            yield match.start(), address, href


def _without_trailing(address: str) -> str:
    """The address without the sentence's punctuation and unbalanced brackets at its end."""
    surplus = {close: address.count(close) - address.count(_BRACKETS[close]) for close in _BRACKETS}
    end = len(address)
    while end:
        last = address[end - 1]
        if surplus.get(last, 0) > 0:
            surplus[last] -= 1
        elif last not in _CLOSING_PUNCTUATION:
            break
        end -= 1
    return address[:end]


def _mark_mentions(state: StateCore) -> None:
    """After addresses, whose `@` calls nobody; links and code are no place for it either."""
    if names := state.env.get("names"):
        _rewrite_inline(state, lambda tokens: _with_mentions(tokens, names))


def _with_mentions(tokens: Sequence[Token], names: Collection[str]) -> Iterator[Token]:
    in_link = False
    for token in tokens:
        if token.type in ("link_open", "link_close"):
            in_link = token.type == "link_open"
        if token.type == "text" and not in_link:
            yield from _split_at_mentions(token, names)
        else:
            yield token


def _split_at_mentions(token: Token, names: Collection[str]) -> Iterator[Token]:
    text, done = token.content, 0
    for start, end in mentions.find(text, names):
        yield _text(text[done:start])
        attributes: dict[str, str | int | float] = {"class": "mention", "translate": "no"}
        yield Token("mention_open", "span", 1, attrs=attributes, info="auto")
        yield _text(text[start:end])
        yield Token("mention_close", "span", -1, info="auto")
        done = end
    yield _text(text[done:]) if done else token


def _tag_languages(state: StateCore) -> None:
    """Mark the Han and the Latin runs of mixed text, so that each is read in its own way.

    In Chinese text only what is Latin and emphasised: it gets no dots, which are for Han alone. A
    quotation may be in the other language than the answer to it.
    """
    language = str(state.env.get("language") or "")
    chinese = language if language.startswith("zh") else han_script(state.src)
    depth = 0
    for token in state.tokens:
        depth += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        if not token.children:
            continue
        if language == "mixed" or (depth and language in ("en", chinese)):
            token.children = list(_with_languages(token.children, chinese))
        elif language == chinese:
            token.children = list(_with_latin_emphasis(token.children, language))


def _with_latin_emphasis(tokens: Sequence[Token], chinese: str) -> Iterator[Token]:
    depth, emphasised = 0, list[Token]()
    for token in tokens:
        depth += {"em_open": 1, "em_close": -1}.get(token.type, 0)
        if not depth and not emphasised:
            yield token
            continue
        emphasised.append(token)
        if not depth:
            yield from _with_languages(emphasised, chinese, only="en")
            emphasised = []


def _with_languages(tokens: Sequence[Token], chinese: str, only: str = "") -> Iterator[Token]:
    """A span lasts over line breaks, until the language changes or an element begins or ends.

    `only` one of the languages may be wanted.
    """
    current, in_none = "", False
    for token in tokens:
        if token.info == "auto":  # a bare or <angled> address is in no language, nor is a name
            in_none = token.nesting == 1
        if token.type == "text" and not in_none:
            for language, text in _by_language(token.content, chinese):
                tagged = language if only in ("", language) else ""
                if language and tagged != current:
                    yield from _change_language(current, tagged)
                    current = tagged
                yield _text(text)
            continue
        if current and token.type not in ("softbreak", "hardbreak"):
            yield from _change_language(current, "")
            current = ""
        yield token
    yield from _change_language(current, "")


def _by_language(text: str, chinese: str) -> Iterator[tuple[str, str]]:
    """(language, piece) for the whole text; the language is "" where it has no letters."""
    spans = list(language_spans(text, chinese)) or [(0, len(text), "")]
    done = 0
    for start, end, language in spans:
        if start > done:  # kana and the like
            yield "", text[done:start]
        yield language, text[start:end]
        done = end
    if done < len(text):
        yield "", text[done:]


def _change_language(current: str, language: str) -> Iterator[Token]:
    if current:
        yield Token("lang_close", "span", -1)
    if language:
        yield Token("lang_open", "span", 1, attrs={"lang": html_lang(language)})


# In this order: addresses are known by the time that names are looked for and languages told apart.
_CORE_RULES: tuple[Callable[[StateCore], None], ...] = (
    _fit_headings,
    _classify_alignment,
    _empty_heads_to_cells,
    _name_empty_links,
    _link_bare_addresses,
    _mark_mentions,
    _tag_languages,
)


def _rewrite_inline(
    state: StateCore, rewrite: Callable[[Sequence[Token]], Iterator[Token]]
) -> None:
    for token in state.tokens:
        if token.children:
            token.children = list(rewrite(token.children))


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _plain_block(token: Token) -> str:
    if token.type in ("fence", "code_block"):
        return token.content.strip("\n")
    return "".join(map(_plain_inline, token.children or ())).strip()


def _plain_inline(token: Token) -> str:
    return "\n" if token.type in ("softbreak", "hardbreak") else token.content
