"""Nothing that a member types becomes script, style or a link to anywhere but the web.

Links are judged as a browser would: without the controls and spaces that it drops.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import product

import pytest

from exchange.languages import render

TAGS = {
    *["a", "blockquote", "br", "code", "del", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p"],
    *["pre", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"],
}
LANGS = {"en", "zh-Hans", "zh-Hant"}
CLASSES = {"align-center", "align-right"}
MENTION = {"class": {"mention"}, "translate": {"no"}}
REL = "nofollow ugc noopener noreferrer"

ELEMENTS = [
    *["a", "b", "img", "svg", "math", "script", "style", "iframe", "object", "embed", "form"],
    *["input", "button", "body", "video", "audio", "details", "marquee", "template", "base"],
    *["link", "meta", "area", "span", "td", "ol", "noscript", "textarea", "title", "xmp", "mglyph"],
]
ATTRIBUTES = [
    *["onclick=alert(1)", "onerror='alert(1)'", 'onload="alert(1)"', "ONMOUSEOVER=alert(1)"],
    *["style=position:fixed", "id=location", "class=htmx-request", "name=cookie", "title=x"],
    *["hx-get=/x", "data-hx-get=/x", "hx-on:click=alert(1)", "hx-trigger=load", "data-hx-post=/x"],
    *["href=javascript:alert(1)", "xlink:href=data:,x", "src=//evil/x", "srcdoc=<script>"],
    *[
        "formaction=javascript:alert(1)",
        "href=//evil",
        "background=javascript:x",
        "lang=x onload=y",
    ],
    *["start='1 onload=x'", "href='/\\evil'", "href='\x01javascript:alert(1)'", "ping=//evil"],
]
SCRIPTS = [
    *[
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "\tjavascript:alert(1)",
    ],
    *[
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "javascript\n:x",
    ],
    *["vbscript:x", "data:text/html,<script>alert(1)</script>", "data:text/html;base64,PHN2Zz4="],
    *["view-source:http://a", "file:///etc/passwd", "blob:http://a/b", "//evil.example", "///evil"],
    *["/\\evil", "\\\\evil", "http:evil", "https:/evil", "x:y", "javascript:alert(1)//http://a"],
    *["\u2028javascript:alert(1)", "feed:javascript:alert(1)", "/\t/evil", "intent://a#x"],
]
ENCODINGS = {
    "as typed": lambda text: text,
    "decimal": lambda text: "".join(f"&#{ord(char)};" for char in text),
    "hexadecimal": lambda text: "".join(f"&#x{ord(char):x};" for char in text),
    "percent": lambda text: "".join(f"%{byte:02x}" for byte in text.encode()),
    "named": lambda text: text.replace(":", "&colon;").replace("\t", "&Tab;"),
}
FORMS = {
    "link": "[x]({})",
    "link in angles": "[x](<{}>)",
    "link with title": '[x]({} "y\\" onclick=alert(1)")',
    "picture": "![x]({})",
    "picture in link": "[![x]({0})]({0})",
    "reference": "[x][r]\n\n[r]: {}",
    "reference in angles": "[r]\n\n[r]: <{}> 'onload=x'",
    "autolink": "<{}>",
    "bare": "看{}",
    "behind an address": "http://a.b/{}",
    "element": "<a href='{}'>x</a>",
    "in a table": "|[x]({})|\n|-|\n|[y]({})|",
}
BREAKOUTS = [
    '[x](http://a.b/"onclick="alert(1))',
    "[x](http://a.b/'onclick='alert(1))",
    'http://a.b/"onmouseover=alert(1)//',
    "http://a.b/<script>alert(1)</script>",
    '<http://a.b/?"onclick=alert(1)>',
    '```"onclick=alert(1)\nx\n```',
    "```</code><script>alert(1)</script>\n</code></pre><script>\n```",
    "`</code><img src=x onerror=alert(1)>`",
    '[x]: http://a.b/ "><script>alert(1)</script>"\n\n[x]',
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[><script>alert(1)</script>]]>",
    "<?xml x='><script>alert(1)</script>'?>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img onerror=x&gt;">',
    '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "\\<script>alert(1)\\</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    '<a href="&#x6a;avascript:alert(1)">x</a>',
    "|a|\n|:-: style=x|\n|b|",
]


def vectors() -> Iterator[str]:
    for element, attribute in product(ELEMENTS, ATTRIBUTES):
        yield f"<{element} {attribute}>x</{element}>"
        yield f"**a**<{element}/{attribute}//"
    for form, encode, script in product(FORMS.values(), ENCODINGS.values(), SCRIPTS):
        yield form.format(encode(script), encode(script))
    yield from BREAKOUTS


VECTORS = list(vectors())


class Reader(HTMLParser):
    """What of a page a test does not want to see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if not is_allowed(tag, name, value or ""):
                self.faults.append(f"{tag}[{name}={value}]")
        if tag not in TAGS:
            self.faults.append(tag)

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"comment {data}")

    def handle_decl(self, decl: str) -> None:
        self.faults.append(f"declaration {decl}")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"instruction {data}")


