import socket

import pytest


@pytest.mark.parametrize("host", ["exchange.example", "192.0.2.1", "2001:db8::1"])
def test_no_test_reaches_another_machine(host: str) -> None:
    with pytest.raises(RuntimeError, match="this machine only"):
        socket.create_connection((host, 80), timeout=1)


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        socket.create_connection(listener.getsockname()).close()
        socket.create_connection(("localhost", listener.getsockname()[1])).close()
