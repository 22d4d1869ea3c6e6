"""A mail's two parts: one source of words, in the recipient's language."""

import re
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from exchange.accounts.adapter import Adapter
from exchange.accounts.letters import Block, blocks

FOLDER = Path(settings.BASE_DIR) / "templates" / "account" / "email"
MAILS = sorted(
    path.name.removesuffix("_message.txt")
    for path in FOLDER.glob("*_message.txt")
    if not path.name.startswith("base")
)
LANGUAGES = {"en": "en", "zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}
HAN = re.compile("[\u4e00-\u9fff]")
ADDRESS = re.compile(r"https?://[^\s<>\"]+")


def context(language: str) -> dict[str, Any]:
    link = f"{settings.SITE_URL}/{language}/accounts/somewhere/?a=1&b=2"
    links = ("activate_url", "password_reset_url", "signup_url")
    return dict.fromkeys(links, link) | {
        "user": SimpleNamespace(username="<b>小美</b>"),
        "email": "mei@example.org",
        "from_email": "old@example.org",
        "to_email": "new@example.org",
        "deleted_email": "old@example.org",
        "ip": "127.0.0.1",
        "timestamp": "2026-03-05 15:30",
        "user_agent": "<script>alert(1)</script>",
        "site_url": settings.SITE_URL,
        "language": language,
    }


def mail(name: str, language: str) -> Any:
    with translation.override(language):
        return Adapter().render_mail(f"account/email/{name}", "mei@example.org", context(language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", MAILS)
def test_both_parts_of_every_mail_say_the_same_in_one_language(name: str, language: str) -> None:
    message = mail(name, language)
    ((html, kind),) = ((part.content, part.mimetype) for part in message.alternatives)
    assert kind == "text/html" and f'<html lang="{LANGUAGES[language]}">' in html
    links = set(ADDRESS.findall(message.body))
    assert set(map(unescape, ADDRESS.findall(html))) == links
    assert all(link.startswith(settings.SITE_URL) for link in links)
    shown = unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL))
    for line in filter(None, map(str.strip, message.body.replace("-- ", "").splitlines())):
        assert " ".join(line.split()) in " ".join(shown.split())
    said = [line for line in message.body.splitlines() if line and "http" not in line]
    own = [line for line in said if not line.startswith(("-- ", "Exchange"))]
    assert own and all(
        bool(HAN.search(line)) == (language != "en") or "小美" in line for line in own
    )


def test_names_and_browsers_are_only_words_in_the_html() -> None:
    html = mail("email_changed", "en").alternatives[0].content
    assert "<script>alert" not in html and "&lt;script&gt;alert" in html


def test_a_link_of_its_own_line_is_a_button_and_the_signature_is_apart() -> None:
    said, signature = blocks(
        "Hello,\n\nfollow this:\nhttps://example.org/a\n\nBye.\n\n-- \nExchange\n"
    )
    assert said == [
        Block(("Hello,",)),
        Block(("follow this:",)),
        Block(link="https://example.org/a"),
        Block(("Bye.",)),
    ]
    assert signature == ["Exchange"]


def test_the_layout_asks_nobody_else_for_anything() -> None:
    html = render_to_string("email/letter.html", {"blocks": [], "signature": []})
    assert not re.search(r"src=|@import|url\(", html)
