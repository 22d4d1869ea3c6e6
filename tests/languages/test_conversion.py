import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.languages.conversion import convert, convert_html

FILE = Path(__file__).parent / "conversion_labelled.toml"
SENTENCES = tomllib.loads(FILE.read_text(encoding="utf-8"))["sentences"]


def test_at_least_two_hundred_sentences_come_out_right() -> None:
    missed = [
        (plain, convert(plain, "hant"))
        for plain, full in SENTENCES
        if convert(plain, "hant") != full
    ]
    assert len(SENTENCES) >= 200
    assert not missed


def test_there_and_back_is_what_was_written() -> None:
    changed = [text for text, _ in SENTENCES if convert(convert(text, "hant"), "hans") != text]
    assert not changed


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=40))
def test_a_text_stays_as_long_as_it_was(text: str) -> None:
    for target in ("hant", "hans", "tw", "hk", "tw2s", "hk2s"):
        assert len(convert(text, target)) == len(text)


def test_hong_kong_writes_some_characters_otherwise() -> None:
    assert convert("线里", "hk") == "線裏"
    assert convert("線裏", "hk2s") == "线里"


def test_vocabulary_is_the_writers_own() -> None:
    assert convert("软件和网络", "hant") == "軟件和網絡"


@pytest.mark.parametrize(
    "odd", ["", "abc", "😀👨‍👩‍👧", "\x00", "a\ud800b", "头\ud800发", "のを", "\u200d"]
)
def test_odd_input_is_let_through(odd: str) -> None:
    assert len(convert(odd, "hant")) == len(odd)


def test_an_unknown_target_is_an_error() -> None:
    with pytest.raises(KeyError):
        convert("头", "latin")


def test_html_keeps_code_attributes_and_mentions() -> None:
    html = (
        '<p title="头发">头发 <code>头发<b>发</b></code> <a class="mention x" href="/头发">@发</a>'
        '<a href="/头发">头发</a><pre>发<pre>发</pre>发</pre><br>发 &lt;发&gt;</p>'
    )
    wanted = (
        '<p title="头发">頭髮 <code>头发<b>发</b></code> <a class="mention x" href="/头发">@发</a>'
        '<a href="/头发">頭髮</a><pre>发<pre>发</pre>发</pre><br>發 &lt;發&gt;</p>'
    )
    assert convert_html(html, "hant") == wanted
