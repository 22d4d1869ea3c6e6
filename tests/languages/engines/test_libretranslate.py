"""LibreTranslate's protocol against servers of this machine: honest ones, and all the others."""

import socket
from typing import Any

import pytest

from exchange.languages.engines import (
    Broken,
    OutOfQuota,
    Unavailable,
    Unsupported,
    translate_body,
)
from exchange.languages.engines.libretranslate import LibreTranslate
from tests.languages.engines.guests import LANGUAGES, libretranslate

BODY = "我喜欢火锅。房租$1,150**太贵**了，看[这个指南](https://exchange.example/a)。"


def answering(status: int, said: Any):
    """A server that knows its languages and answers every translation so."""

    def answer(path: str, data: Any) -> tuple[int, Any]:
        return (200, LANGUAGES) if path == "/languages" else (status, said)

    return answer


def test_it_translates_a_list_in_one_request(serve) -> None:
    server = serve(libretranslate())
    engine = LibreTranslate(f"{server.url}/", key="secret")
    assert engine.translate(["我喜欢火锅。", "你好"], "zh-hans", "en") == [
        "I like hotpot.",
        "hello",
    ]
    assert [path for path, _ in server.asked] == ["/languages", "/translate"]
    assert server.asked[1][1] == {
        "q": ["我喜欢火锅。", "你好"],
        "source": "zh-Hans",
        "target": "en",
        "format": "text",
        "api_key": "secret",
    }


def test_long_lists_go_in_several_requests(serve) -> None:
    server = serve(libretranslate())
    texts = ["你好"] * 120
    assert LibreTranslate(server.url).translate(texts, "zh-hans", "en") == ["hello"] * 120
    assert [len(data["q"]) for _, data in server.asked[1:]] == [50, 50, 20]


def test_a_server_without_traditional_gets_simplified(serve) -> None:
    older = [
        {"code": "en", "name": "English", "targets": ["en", "zh"]},
        {"code": "zh", "name": "Chinese", "targets": ["en", "zh"]},
    ]
    server = serve(libretranslate(languages=older))
    engine = LibreTranslate(server.url)
    assert ("zh-hant", "en") in engine.pairs()
    assert engine.translate(["我喜歡火鍋"], "zh-hant", "en") == ["I like hotpot"]
    assert server.asked[-1][1]["q"] == ["我喜欢火锅"]
    assert engine.translate(["like"], "en", "zh-hant") == ["喜歡"]


def test_a_server_without_chinese_supports_nothing(serve) -> None:
    engine = LibreTranslate(serve(libretranslate(languages=[LANGUAGES[1]])).url)
    assert engine.pairs() == frozenset()
    with pytest.raises(Unsupported):
        engine.translate(["hello"], "en", "zh-hans")
    assert "none of the site's pairs" in engine.healthy().reason


def test_it_is_healthy_and_says_when_not(serve) -> None:
    assert LibreTranslate(serve(libretranslate()).url).healthy().ok
    health = LibreTranslate(serve(libretranslate(spoil=lambda _: " ")).url).healthy()
    assert not health.ok and "empty" in health.reason


@pytest.mark.parametrize(
    ("status", "said", "failure"),
    [
        (200, b"<html><body>Please log in</body></html>", Broken),
        (200, b"", Broken),
        (200, {"translation": "hello"}, Broken),
        (200, {"translatedText": "hello"}, Broken),
        (200, {"translatedText": ["a", "b", "c"]}, Broken),
        (200, {"translatedText": [None]}, Broken),
        (200, ["hello"], Broken),
        (301, b"", Broken),
        (400, {"error": "zh-Hans is not supported"}, Unsupported),
        (400, {"error": "Invalid request: missing q parameter"}, Broken),
        (400, b"<html>Bad Request</html>", Broken),
        (403, {"error": "Invalid API key"}, Broken),
        (413, {"error": "too large"}, Broken),
        (429, {"error": "Slowdown: 10 per 1 minute"}, Unavailable),
        (429, {"error": "Slowdown: 100 per 1 day"}, OutOfQuota),
        (500, {"error": "Internal server error"}, Unavailable),
        (502, b"<html>Bad Gateway</html>", Unavailable),
        (503, b"", Unavailable),
    ],
)
def test_each_refusal_is_one_of_the_few(status: int, said: Any, failure: type, serve) -> None:
    engine = LibreTranslate(serve(answering(status, said)).url)
    with pytest.raises(failure):
        engine.translate(["你好"], "zh-hans", "en")
    assert not engine.healthy().ok


