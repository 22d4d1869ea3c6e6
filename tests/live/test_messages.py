"""What a socket may not say. None of it reaches the database."""

import pytest

from exchange.live.consumer import MESSAGES_A_MINUTE, TOO_MANY_MESSAGES

# No query is made, but each message lets channels look at the connection of its thread.
pytestmark = pytest.mark.django_db


async def test_the_101st_message_of_a_minute_ends_the_socket(visit):
    page = await visit()
    for _ in range(MESSAGES_A_MINUTE):
        await page.tells({"unwatch": "thread.1"})
    await page.tells({"unwatch": "thread.1"})
    assert await page.closed() == TOO_MANY_MESSAGES


MALFORMED = [
    ("", 1007),
    (" ", 1007),
    ("watch thread.1", 1007),
    ("{", 1007),
    ('{"watch": "thread.1", "language": "en"} {}', 1007),
    ('{"watch": "thread.1\x00"', 1007),
    ("[" * 4000, 1007),
    ("[" * 2000 + "]" * 2000, 1008),
    ('{"watch":' * 400 + "1" + "}" * 400, 1008),
    ("9" * 4000, 1008),
    ("[]", 1008),
    ("null", 1008),
    ("NaN", 1008),
    ('"watch"', 1008),
    ("{}", 1008),
    ('{"watch": 1, "language": "en"}', 1008),
    ('{"watch": ["thread.1"], "language": "en"}', 1008),
    ('{"watch": "thread.1"}', 1008),
    ('{"watch": "thread.1", "language": "fr"}', 1008),
    ('{"watch": "thread.1", "language": null}', 1008),
    ('{"watch": "thread.1", "language": "en", "as": "lin"}', 1008),
    ('{"watch": "thread.1", "unwatch": "thread.1", "language": "en"}', 1008),
    ('{"watch": "thread.-1", "language": "en"}', 1008),
    ('{"watch": "thread.1 OR 1=1", "language": "en"}', 1008),
    ('{"watch": "thread.10000000000000000000", "language": "en"}', 1008),
    ('{"watch": "thread.１", "language": "en"}', 1008),
    ('{"type": "websocket.disconnect"}', 1008),
    ('{"__class__": "x"}', 1008),
    ('{"reply": "thread.1", "body": "hello"}', 1008),
    ('{"watch": "' + "长" * 1400 + '", "language": "en"}', 1009),
    (" " * 100_000, 1009),
    ('{"presence": "thread.1"}', 1008),
    ('{"presence": "thread.1", "here": 1}', 1008),
    ('{"presence": "__class__", "here": true}', 1008),
    ('{"typing": "thread.1", "in": "fr"}', 1008),
    ('{"typing": "thread.1", "in": "zh", "as": "lin"}', 1008),
    ('{"typing": "thread.1", "in": {"__proto__": 1}}', 1008),
    ('{"__init__": "thread.1", "language": "en"}', 1008),
    ('{"watch": "__dict__", "language": "en"}', 1008),
    (b"\x00\xff", 1003),
    (b'{"watch": "thread.1", "language": "en"}', 1003),
]


@pytest.mark.parametrize(("frame", "code"), MALFORMED, ids=[str(n) for n in range(len(MALFORMED))])
async def test_a_malformed_frame_closes_the_socket_and_logs_nothing(visit, caplog, frame, code):
    page = await visit()
    assert await page.says(frame) == code
    assert caplog.records == []
    # And nothing said afterwards is heard.
    await page.tells({"watch": "thread.1", "language": "en"})
    assert await page.receive_nothing()
