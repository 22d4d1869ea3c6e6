from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from exchange.config import env


@pytest.fixture
def given(monkeypatch):
    def set_variable(value: str | None, name: str = "THING") -> str:
        monkeypatch.delenv(name, raising=False)
        if value is not None:
            monkeypatch.setenv(name, value)
        return name

    return set_variable


@pytest.mark.parametrize(
    ("value", "read"), [("1", True), ("yes", True), ("0", False), ("", False), (None, False)]
)
def test_a_flag_reads_what_people_write(value, read, given):
    assert env.flag(given(value)) is read


@pytest.mark.parametrize("value", ["maybe", "2", "ja"])
def test_a_flag_refuses_nonsense_by_its_name(value, given):
    with pytest.raises(ImproperlyConfigured, match="THING"):
        env.flag(given(value))


@pytest.mark.parametrize("value", ["-1", "0", "70000", "1e3", "eight", "８０"])
def test_a_number_outside_its_range_is_refused(value, given):
    with pytest.raises(ImproperlyConfigured, match="THING"):
        env.number(given(value), 8000, least=1, most=65535)


@pytest.mark.parametrize(
    "value", ["exchange.example", "ftp://exchange.example", "https://a.example/path", "https://"]
)
def test_an_origin_is_a_scheme_and_a_host_and_nothing_else(value, given):
    with pytest.raises(ImproperlyConfigured):
        env.origin(given(value), "http://localhost")


def test_a_secret_key_is_made_once_and_kept_for_its_owner_alone(tmp_path, given):
    given(None, "SECRET_KEY")
    first = env.secret_key(tmp_path)
    assert len(first) >= 50 and env.secret_key(tmp_path) == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["secret_key"]


def test_a_database_address_becomes_djangos_settings(given):
    given("postgres://mei:p%40ss@db.example:5433/board", "DATABASE_URL")
    found = env.database(Path("unused"))
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "mei",
        "p@ss",
        "db.example",
        "5433",
        "board",
    )
    assert found["CONN_HEALTH_CHECKS"]


def test_a_postgresql_whose_machine_is_gone_is_not_waited_for_for_long(given):
    given("postgres://db.example/board", "DATABASE_URL")
    options = env.database(Path("unused"))["OPTIONS"]
    assert options["connect_timeout"] <= 5
    assert options["keepalives_idle"] + 5 * options["keepalives_count"] <= 30
    assert 20_000 < options["tcp_user_timeout"] <= 30_000  # longer than a statement may take
    given("postgres://db.example/board?connect_timeout=2", "DATABASE_URL")
    assert env.database(Path("unused"))["OPTIONS"]["connect_timeout"] == "2"


def test_sqlite_waits_its_turn_and_syncs_fully(given, tmp_path):
    given(None, "DATABASE_URL")
    options = env.database(tmp_path / "x.sqlite3")["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in options["init_command"]


@pytest.mark.parametrize("value", ["mysql://x", "nonsense", "http://x"])
def test_a_database_of_another_kind_is_refused(value, given):
    given(value, "DATABASE_URL")
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        env.database(Path("unused"))


def test_a_mail_address_becomes_a_mailer(given, tmp_path):
    given("smtps://u:p@mail.example", "EMAIL_URL")
    options = env.mailer(tmp_path)["OPTIONS"]
    assert (options["host"], options["port"], options["use_ssl"]) == ("mail.example", 465, True)
    given(None, "EMAIL_URL")
    assert env.mailer(tmp_path)["OPTIONS"] == {"file_path": str(tmp_path)}
