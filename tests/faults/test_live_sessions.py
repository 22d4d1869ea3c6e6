"""Check 30: a session that ends at one process ends its sockets at the other within two seconds."""

import json
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.journeys.client import Client

from .cluster import Cluster

WITHIN = 2.0
SESSION_ENDED, SUSPENDED = 4401, 4403
NEW = "another-long-password-2026"


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def page_of(stack: ExitStack, cluster: Cluster, client: Client) -> ClientConnection:
    """An open page of that session at the second process."""
    site = cluster.second
    cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    opened = connect(
        f"ws://localhost:{site.port}/ws/",
        origin=site.url,  # type: ignore[arg-type]  # a plain string is one
        additional_headers={"Cookie": cookies},
        close_timeout=1,
    )
    page = stack.enter_context(opened)
    page.send(json.dumps({"watch": "moderation", "language": "en"}))
    page.send(json.dumps({"watch": f"thread.{cluster.thread('postcards')}", "language": "en"}))
    assert [page.recv(10) for _ in range(2)]
    return page


def code_of(page: ClientConnection) -> int:
    deadline = time.monotonic() + WITHIN
    try:
        while (left := deadline - time.monotonic()) > 0:
            page.recv(left)
    except TimeoutError:
        return 0
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else 1006
    return 0


def logged_in(cluster: Cluster, name: str) -> Client:
    client = Client(cluster.first.port)
    client.log_in(f"{name}@example.org", cluster.first.password)
    return client


def test_sockets_end_with_their_session_at_the_other_process(
    cluster: Cluster, stack: ExitStack
) -> None:
    here, elsewhere = logged_in(cluster, "sam"), logged_in(cluster, "sam")
    pages = [page_of(stack, cluster, client) for client in (here, elsewhere)]
    assert here.post("/en/accounts/logout/").status == 302
    assert code_of(pages[0]) == SESSION_ENDED
    # The other browser's goes on, until the password is changed in a third.
    third = logged_in(cluster, "sam")
    passwords = {"oldpassword": cluster.first.password, "password1": NEW, "password2": NEW}
    assert third.post("/en/accounts/password/change/", **passwords).status == 302
    assert code_of(pages[1]) == SESSION_ENDED


def test_a_suspension_ends_sockets_at_the_other_process(cluster: Cluster, stack: ExitStack) -> None:
    page = page_of(stack, cluster, logged_in(cluster, "sam"))
    moderator = logged_in(cluster, "lin")
    length = {"length": "own", "count": "2", "unit": "d"}
    moderator.act("/en/people/sam/suspension/", **length)
    assert code_of(page) == SUSPENDED
