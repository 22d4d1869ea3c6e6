"""What the gates see of a text: as it is typed, as it is read, and where its links lead."""

import random
import re
from html import unescape
from urllib.parse import urlsplit

import pytest

from exchange.boards import screening
from exchange.languages.actions import Draft
from exchange.languages.render import render
from exchange.safety import actions as safety
from exchange.safety.gates import sites
from exchange.safety.watching import Entry, Filters
from tests.cast import reply

# Each is a link on the page, to a site that is not ours.
LINKS = [
    "look [here](&#104;ttps://spam.example/a)",
    r"[x](https:\/\/spam.example)",
    "[x][1]\n\n[1]: &#104;ttps://spam.example/a",
    "![cat](https&colon;//spam.example/cat.png)",
    "<https://spam.example>",
    "看www.spam.example吧",
    "看HTTPS://spam.example吧",
    "see www&period;spam.example today",
    "_www.spam.example_",
    "**www.spam.example**",
    "ａwww.spam.example",
    "a\u200bwww.spam.example",
    "http://[2001:db8::1]/a",
    "[x](https://ｓｐａｍ.example)",
    "[x](https://&#xFF53;pam.example)",
    "[x](https://例子.中国)",
    "[x](<https://(spam.example>)",
    "[x](https://exchange.example@spam.example/)",
    "[x](https://exchange.example%5C@spam.example/)",
    "[x](https://exchange.example.spam.example/)",
    "[x](https://еxchange.example/)",  # its first letter is Cyrillic
    "[x](https://exchange.example) [y](&#104;ttps://spam.example)",
]

OURS = [
    "https://exchange.example/threads/1/",
    "（见https://exchange.example/threads/1/）",
    "It is at https://exchange.example. Have a look.",
    "地址：https://exchange.example：好用",
    "**https://exchange.example**",
    "[here](&#104;ttps://exchange.example/threads/1/)",
    "[x](/threads/1/) [y](#post-2) /posts/2/",
    "[x](mailto:a@spam.example)",
    "I run (www) a shop: http or https?",
]


@pytest.fixture
def our_host(settings):
    settings.SITE_HOST = "exchange.example"


@pytest.mark.parametrize("body", LINKS)
def test_a_newcomers_link_waits_however_it_is_typed(our_host, thread, sam, body):
    assert reply(sam, thread, body).state == "held"


@pytest.mark.parametrize("body", OURS)
def test_what_leads_to_no_other_site_is_shown_at_once(our_host, thread, sam, body):
    assert reply(sam, thread, body).state == "shown"


def test_a_newcomers_title_is_looked_at_like_a_text(our_host, sam, rent):
    verdict = screening.of_new(sam, [Draft("看www.spam.example"), Draft("面条")])
    assert (verdict.answer, verdict.why) == ("hold", "link")


# What links are made of, and what ends or hides them.
PIECES = [
    *(
        "https://",
        "HTTP://",
        "www.",
        "spam",
        ".",
        "com",
        "exchange.example",
        "8000",
        "看",
        "ａ",
        "ſ",
    ),
    *(
        "[",
        "]",
        "(",
        ")",
        "<",
        ">",
        "\\",
        "*",
        "_",
        "~~",
        "`",
        "!",
        "@",
        "/",
        ":",
        "#",
        "|",
        "- ",
        "1. ",
    ),
    *(
        "> ",
        "^",
        "{",
        '"',
        "'",
        ",",
        ";",
        "?",
        "-",
        " ",
        "\n",
        "\n\n",
        "。",
        "：",
        "\u200b",
        "[1]: ",
    ),
    *("&#104;", "&period;", "&colon;", "&amp;", "%5C", "xn--"),
]


def test_no_link_that_the_page_makes_is_overlooked():
    """Of random texts: whatever leads elsewhere on the page is a site to the gates."""
    chance = random.Random(7)
    for _ in range(2_000):
        body = "".join(chance.choices(PIECES, k=chance.randint(3, 14)))
        hrefs = re.findall(r'href="(https?://[^"]*)"', render(body, "en"), re.IGNORECASE)
        hosts = {urlsplit(unescape(href)).netloc.lower().rpartition("@")[2] for href in hrefs}
        if {host.rstrip(".,:;!*_~") for host in hosts} - {"exchange.example"}:
            seen = screening.views(body, "")
            assert any(sites(one.text, one.links, "exchange.example") for one in seen), body


WATCHED = [
    "[x](https://&#115;pam.example/)",
    "[x](https://spam&period;example/)",
    "[x](<https://&#115;pam.example>)",
    "[x][1]\n\n[1]: https://&#115;pam.example",
    r"[x](https://spam\.example)",
    "![x](https://&#115;pam.example/a.png)",
    "[x](https://&#xFF53;pam&#x3002;example)",
    "[x](https://xn--pam-p96s.example)",  # "ｓpam": nobody's domain, and read as one
    "[x](https://sp%61m.example/)",
    "[x](mailto:a@&#115;pam.example)",
    "spam[.]example",
    "spam（点）example",
    "spam(。)example",
    "spam · example",
    "spam「dot」example",
]


@pytest.mark.parametrize("body", WATCHED)
def test_a_watched_domain_is_found_however_it_is_typed(thread, mei, lin, rules, body):
    watch = safety.add_watch(
        by=lin, sort="domain", kind="hold", text="spam.example", language="", rule=rules["spam"]
    )
    safety.activate(by=lin, watch=watch)
    assert reply(mei, thread, body).state == "held"


@pytest.mark.parametrize(
    "body",
    [
        "刷[](https://a.example)单",
        '刷[](https://a.example "这里")单',
        "刷![](https://a.example/b.png)单",
        "刷[](https://a.example/\\))单",
        "刷[]()单",
    ],
)
def test_what_a_link_without_words_stands_between_is_one_word(thread, mei, lin, rules, body):
    watch = safety.add_watch(
        by=lin, sort="word", kind="hold", text="刷单", language="", rule=rules["spam"]
    )
    safety.activate(by=lin, watch=watch)
    assert reply(mei, thread, body).state == "held"


def test_plain_words_are_not_parsed(monkeypatch, thread, sam):
    """Reading Markdown costs as much as a thousand words that are looked for."""
    monkeypatch.setattr(screening, "read", lambda body: pytest.fail(f"parsed: {body}"))
    assert screening.of_new(sam, [Draft("Rent: 3,500 a month (no bills).\n\n- *a*\n- b")]).review
    assert screening.of_new(sam, [Draft("See https://spam.example/a")]).holds


def test_a_trial_finds_links_too(thread, mei):
    post = reply(mei, thread, "[x](https://&#115;pam.example/)")
    assert screening.catches(Filters([Entry(1, "domain", "hold", "spam.example")]), post)
