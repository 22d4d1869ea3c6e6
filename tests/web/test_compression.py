"""Text travels compressed where a browser asks for it; pictures, which are so already, do not."""

import gzip

import pytest

ASKED = {"Accept-Encoding": "gzip, deflate, br"}
PAGES = [
    "/en/threads/{thread}/",
    "/zh-hans/threads/{thread}/",
    "/zh-hant/manifest.webmanifest",
    "/feeds/moderation/en/",
]


@pytest.mark.parametrize("address", PAGES)
def test_text_is_sent_compressed_to_whoever_asks_for_it(address, thread, client):
    address = address.format(thread=thread.pk)
    plain, sent = client.get(address), client.get(address, headers=ASKED)
    assert "Content-Encoding" not in plain
    assert sent["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in sent["Vary"]
    assert int(sent["Content-Length"]) == len(sent.content) < len(plain.content)
    body, same = gzip.decompress(sent.content).decode(), plain.content.decode()
    assert body.split("<main")[0][:200] == same.split("<main")[0][:200]


def test_no_two_answers_are_of_one_length(thread, client):
    """A length that an attacker's guess could make shorter (BREACH) is hidden in chance."""
    lengths = {len(client.get("/en/rules/", headers=ASKED).content) for _ in range(20)}
    assert len(lengths) > 1
