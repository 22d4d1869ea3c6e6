from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.languages.align import blocks, pairs
from exchange.languages.render import render

ENGLISH = """How I read.

## At home

1. First the Chinese half, slowly, and guess.
2. Then across at the English.

On the bus, when I am tired: English only. It is a long way and I get off at the last stop.

How do the rest of you do it?"""
CHINESE = """我怎么读。

## 在家

1. 先慢慢读中文那一半，边读边猜。
2. 再对着旁边的英文看。

在公交车上，累的时候，就只看英文。路很远，我坐到终点站。

你们都怎么读？"""


def sides(left: str, right: str) -> list[tuple[str, str]]:
    return pairs(render(left, "en"), render(right, "zh-hans"))


def test_every_paragraph_stands_beside_its_own() -> None:
    beside = sides(ENGLISH, CHINESE)
    assert [(a.strip()[1:3], b.strip()[1:3]) for a, b in beside] == [
        ("p>", "p>"),
        ("h3", "h3"),
        ("ol", "ol"),
        ("p>", "p>"),
        ("p>", "p>"),
    ]
    assert "last stop" in beside[3][0] and "终点站" in beside[3][1]


def test_one_long_paragraph_stands_beside_the_two_that_say_it() -> None:
    first = "I rent a flat with one bedroom in the north of the city, not far from the river."
    second = "It costs about a third of what I earn, and heating comes on top of that in winter."
    end = "And you?"
    beside = sides(
        f"{first} {second}\n\n{end}",
        "我在城北租了一套一室一厅，离河边不远，走路几分钟就到。\n\n"
        "房租大概是我收入的三分之一，冬天还要另外交暖气费，不便宜。\n\n你们呢？",
    )
    assert len(beside) == 2
    assert beside[0][1].count("<p>") == 2
    assert "你们呢" in beside[1][1]


def test_a_postscript_without_a_counterpart_stands_alone() -> None:
    left = ["The cat sat in the window all day and looked at the rain.", "She is called Mimi."]
    right = ["猫在窗边坐了一整天，一直看着外面下雨。", "它叫咪咪。"]
    postscript = (
        "P.S. " + "This line is only for those who read English, and it is a long one. " * 3
    )
    beside = sides("\n\n".join([*left, postscript]), "\n\n".join(right))
    assert beside[-1][1] == "" and "only for those" in beside[-1][0]


def test_an_empty_half_and_very_many_blocks_are_one_pair() -> None:
    assert pairs("<p>x</p>", "") == [("<p>x</p>", "")]
    many = "<p>x</p>\n" * 300
    assert pairs(many, many) == [(many, many)]


TEXT = st.text("ab甲乙。 \n*#>-1.`|", max_size=200)


@given(TEXT, TEXT)
@settings(deadline=None)
def test_nothing_is_lost_doubled_or_moved(left: str, right: str) -> None:
    here, there = render(left, "en"), render(right, "zh-hans")
    assert "".join(block.html for block in blocks(here)) == here
    beside = pairs(here, there)
    assert "".join(a for a, _ in beside) == here
    assert "".join(b for _, b in beside) == there
