import pytest

from exchange.web.cache import ForgivingRedisCache


@pytest.fixture
def away():
    """A cache whose Redis refuses every connection: nobody listens on port 1."""
    options = {"socket_connect_timeout": 0.2, "socket_timeout": 0.2}
    return ForgivingRedisCache("redis://127.0.0.1:1/0", {"OPTIONS": options})


def test_a_cache_that_is_away_is_an_empty_one(away, caplog):
    away.set("a", 1)
    away.set_many({"a": 1, "b": 2})
    assert away.get("a") is None
    assert away.get("a", 7) == 7
    assert away.get_many(["a", "b"]) == {}
    assert away.add("a", 1)
    assert not away.has_key("a")
    assert not away.delete("a")
    assert "the cache is away" in caplog.text


def test_a_thread_page_is_drawn_without_its_cache(away, thread, client, monkeypatch):
    monkeypatch.setattr("exchange.boards.fragments.cache", away)
    monkeypatch.setattr("exchange.safety.queries.cache", away)
    answer = client.get(f"/en/threads/{thread.pk}/")
    assert answer.status_code == 200
    assert "one-bedroom" in answer.content.decode()
