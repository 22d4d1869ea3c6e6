import time
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.languages import script

POSTS = tomllib.loads(Path(__file__).with_name("posts_labelled.toml").read_text("utf-8"))
LABELLED = [(language, post) for language, posts in POSTS.items() for post in posts]


def test_nearly_every_labelled_post_is_recognised() -> None:
    found = [(label, script.detect(post).language, post) for label, post in LABELLED]
    misses = [row for row in found if row[0] != row[1]]
    assert len(LABELLED) >= 120
    assert 1 - len(misses) / len(LABELLED) >= 0.95, misses


def test_the_labelled_posts_cover_every_language() -> None:
    assert tuple(POSTS) == script.LANGUAGES
    assert min(map(len, POSTS.values())) >= 15


def test_the_script_of_chinese_is_never_mistaken() -> None:
    chinese = [(label, post) for label, post in LABELLED if label.startswith("zh")]
    wrong = [post for label, post in chinese if script.detect(post).language != label]
    assert wrong == []


@pytest.mark.parametrize("either", ["你好", "中文", "一二三", "天干地支", "皇后", "台北", "好吃"])
def test_han_that_fits_both_scripts_is_simplified(either: str) -> None:
    assert script.detect(either).language == "zh-hans"


@pytest.mark.parametrize(
    ("wrapped", "language"),
    [
        ("See https://example.com/房租，now", "en"),
        ("看https://example.com/a这个房子", "zh-hans"),
        ("好 `the quick brown fox jumps over the dog`", "zh-hans"),
        ("好\n```\nthis is all code in here, and it is long\n```\n", "zh-hans"),
        ("好\n~~~\nthis is all code in here, and it has no end", "zh-hans"),
        ("thanks @小明 for this", "en"),
        ("写信到 the.long.address@mail.example.com", "zh-hans"),
        ("[好吃](/en/threads/new/with/english/words)", "zh-hans"),
        ("😂😂😂 yes", "en"),
        ("１２３ ４５６", "other"),
        ("ｈｅｌｌｏ　ｔｈｅｒｅ", "en"),
    ],
)
def test_what_is_no_prose_does_not_count(wrapped: str, language: str) -> None:
    assert script.detect(wrapped).language == language


def test_the_share_of_chinese_goes_from_none_to_all() -> None:
    shares = [
        script.detect(post).chinese_share
        for post in (
            "the rent is high",
            "the 房租 is very high",
            "我的房租 is high",
            "我的房租很高",
        )
    ]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)


def test_spans_of_mixed_text_give_each_run_its_language() -> None:
    post = "我的landlord很mean，真的 (really) 好。"
    spans = script.detect(post).spans
    assert [(post[start:end], language) for start, end, language in spans] == [
        ("我的", "zh-hans"),
        ("landlord", "en"),
        ("很", "zh-hans"),
        ("mean", "en"),
        ("，真的 ", "zh-hans"),
        ("(really) ", "en"),
        ("好。", "zh-hans"),
    ]


def test_a_run_of_its_own_script_says_so_and_the_others_follow_the_post() -> None:
    post = "這個 is nice 好 but this one 不好 and 為什麼 not"
    assert {language for *_, language in script.detect(post).spans} == {"zh-hant", "en"}


def test_texts_in_one_language_have_no_spans() -> None:
    assert script.detect("the rent").spans == script.detect("房租").spans == ()


def test_kana_in_mixed_text_is_in_no_span() -> None:
    spans = list(script.language_spans("好 の 好", "zh-hans"))
    assert spans == [(0, 2, "zh-hans"), (4, 5, "zh-hans")]


