import pytest
from django.conf import settings

from exchange.live.routing import application_with_sockets, as_browsers_send_it

from .conftest import Visitor, no_pages

# No query is made, but each message lets channels look at the connection of its thread.
pytestmark = pytest.mark.django_db


def forged() -> list[str | None]:
    ours = settings.SITE_URL  # http://localhost:8000
    scheme, _, place = ours.partition("://")
    host, _, port = place.partition(":")
    return [
        None,
        "",
        "null",
        "file://",
        "https://evil.example",
        f"https://{place}",
        f"ftp://{place}",
        f"{scheme}://{host}",
        f"{scheme}://{host}:{int(port) + 1}",
        f"{scheme}://{host}:99999999",
        f"{scheme}://sub.{place}",
        f"{scheme}://{host}.evil.example:{port}",
        f"{scheme}://evil{place}",
        f"{scheme}://{host.upper()}:{port}",
        f"{scheme}://{host}.:{port}",
        f"{scheme}://evil@{place}",
        f"{ours}/",
        f"{ours} https://evil.example",
        f"{scheme}://loc\u00e0lhost:{port}",
        f"{scheme}://xn--loclhost-4wa:{port}",
    ]


@pytest.mark.parametrize("origin", forged())
async def test_a_socket_from_another_origin_is_refused(origin, caplog):
    page = Visitor(origin=origin)
    assert not await page.connects()
    assert caplog.records == []


async def test_two_origins_are_none():
    page = Visitor()
    page.scope["headers"].append((b"origin", b"https://evil.example"))
    assert not await page.connects()


@pytest.mark.parametrize("origin", sorted(set(settings.SOCKET_ORIGINS)))
async def test_our_own_pages_connect(origin):
    page = Visitor(origin=origin)
    assert await page.connects()
    await page.leaves()


@pytest.mark.parametrize(
    ("configured", "sent"),
    [
        ("https://Exchange.Example", "https://exchange.example"),
        ("https://exchange.example:443", "https://exchange.example"),
        ("http://exchange.example:80", "http://exchange.example"),
        ("http://exchange.example:443", "http://exchange.example:443"),
        ("https://exchange.example:8443", "https://exchange.example:8443"),
    ],
)
def test_an_origin_may_be_configured_as_people_write_it(configured, sent):
    assert as_browsers_send_it(configured) == sent


@pytest.mark.parametrize("path", ["/", "/ws", "/ws/x", "/en/ws/", "/admin/", "/ws/../ws/x"])
async def test_a_socket_to_an_unknown_address_closes_cleanly(path, caplog):
    page = Visitor(path=path)
    assert not await page.connects()
    await page.wait()
    assert caplog.records == []


async def test_the_servers_start_and_stop_are_answered():
    application = application_with_sockets(no_pages)
    heard = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])
    said = []

    async def receive():
        return next(heard)

    async def send(message):
        said.append(message["type"])

    await application({"type": "lifespan"}, receive, send)
    assert said == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
