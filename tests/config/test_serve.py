import io
import socket
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError

from exchange.config.management.commands import serve


@pytest.fixture
def data(tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.DATA_DIR, settings.DEMO = tmp_path, True
    settings.STATIC_ROOT = tmp_path / "static"
    monkeypatch.delenv("ARTICLE", raising=False)
    (tmp_path / "demo-password").write_text("seven-green-bicycles\n")
    return tmp_path


def command() -> serve.Command:
    return serve.Command(stdout=io.StringIO(), stderr=io.StringIO(), no_color=True)


def banner(article: Path | None = None) -> list[str]:
    made = command()
    made.print_banner(article)
    return made.stdout._out.getvalue().splitlines()


def article_in(folder: Path, name: str) -> Path:
    (folder / "article").mkdir(exist_ok=True)
    path = folder / "article" / name
    path.write_text("a title")
    return path


def test_a_taken_port_is_one_clear_line(data: Path, settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings.PORT = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {settings.PORT} is taken. .* PORT="):
            command().run()
    assert not settings.STATIC_ROOT.exists()


def test_the_banner_says_the_password_on_a_line_of_its_own(data: Path) -> None:
    lines = banner()
    assert "password: seven-green-bicycles" in lines
    assert any(settings.SITE_URL in line for line in lines)
    assert any("mei" in line and "@example.org" in line for line in lines)


def test_without_the_sample_people_there_is_no_password(data: Path, settings) -> None:
    settings.DEMO = False
    assert "password" not in "\n".join(banner())


def test_the_banner_says_how_to_give_an_article(data: Path) -> None:
    assert "make run ARTICLE=FILE" in "\n".join(banner())
    assert "make run ARTICLE=FILE" not in "\n".join(banner(data / "mine.txt"))


def test_the_article_is_the_one_asked_for(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert serve.article_file() is None
    second, first = article_in(data, "b.txt"), article_in(data, "a.txt")
    article_in(data, "notes.md")
    assert serve.article_file() == first
    monkeypatch.setenv("ARTICLE", str(second))
    assert serve.article_file() == second


def test_an_article_that_does_not_fit_does_not_stop_the_site(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise CommandError("it has no by-line")

    article_in(data, "a.txt")
    monkeypatch.setattr(serve, "call_command", refuse)
    made = command()
    assert made.pin_article() is None
    assert "it has no by-line" in made.stderr._out.getvalue()


def test_static_files_are_collected_once(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    collected: list[str] = []

    def collect(name: str, **options: object) -> None:
        collected.append(name)
        (data / "static").mkdir(exist_ok=True)

    source = data / "site.css"
    source.write_text("p {}")
    monkeypatch.setattr(serve, "call_command", collect)
    monkeypatch.setattr(serve, "static_files", lambda: iter([("site.css", str(source))]))
    serve.collect_static()
    serve.collect_static()
    assert collected == ["collectstatic"]
    source.write_text("p { color: red }")
    serve.collect_static()
    assert collected == ["collectstatic"] * 2


def test_uvicorn_has_the_limits_of_the_security_page() -> None:
    assert serve.LIMITS["ws_max_size"] == 65536
    assert serve.LIMITS["timeout_graceful_shutdown"] == 10
    assert serve.LIMITS["ws_per_message_deflate"] is False
    assert "limit_concurrency" not in serve.LIMITS


def test_nobody_is_believed_about_addresses_unless_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FORWARDED_ALLOW_IPS", raising=False)
    assert serve.trusted_proxies() == []
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "10.0.0.2, 10.0.0.3")
    assert serve.trusted_proxies() == ["10.0.0.2", "10.0.0.3"]
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
    with pytest.raises(CommandError, match="must name the proxies"):
        serve.trusted_proxies()
