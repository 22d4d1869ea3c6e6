"""DeepL's own client against a server of this machine that speaks its protocol."""

import re
from typing import Any

import pytest

from exchange.languages.engines import (
    Broken,
    OutOfQuota,
    Unavailable,
    Unsupported,
    translate_body,
)
from exchange.languages.engines.deepl_api import DeepL
from tests.languages.engines.guests import word_for_word


def speaking(path: str, data: Any) -> tuple[int, Any]:
    found = [
        {
            "text": word_for_word(text, data["target_lang"].split("-")[0].lower()),
            "detected_source_language": data["source_lang"],
            "billed_characters": len(text),
        }
        for text in data["text"]
    ]
    return (200, {"translations": found}) if path == "/v2/translate" else (404, {"message": path})


def failing(status: int, said: Any, serve) -> DeepL:
    return DeepL("key", serve(lambda path, data: (status, said)).url, timeout=1)


def test_it_asks_in_deepls_codes(serve) -> None:
    server = serve(speaking)
    engine = DeepL("key", server.url)
    assert engine.translate(["我喜欢火锅。"], "zh-hans", "en") == ["I like hotpot."]
    engine.translate(["cats"], "en", "zh-hans")
    engine.translate(["cats"], "en", "zh-hant")
    codes = [(data["source_lang"], data["target_lang"]) for _, data in server.asked]
    assert codes == [("ZH", "EN-US"), ("EN", "ZH-HANS"), ("EN", "ZH-HANT")]
    assert server.asked[0][0] == "/v2/translate"


def test_placeholders_travel_as_tags_and_signs_are_escaped(serve) -> None:
    server = serve(speaking)
    assert DeepL("key", server.url).translate(["房租 Z1Q < 5 & 火锅"], "zh-hans", "en") == [
        "the rent Z1Q < 5 &  hotpot"
    ]
    asked = server.asked[0][1]
    assert asked["text"] == ["房租 <x>Z1Q</x> &lt; 5 &amp; 火锅"]
    assert (asked["tag_handling"], asked["ignore_tags"]) == ("xml", ["x"])


def test_long_lists_go_in_several_requests(serve) -> None:
    server = serve(speaking)
    assert DeepL("key", server.url).translate(["你好"] * 60, "zh-hans", "en") == ["hello"] * 60
    assert [len(data["text"]) for _, data in server.asked] == [50, 10]


def test_a_body_comes_back_whole(serve) -> None:
    outcome = translate_body(
        DeepL("key", serve(speaking).url), "房租$1,150**太贵**，`a<b>`。", "zh-hans", "en"
    )
    assert outcome.body == "the rent $1,150 **too expensive**, `a<b>`."


@pytest.mark.parametrize(
    ("status", "said", "failure"),
    [
        (456, {"message": "Quota Exceeded"}, OutOfQuota),
        (429, {"message": "Too many requests"}, Unavailable),
        (500, {}, Unavailable),
        (503, b"<html>Service Unavailable</html>", Unavailable),
        (403, {"message": "Forbidden"}, Broken),
        (400, {"message": "Value for 'target_lang' not supported."}, Unsupported),
        (400, {"message": "Bad request"}, Broken),
        (200, b"<html>Welcome</html>", Broken),
        (200, {"translations": [{"text": "hello"}]}, Broken),
        (200, {"translations": [{"text": None, "billed_characters": 1}]}, Broken),
        (200, {"translations": []}, Broken),
    ],
)
def test_each_refusal_is_one_of_the_few(status: int, said: Any, failure: type, serve) -> None:
    engine = failing(status, said, serve)
    with pytest.raises(failure):
        engine.translate(["你好"], "zh-hans", "en")
    assert not engine.healthy().ok


def test_it_does_not_try_again_by_itself(serve) -> None:
    server = serve(lambda path, data: (429, {"message": "Too many requests"}))
    with pytest.raises(Unavailable):
        DeepL("key", server.url).translate(["你好"], "zh-hans", "en")
    assert len(server.asked) == 1


def test_silence_is_not_waited_for(serve) -> None:
    server = serve(lambda path, data: (200, None))
    with pytest.raises(Unavailable):
        DeepL("key", server.url, timeout=0.2).translate(["你好"], "zh-hans", "en")


def test_a_service_that_is_down_may_come_back(serve) -> None:
    with pytest.raises(Unavailable):
        DeepL("key", "http://127.0.0.1:9", timeout=1).translate(["你好"], "zh-hans", "en")


def test_chinese_to_chinese_is_no_translation() -> None:
    with pytest.raises(Unsupported):
        DeepL("key").translate(["你好"], "zh-hans", "zh-hant")


def test_the_key_is_sent_and_nothing_about_this_machine(serve) -> None:
    seen: list[str] = []

    def answer(path: str, data: Any) -> tuple[int, Any]:
        seen.extend(re.findall(r"python|Linux", str(data)))
        return speaking(path, data)

    assert DeepL("key", serve(answer).url).healthy().ok
    assert seen == []