def is_allowed(tag: str, name: str, value: str) -> bool:
    match tag, name:
        case "a", "href":
            return leads_somewhere_safe(value)
        case "a", "rel":
            return value == REL
        case "ol", "start":
            return value.isdigit()
        case "span", "lang":
            return value in LANGS
        case "span", ("class" | "translate"):
            return value in MENTION[name]
        case (("td" | "th"), "class"):
            return value in CLASSES
    return False


def leads_somewhere_safe(href: str) -> bool:
    seen = re.sub(r"[\t\n\r]", "", href).strip("".join(map(chr, range(33))))
    return bool(
        re.match(r"https?://[^/\\?#]|mailto:", seen, re.IGNORECASE)
        or re.match(r"/(?![/\\])|#", seen)
    )


def faults(html: str) -> list[str]:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.faults


def test_the_allow_list_is_the_one_that_was_agreed() -> None:
    aligned = {"class": CLASSES}
    attributes = {"*": set(), "a": {"href"}, "ol": {"start"}}
    values = {"span": {"lang": LANGS, **MENTION}, "td": aligned, "th": aligned}
    assert render.ALLOWED_TAGS == TAGS
    assert attributes == render.ALLOWED_ATTRIBUTES
    assert values == render.ALLOWED_VALUES
    assert sorted(render.ALLOWED_SCHEMES) == ["http", "https", "mailto"]
    assert render.LINK_REL == REL


def test_there_are_enough_vectors() -> None:
    assert len(set(VECTORS)) >= 300


@pytest.mark.parametrize("language", ["en", "mixed"])
def test_no_vector_gets_through_as_markdown(language: str) -> None:
    found = {vector: faults(render.render(vector, language)) for vector in VECTORS}
    assert {vector: fault for vector, fault in found.items() if fault} == {}


@pytest.mark.parametrize("sign", ["@mei", "＠小美", "@mei</span>", '@mei" onload="x'])
def test_no_vector_gets_through_beside_a_mention(sign: str) -> None:
    names = {"mei", "小美"}
    found = {v: faults(render.render(f"{sign}{v} 好{sign}", "mixed", names)) for v in VECTORS}
    assert {vector: fault for vector, fault in found.items() if fault} == {}


def test_no_vector_gets_through_as_html() -> None:
    found = {vector: faults(render.sanitise(vector)) for vector in VECTORS}
    assert {vector: fault for vector, fault in found.items() if fault} == {}


def test_cleaning_twice_changes_nothing_more() -> None:
    outputs = [clean for v in VECTORS for clean in (render.render(v, "mixed"), render.sanitise(v))]
    assert [html for html in outputs if render.sanitise(html) != html] == []


def test_the_reader_of_these_tests_sees_faults() -> None:
    bad = (
        '<img src=x><a href="//evil">x</a><p hx-get=/>x</p><!--x--><a href=" java\nscript:x">x</a>'
    )
    assert len(faults(bad)) == 6


@pytest.mark.parametrize("prefix", ["hx-", "data-hx-", "data-", "on", "aria-", "x-on:", "@"])
@pytest.mark.parametrize("tag", sorted(TAGS))
def test_no_attribute_that_a_script_obeys_survives_on_any_element(tag: str, prefix: str) -> None:
    dirty = f'<{tag} {prefix}get="/x" {prefix}click="alert(1)">x</{tag}>'
    assert "/x" not in render.sanitise(dirty)
    assert "alert" not in render.sanitise(dirty)
    assert f"<{tag}" not in render.render(dirty, "en").replace("<p>", "", 1)