# Each cut where the language changes.
MIXED = [
    "很高兴，他说“没问题”，|which was a relief",
    "他说“|no problem|”，很高兴",
    "“|No problem|”，他说",
    "He said “|没问题|” to me and left",
    "What does “|押一付三|” mean?",
    "“|押一付三|” means one month down",
    "他说“没问题” |and left",
    "他说|“no problem” and left",
    "我用|iPhone 17|。",
    "我的|landlord|，真的|so mean|！",
    "《|Harry Potter|》很好看",
    "See you tomorrow|，记得带伞|please|。",
    "他说：“|OK|。”",
    "好吧……|whatever",
    "OK|……我知道了",
    "我知道——|at least I think so",
    "I know|——真的",
    "我想… |maybe not",
    "Well… |也许吧",
    "他说“我觉得‘|deadline|’太早了”",
    "She said ‘the |房东 |is mean’ twice",
    "I don’t like |押金",
    "the landlord’s |微信 |is off",
    "the students’ |宿舍",
    "真的？|Are you sure|？",
    "我在|Columbus|（|Ohio|）读书",
    "the rent |（房租） |is high",
    "我花了|3,000 dollars|。太贵了",
    "他说：“没问题。|And then he left.",
    "没问题”，|which is what he said",
    "and he said |“没问题",
    "“你好”和“|hello|”是一个意思",
]


@pytest.mark.parametrize("marked", MIXED)
def test_punctuation_goes_with_its_language(marked: str) -> None:
    text = marked.replace("|", "")
    assert [text[start:end] for start, end, _ in script.script_runs(text)] == marked.split("|")


@given(st.text(alphabet="a好“”‘’，。…—( 1\n") | st.text())
def test_full_width_punctuation_is_never_english(typed: str) -> None:
    english = "".join(
        typed[start:end] for start, end, is_han in script.script_runs(typed) if not is_han
    )
    assert not set(english) & set("，。！？：；（）《》「」")


@given(st.text(alphabet="a好，"), st.text(alphabet="a好"), st.sampled_from(["a", "好"]))
def test_both_marks_of_a_quotation_are_in_the_language_around_them(
    before: str, quoted: str, around: str
) -> None:
    typed = f"{before}{around}“{quoted}”{around}"
    runs = script.script_runs(typed)
    opening = len(before) + 1
    marks = [
        is_han
        for start, end, is_han in runs
        for at in (opening, opening + len(quoted) + 1)
        if start <= at < end
    ]
    assert marks == [around == "好"] * 2


@given(st.text(alphabet="aé好，。 1のд\n(“”‘’…—") | st.text())
def test_script_runs_cover_the_text_and_alternate(typed: str) -> None:
    runs = script.script_runs(typed)
    assert "".join(typed[start:end] for start, end, _ in runs) == typed
    kinds = [is_han for *_, is_han in runs]
    assert all(kind != after for kind, after in pairwise(kinds))


@given(st.text())
def test_any_text_has_a_language(typed: str) -> None:
    found = script.detect(typed)
    assert found.language in script.LANGUAGES
    assert 0 <= found.chinese_share <= 1
    assert bool(found.spans) <= (found.language == "mixed")


def test_every_language_has_a_lang_attribute() -> None:
    assert [script.html_lang(language) for language in script.LANGUAGES] == [
        "en",
        "zh-Hans",
        "zh-Hant",
        "mul",
        "und",
    ]
    assert script.html_lang("tlh") == "und"


@pytest.mark.parametrize(
    "piece",
    [
        *["房租又涨了，怎么办？", "the rent went up again ", "我的landlord不还deposit，so sad。"],
        *[
            "a好",
            "`",
            "`a",
            "@",
            "a@",
            "a@b-",
            "~~~\n",
            "http://",
            "](",
            "a.",
            "“好",
            "a‘”",
            "д",
            "日本語を",
            " ",
        ],
    ],
)
def test_five_times_the_text_takes_five_times_as_long_and_not_its_square(piece: str) -> None:
    def took(length: int) -> float:
        post = (piece * length)[:length]
        times = []
        for _ in range(4):  # the first pays for the tables
            start = time.process_time()
            assert script.detect(post).language in script.LANGUAGES
            times.append(time.process_time() - start)
        return min(times)

    # A square would be 25 times as long; a busy machine is the same for both.
    assert took(10_000) < 12 * took(2_000) + 0.005
