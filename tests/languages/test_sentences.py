import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.languages.sentences import align, sentences


def cut(text: str) -> list[str]:
    return [text[start:end].strip() for start, end in sentences(text)]


# "|" stands between sentences.
CUT = """
我来了。|你呢？|好！！！|走吧……我不知道。
他说：“你好。我走了。”|然后就走了。
“快走！”他说。|我走了。
「真的嗎？」她問。|「真的。」
房租3.5万，押一付三。|不贵！
太好了！😂|明天见。
（这里很吵。不推荐。）|另一套好一些。
什么？！|你再说一遍。
I came. | I saw. | I left!
He paid $3.50 at 5 p.m. on Monday. | Then he left.
Dr. J. Smith (e.g. the dentist, etc.) was kind! | "Really? Yes." he said. | I left.
The U.S. visa took 3.5 months. | Mr. Li helped.
See p. 12 and Fig. 3 for details. | Plan No. 5 is best. | No. | I mean yes.
So do I. | Then we go.
i went home. | then i slept.
Wait... what? | Ok...
Wait... | That is wrong.
*Do this.* | Then **that.** | Ok?
Is it "hot"? | Yes, it is.
Rent, utilities, internet etc. are due on Jan. 5. | Pay them.
Visit https://exchange.example/a.b?c=d today. | Thanks!
Version 2.0.1 is out. | Get it.
He said “I came. I saw.” and left. | The end.
我住在UBC附近。|The rent is high. | 太贵了！|Right?
I like it. | 我也喜欢。|Me too!
Really?!|真的。
Let's meet at 3 p.m. | See you there.
They live at St. John's, Apt. 4. | It is cold.
The bill (hydro, gas, etc.) is $80. | Fine.
1. First do this. | Then that.
I met prof. Wang. | She is nice.
"""


@pytest.mark.parametrize("line", CUT.strip().split("\n"))
def test_sentences_end_where_people_end_them(line: str) -> None:
    parts = line.split("|")
    assert cut("".join(parts)) == [part.strip() for part in parts]


def test_a_line_end_ends_a_sentence_and_blank_lines_go_with_it() -> None:
    text = "\n\nOne line\nanother\n\n  \n三\n"
    assert [text[a:b] for a, b in sentences(text)] == ["\n\nOne line\n", "another\n\n  \n", "三\n"]


def test_a_long_quotation_is_cut() -> None:
    text = "“" + "这是一句不短的话。" * 30 + "”"
    assert len(cut(text)) == 30


def test_very_long_texts_take_no_time_worth_naming() -> None:
    for sign in ("。", ".", "“", "(", "a. ", "中", '"', "\n", "… "):
        text = sign * (10_000 // len(sign))
        assert "".join(text[a:b] for a, b in sentences(text)) == text


TEXT = st.text("ab甲乙。！？.!?…“”\"'()（）「」 \n1,*😀", max_size=120)


@given(TEXT)
@settings(deadline=None)
def test_joined_they_are_the_text(text: str) -> None:
    spans = sentences(text)
    assert "".join(text[a:b] for a, b in spans) == text
    assert all(text[a:b].strip() for a, b in spans) or text.isspace()


# Sentence beside sentence

ENGLISH = """I moved in September. The landlord is kind. He repaired the heating on the first day!

Rent is $1,150 a month. Utilities come on top of that, which nobody had told me before."""
CHINESE = """我九月搬进来的。房东人很好。第一天他就把暖气修好了！

房租每月1150刀。水电费另算，之前没人跟我说过。"""


def test_each_sentence_stands_beside_its_translation() -> None:
    beside = align(ENGLISH, CHINESE)
    assert [(a.split()[0], b.strip()[:2]) for a, b in beside] == [
        ("I", "我九"),
        ("The", "房东"),
        ("He", "第一"),
        ("Rent", "房租"),
        ("Utilities", "水电"),
    ]


def test_two_sentences_stand_beside_the_one_that_says_them() -> None:
    beside = align(
        "我在城北租了一套一室一厅，离河边不远。走路几分钟就到。你们呢？",
        "I rent a flat with one bedroom in the north, a few minutes' walk from the river. And you?",
    )
    assert [a for a, _ in beside] == [
        "我在城北租了一套一室一厅，离河边不远。走路几分钟就到。",
        "你们呢？",
    ]


def test_what_was_not_translated_stands_alone() -> None:
    postscript = "P.S. " + "This is only for those who read English, and it is long, too, " * 3
    beside = align(f"{ENGLISH}\n\n{postscript}", CHINESE)
    assert beside[-1] == (postscript, "")


def test_an_empty_side_is_one_pair() -> None:
    assert align("", "") == []
    assert align("One. Two.", "") == [("One. Two.", "")]


@given(TEXT, TEXT)
@settings(deadline=None)
def test_nothing_is_lost_doubled_or_moved(left: str, right: str) -> None:
    beside = align(left, right)
    assert "".join(a for a, _ in beside) == left
    assert "".join(b for _, b in beside) == right