def test_the_server_says_when_to_come_again(serve) -> None:
    server = serve(answering(429, {"error": "Slowdown"}))
    server.headers = {"Retry-After": "17"}
    with pytest.raises(Unavailable) as caught:
        LibreTranslate(server.url).translate(["你好"], "zh-hans", "en")
    assert caught.value.retry_after == 17


def test_silence_is_not_waited_for(serve) -> None:
    server = serve(lambda path, data: (200, LANGUAGES if path == "/languages" else None))
    with pytest.raises(Unavailable, match=r"within 0\.2 s"):
        LibreTranslate(server.url, timeout=0.2).translate(["你好"], "zh-hans", "en")


def test_a_server_that_is_down_may_come_back(serve) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    engine = LibreTranslate(f"http://127.0.0.1:{port}", timeout=1)
    with pytest.raises(Unavailable) as caught:
        engine.pairs()
    assert caught.value.retry_after > 0
    assert not engine.healthy().ok


@pytest.mark.parametrize("languages", [{"error": "x"}, [1], [{"name": "English"}], "en"])
def test_a_list_of_languages_of_another_shape_is_refused(languages: Any, serve) -> None:
    with pytest.raises(Broken):
        LibreTranslate(serve(lambda path, data: (200, languages)).url).pairs()


def test_an_endless_answer_is_cut_off(serve) -> None:
    engine = LibreTranslate(serve(answering(200, b"x" * 2_100_000)).url)
    with pytest.raises(Broken, match="more than"):
        engine.translate(["你好"], "zh-hans", "en")


# Bodies


def test_a_body_comes_back_whole(serve) -> None:
    engine = LibreTranslate(serve(libretranslate()).url)
    outcome = translate_body(engine, BODY, "zh-hans", "en")
    assert outcome.body == (
        "I like hotpot. the rent $1,150 **too expensive**,"
        " see [this guide](https://exchange.example/a)."
    )
    assert outcome.reason == "" and outcome.characters > len("我喜欢火锅房租太贵了")


@pytest.mark.parametrize(
    ("spoiled", "reason"),
    [
        (lambda text: "the rent " * 200, "repeated"),
        (lambda text: "猫" * 200, "repeated"),
        (lambda text: f"{text} Z9Q", "placeholders"),
        (lambda text: "the rent is {0} at [[1]]", "placeholders"),
        (lambda text: "<p>the rent is too expensive</p>", "markup"),
        (lambda text: "see https://spam.example for more", "markup"),
        (lambda text: "el alquiler es muy caro para nosotros", "wrong_language"),
        (lambda text: "家賃がとても高いです、困っています", "wrong_language"),
        (lambda text: "", "empty"),
        (lambda text: text + " and all that it ever was" * 40, "repeated"),
        (lambda text: " ".join(f"{a}{b}rent" for a in "bcdfgh" for b in "aeiouy" * 2), "length"),
    ],
)
def test_what_a_bad_server_says_is_refused(spoiled, reason: str, serve) -> None:
    engine = LibreTranslate(serve(libretranslate(spoil=spoiled)).url)
    outcome = translate_body(engine, BODY, "zh-hans", "en")
    assert (outcome.body, outcome.reason) == (None, reason)
    assert outcome.characters > 0


def test_the_input_returned_is_no_translation(serve) -> None:
    def answer(path: str, data: Any) -> tuple[int, Any]:
        return 200, LANGUAGES if path == "/languages" else {"translatedText": data["q"]}

    engine = LibreTranslate(serve(answer).url)
    for body, source, target in [(BODY, "zh-hans", "en"), ("I like cats.", "en", "zh-hant")]:
        assert translate_body(engine, body, source, target).reason == "unchanged"
