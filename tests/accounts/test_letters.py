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
from exchange.config import colours

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
        "Hello,\nit is time.\nConfirm it\nhttps://example.org/a\n\nBye.\n\n-- \nExchange\n"
    )
    assert said == [
        Block(("Hello,", "it is time.")),
        Block(link="https://example.org/a", label="Confirm it"),
        Block(("Bye.",)),
    ]
    assert signature == ["Exchange"]
    assert blocks("https://example.org/a")[0] == [Block(link="https://example.org/a")]


BUTTONS = {
    "email_confirmation": ("Confirm my address", "确认邮箱"),
    "email_confirmation_signup": ("Confirm my address", "确认邮箱"),
    "password_reset_key": ("Choose a new password", "设置新密码"),
    "account_already_exists": ("Choose a new password", "设置新密码"),
    "unknown_account": ("Sign up", "注册"),
}
NOT_ME = ("It was not me: reset the password", "不是我：重设密码")


@pytest.mark.parametrize("name", MAILS)
def test_every_button_says_what_it_does(name: str) -> None:
    for language, label in zip(("en", "zh-hans"), BUTTONS.get(name, NOT_ME), strict=True):
        html = mail(name, language).alternatives[0].content
        assert re.findall(r'<a class="button"[^>]*>([^<]*)</a>', html) == [label]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_time_says_that_it_is_utc(language: str) -> None:
    assert re.search(r"2026-03-05 15:30 ?[(（]UTC", mail("password_changed", language).body)


def test_a_mail_has_a_heading_and_says_which_name_is_in_which_language() -> None:
    html = mail("password_changed", "en").alternatives[0].content
    assert "<main" in html and "<h1>Your password was changed</h1>" in html
    foot = html.partition("<footer")[2]
    assert '<span lang="en">Exchange</span> · <span lang="zh-Hans">交流</span>' in foot


def test_its_colours_are_the_sites_in_light_and_dark() -> None:
    """Mail programs know no custom properties, so they stand there twice."""
    style = (Path(settings.BASE_DIR) / "templates/email/letter.html").read_text()
    light, _, dark = style.partition("prefers-color-scheme: dark")
    themes = colours.themes()
    for part, theme in ((light, themes[0]), (dark, themes[2])):
        body, letter, button = (rule(part, name) for name in ("body", ".letter", ".button"))
        assert (body["background"], body["color"]) == (theme["paper"], theme["ink"])
        assert letter["background"] == theme["sheet"]
        assert theme["line"] in (letter.get("border", "") + letter.get("border-color", ""))
        assert rule(part, ".brand b")["color"] == theme["other"]
        assert (button["background"], button["color"]) == (theme["accent"], theme["on-accent"])
        assert rule(part, ".address, .signature")["color"] == theme["ink-2"]
        assert set(COLOUR.findall(part.partition("</style>")[0])) <= set(theme.values())


COLOUR = re.compile(r"#[0-9a-f]{6}")


def rule(style: str, selector: str) -> dict[str, str]:
    """The declarations of the first rule with exactly this selector."""
    found = re.search(rf"^ *{re.escape(selector)} {{(.*?)}}", style, re.MULTILINE)
    assert found, selector
    pairs = (declaration.split(":", 1) for declaration in found[1].split(";") if ":" in declaration)
    return {name.strip(): value.strip() for name, value in pairs}


def test_the_layout_asks_nobody_else_for_anything() -> None:
    html = render_to_string("email/letter.html", {"blocks": [], "signature": []})
    assert not re.search(r"src=|@import|url\(", html)
