import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.languages.engines.chunks import LONGEST, pieces, put_back

BODY = """# Rent in *Toronto* #

> [Tom #3](/posts/12/)
>
> > quoted `a. B` text. And more.

1. First. Then two.
   continued line\\
   and third
- [ ] task one
- **Bold. Two.** ok

| Name | Cost |
|:--|--:|
| rent a\\|b | $1,150 |
| hydro | 很贵 |

```python
code. here
```

    indented code

Setext
======
text with `multi
line code` after. See https://exchange.example/a.b. 你好。“走吧。”

[ref]: https://exchange.example
***
"""


def texts(body: str) -> list[str]:
    return [piece.text(body) for piece in pieces(body, {"tom"})]


def test_a_body_is_cut_into_sentences_by_block() -> None:
    assert texts(BODY) == [
        "Rent in *Toronto*",
        "quoted `a. B` text.",
        "And more.",
        "First.",
        "Then two.",
        "continued line",
        "and third",
        "task one",
        "Bold.",
        "Two.",
        "ok",
        "Name",
        "Cost",
        "rent a\\|b",
        "hydro",
        "很贵",
        "Setext",
        "text with `multi",
        "line code` after.",
        "See https://exchange.example/a.b.",
        "你好。",
        "“走吧。”",
    ]


def test_only_the_sentences_change() -> None:
    parts = pieces(BODY)
    shouted = put_back(BODY, parts, [f"<{n}>" for n in range(len(parts))])
    for kept in ("# <0> #\n", "> [Tom #3](/posts/12/)\n>\n> > <1> <2>\n", "1. <3> <4>\n   <5>\\\n"):
        assert kept in shouted
    for kept in ("- [ ] <7>\n- **<8> <9>** <10>\n", "| <11> | <12> |\n|:--|--:|\n"):
        assert kept in shouted
    assert "code. here\n```\n\n    indented code\n" in shouted
    assert shouted.endswith("[ref]: https://exchange.example\n***\n")


@pytest.mark.parametrize(
    "body",
    ["", "   ", "😀😀", "`code`", "https://exchange.example", "$1,150", "***", "@tom", "1. "],
)
def test_where_there_are_no_words_there_is_nothing_to_translate(body: str) -> None:
    assert pieces(body, {"tom"}) == []


def test_emphasis_and_links_around_a_whole_sentence_stay_where_they_are() -> None:
    assert texts("**Whole line**\n[See this guide](/a)\n*[both](/b)*") == [
        "Whole line",
        "See this guide",
        "both",
    ]


@pytest.mark.parametrize("body", ["中" * 10_000, "a" * 10_000, "中文，" * 3_000, "word " * 2_000])
def test_what_is_too_long_for_an_engine_is_cut(body: str) -> None:
    parts = pieces(body)
    assert max(len(piece.text(body)) for piece in parts) <= LONGEST
    assert put_back(body, parts, [piece.text(body) for piece in parts]) == body


def test_long_sentences_are_cut_at_commas() -> None:
    body = "这是一句很长很长的话，" * 60
    assert all(text.endswith("，") for text in texts(body))


LINES = st.sampled_from(
    [
        "# A heading. Two.",
        "> quoted. 引文。",
        "> > deeper",
        "- one. two",
        "  - nested **a. b** c",
        "1. first",
        "- [x] done",
        "| a. b | $5 |",
        "|---|---|",
        "```",
        "~~~",
        "    indented",
        "\ttab",
        "text `code. x",
        "y` end. More.",
        "[a. b](/x) and [c",
        "d](/y)",
        "[ref]: /z",
        "你好。“走吧。”他说。",
        "line\\",
        "===",
        "---",
        "",
        " ",
        "*a. b* **c",
        "d** @tom e.g. f",
        "a | b",
        "<b>x. y</b>",
        "\r",
        "x\0y. z",
    ]
)


@given(st.lists(LINES, max_size=12).map("\n".join))
@settings(deadline=None)
def test_put_back_as_they_were_the_pieces_are_the_body(body: str) -> None:
    parts = pieces(body, {"tom"})
    edges = [edge for piece in parts for edge in (piece.start, piece.end)]
    assert edges == sorted(edges)
    assert put_back(body, parts, [piece.text(body) for piece in parts]) == body


@given(st.text("ab甲。.\n *_`[]()|#>-1!~\\<&", max_size=120))
@settings(deadline=None)
def test_any_text_at_all_is_put_back_as_it_was(body: str) -> None:
    parts = pieces(body)
    assert all(piece.text(body) == piece.text(body).strip() != "" for piece in parts)
    assert put_back(body, parts, [piece.text(body) for piece in parts]) == body
