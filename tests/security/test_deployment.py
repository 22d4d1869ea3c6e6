"""Check 61, embedded: a wrong deployment is refused, and every answer carries the headers.

What settings do is asked of a process of its own, as `manage.py check` in production would.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils.csp import build_policy

from exchange.boards import queries as board_queries
from exchange.config import checks
from tests.access.world import World

ROOT = Path(__file__).resolve().parents[2]
KEY = "prod-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ"
PRODUCTION = {
    "SITE_URL": "https://exchange.example",
    "SECRET_KEY": KEY,
    "DATABASE_URL": "postgres://exchange@127.0.0.1:1/exchange",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "EMAIL_URL": "smtp://127.0.0.1:1",
    "TRUSTED_PROXIES": "1",
}


def check(folder: Path, **changes: str | None) -> subprocess.CompletedProcess[str]:
    """`manage.py check --deploy` in the production profile with these changes to it."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    wanted = {
        **PRODUCTION,
        "DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "exchange.config.settings",
    }
    env = kept | {name: value for name, value in (wanted | changes).items() if value is not None}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)


def test_the_production_profile_has_no_warning(tmp_path: Path) -> None:
    found = check(tmp_path)
    assert (found.returncode, found.stderr) == (0, "")


def test_a_wrong_deployment_is_refused_with_every_reason(tmp_path: Path) -> None:
    wrong = {
        "exchange.E001": {"DEMO": "1"},
        "exchange.E002": {"DEBUG": "1"},
        "exchange.E003": {"ALLOWED_HOSTS": "exchange.example,*"},
        "exchange.E004": {"SECRET_KEY": "too-short"},
        "exchange.E005": {"SITE_URL": "http://exchange.example"},
    }
    found = check(tmp_path, **{k: v for changes in wrong.values() for k, v in changes.items()})
    assert found.returncode != 0
    assert [name for name in wrong if name not in found.stderr] == []


WRONG = {
    "DEMO": ("DEMO", True, "exchange.E001"),
    "DEBUG": ("DEBUG", True, "exchange.E002"),
    "any host": ("ALLOWED_HOSTS", ["*"], "exchange.E003"),
    "short key": ("SECRET_KEY", "x" * 49, "exchange.E004"),
    "plain HTTP": ("SITE_URL", "http://exchange.example", "exchange.E005"),
    "pictures over plain HTTP": ("MEDIA_ORIGIN", "http://media.example", "exchange.E009"),
    "pictures instead of pages": ("MEDIA_ORIGIN", "https://exchange.example", "exchange.E010"),
}


@pytest.mark.parametrize("name", list(WRONG))
def test_each_fault_of_a_deployment_is_refused_by_itself(name: str, settings: Any) -> None:
    settings.EMBEDDED, settings.SITE_URL = False, "https://exchange.example"
    assert not [m for m in checks.deployment(None) if m.id.startswith("exchange.E")]
    setting, value, wanted = WRONG[name]
    setattr(settings, setting, value)
    assert [m.id for m in checks.deployment(None) if m.id.startswith("exchange.E")] == [wanted]


def test_a_site_without_limits_is_warned_of(settings: Any) -> None:
    settings.EMBEDDED = False
    found = {}
    for settings.LIMITS in (True, False):
        found[settings.LIMITS] = [m.id for m in checks.deployment(None)]
    assert "exchange.W004" in found[False] and "exchange.W004" not in found[True]


def test_a_bucket_far_away_over_plain_http_is_warned_of(settings: Any) -> None:
    def ids(endpoint: str) -> list[str]:
        options = {"OPTIONS": {"endpoint_url": endpoint}}
        settings.STORAGES = settings.STORAGES | {"default": options}
        return [m.id for m in checks.deployment(None) if m.id == "exchange.W003"]

    assert ids("http://bucket.example") == ["exchange.W003"]
    assert ids("http://127.0.0.1:9000") == ids("https://bucket.example") == []


def test_what_only_looks_like_localhost_is_public(tmp_path: Path) -> None:
    for url in ("http://localhost.example:8000", "http://127.0.0.1.example"):
        assert "exchange.E001" in check(tmp_path, SITE_URL=url, DEMO="1").stderr, url


def test_the_cookies_of_production_are_bound_to_the_host_and_to_https(tmp_path: Path) -> None:
    names = "SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SESSION_COOKIE_HTTPONLY CSRF_COOKIE_HTTPONLY"
    code = (
        "from exchange.config import settings as s; from django.conf import global_settings as g\n"
        "get = lambda n: getattr(s, n, getattr(g, n))\n"
        f"print([get(n) for n in '{names}'.split()], s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME,"
        " s.DEBUG, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS >= 31536000)"
    )
    env = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), **PRODUCTION}
    command = [sys.executable, "-c", code]
    found = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)
    assert found.stdout.split("]")[0] == "[True, True, True, True", found.stderr
    assert "__Host-sessionid __Host-csrftoken False True True" in found.stdout


