"""What holds for every test: it stays on this machine, and its folder says which lane it belongs to."""

import gc
import ipaddress
import os
import socket
from functools import partial
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest

if (Path(__file__).parent / "cast.py").exists():
    pytest_plugins = ["tests.cast"]

TESTS = Path(__file__).parent
LANES = ("journeys", "services", "faults")
# The services lane takes whole folders; of the others it takes what touches the database.
WHOLE_ON_SERVICES = ("services", "live", "access")
# Of these folders, what asks about pages and not about rows.
SAME_ON_ANY_DATABASE = {"test_heads.py"}
DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


def folder(item: pytest.Item) -> str:
    return item.path.relative_to(TESTS).parts[0]


def touches_services(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    uses_database = item.get_closest_marker("django_db") or DATABASE_FIXTURES & fixtures
    if item.path.name in SAME_ON_ANY_DATABASE:
        return False
    return folder(item) in WHOLE_ON_SERVICES or bool(uses_database)


def _called(call: Any) -> Any:
    return call()


# Python keeps the frames of calls in pieces of 16 KB and gives a piece back to the system as soon as
# it is empty: where a page is drawn just at the edge of one, that is thousands of times a second and
# a fifth of a run. A frame that asks for a megabyte gets a piece with room for all calls inside it.
with_room = FunctionType(_called.__code__.replace(co_stacksize=150_000), globals())


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        item.setup, item.runtest = partial(with_room, item.setup), partial(with_room, item.runtest)
        if folder(item) in LANES:
            item.add_marker(getattr(pytest.mark, folder(item)))
        if folder(item) == "services" and not os.environ.get("REDIS_URL"):
            item.add_marker(pytest.mark.skip(reason="needs DATABASE_URL and REDIS_URL"))
    if os.environ.get("EXCHANGE_LANE") == "services":
        config.hook.pytest_deselected(items=[i for i in items if not touches_services(i)])
        items[:] = [item for item in items if touches_services(item)]


# The guard

LOCAL_NAMES = {None, "", "localhost", "0.0.0.0", "::", socket.gethostname()}

_connect, _connect_ex = socket.socket.connect, socket.socket.connect_ex
_getaddrinfo = socket.getaddrinfo


class NetworkRefused(RuntimeError):
    """A test tried to reach another machine."""


def _refuse_foreign(host: Any) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name in LOCAL_NAMES:
        return
    try:
        if ipaddress.ip_address(name.partition("%")[0]).is_loopback:
            return
    except ValueError:
        pass
    raise NetworkRefused(f"a test asked for {name}: tests talk to this machine only")


def _guard(original):
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family != socket.AF_UNIX:
            _refuse_foreign(address[0])
        return original(self, address)

    return guarded


def _guarded_getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
    _refuse_foreign(host)
    return _getaddrinfo(host, *args, **kwargs)


socket.socket.connect = _guard(_connect)  # type: ignore[method-assign]  # for all tests
socket.socket.connect_ex = _guard(_connect_ex)  # type: ignore[method-assign]  # for all tests
socket.getaddrinfo = _guarded_getaddrinfo


def pytest_collection_finish() -> None:
    """Thousands of collected tests are looked through by each sweep for garbage, and none of them is."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
