"""What lets a phone keep the site among its apps, and what it shows without a network."""

import json

import pytest
from django.contrib.staticfiles import finders
from PIL import Image

LANGUAGES = [
    ("en", "en", "Exchange"),
    ("zh-hans", "zh-Hans", "交流"),
    ("zh-hant", "zh-Hant", "交流"),
]


@pytest.mark.parametrize(("code", "lang", "name"), LANGUAGES)
def test_the_manifest_is_in_the_page_s_language_and_its_icons_exist(code, lang, name, client, db):
    answer = client.get(f"/{code}/manifest.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    told = json.loads(answer.content)
    assert (told["lang"], told["short_name"], told["start_url"]) == (lang, name, f"/{code}/")
    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}
    (shortcut,) = told["shortcuts"]
    assert (shortcut["name"] == "Start a thread") == (lang == "en")
    for icon in told["icons"] + shortcut["icons"]:
        path = finders.find(icon["src"].removeprefix("/static/"))
        with Image.open(path) as picture:
            assert "x".join(map(str, picture.size)) == icon["sizes"]
    for address in (told["start_url"], shortcut["url"]):
        assert address.startswith(told["scope"]) and client.get(address).status_code == 200
    assert told["id"] == "/" and told["dir"] == "ltr" and told["display"] == "minimal-ui"
    assert "public" in answer["Cache-Control"] and "Set-Cookie" not in answer
    page = client.get(f"/{code}/").content.decode()
    assert f'<link rel="manifest" href="/{code}/manifest.webmanifest">' in page


@pytest.mark.parametrize(("code", "lang", "name"), LANGUAGES)
def test_the_page_without_a_network_is_the_same_for_everybody(
    code, lang, name, mei, client, log_in
):
    page = client.get(f"/{code}/offline/")
    assert f'<html lang="{lang}">' in page.content.decode()
    assert log_in(mei).get(f"/{code}/offline/").content == page.content
    assert "public" in page["Cache-Control"]


def test_the_worker_keeps_those_pages_and_the_styles_and_nothing_else(client, db):
    answer = client.get("/sw.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert "no-cache" in answer["Cache-Control"]
    script = answer.content.decode()
    assert '["/en/offline/", "/zh-hans/offline/", "/zh-hant/offline/"]' in script
    assert script.count(".css") == 4
    assert "threads" not in script