# Headers


HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def fault(*args: Any, **kwargs: Any) -> None:
    raise RuntimeError("a fault of the site, for its 500 page")


def answers(world: World, monkeypatch: Any) -> dict[str, Any]:
    """One of each kind of answer."""
    stranger, member = world.browser("anonymous"), world.browser("author")
    thread = world.threads["public"].pk
    big = b"body=" + b"a" * 12_000_000
    urlencoded = "application/x-www-form-urlencoded"
    member.post(f"/en/threads/{thread}/posts/", {"body": "x", "client_id": "used"})
    found = {
        "200": stranger.get("/en/"),
        "200 JSON": stranger.get("/healthz"),
        "200 changes": stranger.get(f"/en/threads/{thread}/changes?since=0"),
        "302": stranger.get("/"),
        "302 without a language": stranger.get("/rules/"),
        "302 after a form": member.post(f"/en/threads/{thread}/posts/", {"body": "y"}),
        "400 query": stranger.get("/zh-hans/?page=%ff"),
        "400 NUL in the path": stranger.get("/zh-hans/%00/"),
        "400 form": member.post("/zh-hans/threads/new/", b"body=%ff", content_type=urlencoded),
        "400 host": stranger.get("/zh-hans/", headers={"host": "evil.example"}),
        "403": stranger.post("/zh-hans/threads/new/", {"body": "x"}),
        "403 token": world.browser("author", csrf=True).post(
            "/zh-hans/threads/new/", {"body": "x"}
        ),
        "403 rule": member.get(f"/zh-hans/posts/{world.posts['public'].pk}/hiding/"),
        "404": stranger.get("/zh-hans/nothing/"),
        "404 view": stranger.get("/zh-hans/threads/987654321/"),
        "405": stranger.get("/zh-hans/compose/language/"),
        "405 of allauth": stranger.delete("/zh-hans/accounts/login/"),
        "409": member.post(f"/zh-hans/threads/{thread}/posts/", {"body": "z", "client_id": "used"}),
        "413": member.post("/zh-hans/threads/new/", big, content_type=urlencoded),
        "422": member.post("/zh-hans/threads/new/", {"body": ""}),
    }
    monkeypatch.setattr(board_queries, "boards", fault)
    found["500"] = stranger.get("/zh-hans/")
    return found


@pytest.fixture
def kinds(world: World, monkeypatch: Any, caplog: Any) -> dict[str, Any]:
    for name in ("django.request", "django.security.DisallowedHost"):
        caplog.set_level("CRITICAL", name)
    return answers(world, monkeypatch)


def test_each_kind_of_answer_is_the_one_that_was_meant(kinds: dict[str, Any]) -> None:
    assert {name: r.status_code for name, r in kinds.items()} == {n: int(n[:3]) for n in kinds}


def test_every_kind_of_answer_carries_the_policy(kinds: dict[str, Any]) -> None:
    policy = build_policy(settings.SECURE_CSP)
    without = [n for n, r in kinds.items() if r.headers.get("Content-Security-Policy") != policy]
    assert without == []


@pytest.mark.parametrize("header", list(HEADERS))
def test_every_kind_of_answer_carries_the_other_headers(header: str, kinds: dict[str, Any]) -> None:
    without = [n for n, r in kinds.items() if r.headers.get(header) != HEADERS[header]]
    assert without == []


def test_every_kind_of_error_is_a_page_in_the_readers_language(kinds: dict[str, Any]) -> None:
    wrong = [
        name
        for name, response in kinds.items()
        if name[0] in "45"
        and "allauth" not in name
        and 'lang="zh-Hans"' not in response.content.decode()
    ]
    assert wrong == []


def test_no_error_page_tells_of_the_inside(kinds: dict[str, Any]) -> None:
    for name, response in kinds.items():
        shown = response.content.decode()
        assert not [
            w for w in ("Traceback", "RuntimeError", "urlpatterns", str(ROOT)) if w in shown
        ], name


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    policy = build_policy(settings.SECURE_CSP)
    assert not [
        w for w in ("unsafe", "strict-dynamic", "nonce", "http", "*", "blob:") if w in policy
    ]
    for part in (
        "default-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    ):
        assert part in policy


def test_errors_shown_to_a_person_logged_in_are_kept_by_no_cache_either(
    kinds: dict[str, Any],
) -> None:
    member = ("400 form", "403 token", "403 rule", "409", "422", "302 after a form", "413")
    kept = {name: kinds[name].headers.get("Cache-Control", "") for name in member}
    assert [name for name, value in kept.items() if "no-store" not in value] == []
