"""What PostgreSQL commits out of the order of its ids still reaches open pages as it is in the end."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction

from exchange.languages import actions as languages
from exchange.live.follower import Follower
from exchange.moderation import actions as moderation
from tests.cast import reply

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="one writes at a time there"),
    pytest.mark.django_db(transaction=True),
]


@contextmanager
def in_a_long_transaction(do: Any) -> Iterator[None]:
    """Done when it is entered, and committed when it is left."""
    done, end = threading.Event(), threading.Event()

    def work() -> None:
        try:
            with transaction.atomic():
                do()
                done.set()
                end.wait(10)
        finally:
            done.set()
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    assert done.wait(10)
    yield
    end.set()
    thread.join(10)


def told(follower: Follower, scope: str) -> list[dict[str, Any]]:
    return [json.loads(text) for _, _, text in follower.round({scope: {"en"}}).ready]


def test_a_post_hidden_while_a_machine_translated_it_is_hidden_by_the_newer_frame(
    thread, mei, lin, rules
):
    follower = Follower()
    post = reply(mei, thread, "押一付三，太贵了。")
    told(follower, thread.scope)

    def hide() -> None:
        moderation.hide(moderator=lin, post=post, rule=rules["spam"])

    with in_a_long_transaction(hide):
        languages.put_by_machine(
            passage=post.passage, language="en", body="Too expensive.", version=1, engine="test"
        )
        [before] = told(follower, thread.scope)
    [after] = told(follower, thread.scope)
    assert (before["verb"], after["verb"]) == ("translation.made", "post.hidden")
    assert "太贵了" in before["html"] and "太贵了" not in after["html"]
    assert after["event"] < before["event"] <= before["at"] <= after["at"]
