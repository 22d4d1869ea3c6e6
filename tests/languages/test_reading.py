"""Words, readings and the dictionary: what they promise whatever the text is."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.languages import dictionary, reading, words
from exchange.languages.pinyin import beside, marked, zhuyin

ODD = [
    "",
    "😀",
    "😀👍🏽👨‍👩‍👧🏳️‍🌈",
    "日本語を勉強しています。カタカナ",
    "我\u200d是\u200b中\ufeff国人",
    "a\ud800我\udfff",
    "\x00\x01我\x00",
    "٣ привет 안녕 สวัสดี",
    "一" * 500,
    "，。！？" * 50,
    "\U00020000\U0002a6a5",
]
ALPHABET = st.one_of(
    st.characters(), st.sampled_from("我在重慶银行AbC'-.，。 0123\n\u200d😀々〇的")
)


def shown(text: str) -> str:
    return " ".join(
        f"{word.text}[{' '.join(word.pinyin)}]" if word.pinyin else word.text
        for word in reading.read(text)
        if word.text.strip()
    )


@pytest.mark.parametrize("text", ODD)
def test_words_of_odd_texts_join_to_the_text(text: str) -> None:
    assert "".join(words.segment(text)) == text
    assert "".join(word.text for word in reading.read(text)) == text
    assert "".join(word for word, _ in reading.gist(text, "zh-hans")) == text


@given(st.text(ALPHABET, max_size=60))
@settings(deadline=None)
def test_any_text_is_read_whole_with_one_element_a_character(text: str) -> None:
    at = 0
    for word in reading.read(text):
        assert (word.start, word.end) == (at, at + len(word.text))
        assert word.pinyin is None or len(word.pinyin) == len(word.text)
        at = word.end
    assert at == len(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("她后天才回来", "后天 才"),
        ("从前门进去", "从 前门"),
        ("她从小学钢琴", "从小 学"),
        ("从小学到大学", "小学"),
        ("这说明年龄不重要", "说明 年龄"),
        ("我没收到邮件", "没 收到"),
        ("很多人才知道", "人 才"),
        ("用自己的话说", "的 话"),
        ("要是有时间的话就去", "的话"),
        ("你试试看，我想想再说", "想想"),
    ],
)
def test_the_sentence_tells_whose_a_shared_character_is(text: str, found: str) -> None:
    cut = words.segment(text)
    wanted = found.split()
    assert any(cut[at : at + len(wanted)] == wanted for at in range(len(cut))), cut


def test_ten_thousand_characters_take_ten_times_as_long_as_a_thousand() -> None:
    text = "我在重庆银行办理了业务房东把押金还给我" * 60
    words.segment(text)

    def seconds(length: int) -> float:
        given = (text * 10)[:length]
        best = 9.9
        for _ in range(3):
            start = time.process_time()
            words.segment(given)
            best = min(best, time.process_time() - start)
        return best

    assert seconds(10_000) < 40 * seconds(1_000)


def test_latin_words_numbers_and_signs_are_cut_as_people_read_them() -> None:
    text = "I don't pay $1,200.50 (50%) for U.S. e-mail, C++ or F-1；房租3,500元，用iPhone15唱卡拉OK穿T恤"
    found = set(words.segment(text))
    assert {"don't", "1,200.50", "50%", "U.S.", "e-mail", "C++", "F-1", "3,500"} <= found
    assert {"iPhone15", "卡拉OK", "T恤", "房租"} <= found


def test_traditional_text_is_cut_like_simplified_text() -> None:
    assert words.segment("銀行在頭髮店旁邊") == ["銀行", "在", "頭髮", "店", "旁邊"]


def test_numbers_in_han_stay_whole_before_their_measure_word() -> None:
    assert words.segment("二十三个人三千五百块") == ["二十三", "个", "人", "三千五百", "块"]


def test_neighbours_tell_the_reading() -> None:
    assert shown("她长大了，头发长得很长") == (
        "她[tā] 长大[zhǎng dà] 了[le] ， 头发[tóu fa] 长[zhǎng] 得[de] 很[hěn] 长[cháng]"
    )
    assert (
        shown("我得走了，把钱还给他")
        == "我[wǒ] 得[děi] 走[zǒu] 了[le] ， 把[bǎ] 钱[qián] 还给[huán gěi] 他[tā]"
    )
    assert shown("慢慢地走") == "慢慢[màn màn] 地[de] 走[zǒu]"


def test_a_word_with_several_readings_lists_all_and_the_one_meant_first() -> None:
    word = next(word for word in reading.read("大夫来了") if word.text == "大夫")
    assert [entry.pinyin for entry in word.entries] == [("dài", "fu"), ("dà", "fū")]
    assert "doctor" in word.senses[0]


def test_english_phrases_are_one_word_with_their_base_form() -> None:
    found = {
        word.text: word
        for word in reading.read("The utility bill and a security deposit; apartments")
    }
    assert "水电费" in found["utility bill"].senses
    assert "押金" in found["security deposit"].senses
    assert found["apartments"].base == "apartment"
    assert found["apartments"].pinyin is None


def test_a_gist_goes_both_ways_and_skips_what_only_holds_the_sentence_together() -> None:
    assert ("房东", "landlord") in reading.gist("我的房东很好", "zh-hans")
    english = dict(reading.gist("The landlord kept the deposit.", "en"))
    assert english["landlord"] == "房东"
    assert english["The"] == ""


def test_either_script_finds_an_entry_and_pointers_are_followed() -> None:
    assert dictionary.lookup("銀行")[0].simplified == "银行"
    assert dictionary.lookup("银行")[0].traditional == "銀行"
    assert "inside" in " ".join(dictionary.lookup("裏")[0].senses)
    assert dictionary.lookup("不存在的词儿") == ()


def test_surnames_come_last() -> None:
    assert "surname" in dictionary.lookup("里")[-1].senses[0]


def test_measure_words_are_apart_from_senses() -> None:
    cat = dictionary.lookup("猫")[0]
    assert "只" in cat.measures
    assert not any("CL:" in sense for sense in cat.senses)


@pytest.mark.parametrize(
    "odd", ["", " ", "\x00", "\ud800", "x" * 10_000, "😀", "我" * 10_000, "%_\"'"]
)
def test_the_dictionary_answers_nothing_to_nonsense(odd: str) -> None:
    assert dictionary.lookup(odd) == ()
    assert dictionary.equivalents(odd) == []


def test_common_words_rank_before_rare_ones() -> None:
    assert reading.rarity("我们") < reading.rarity("押金") < reading.rarity("饕餮")
    assert reading.rarity("銀行") == reading.rarity("银行")
    assert reading.rarity("不存在的词儿") == dictionary.UNKNOWN_PLACE


@pytest.mark.parametrize(
    ("numbered", "wanted"),
    [
        ("lu:4", "lǜ"),
        ("r5", "r"),
        ("Chong2", "chóng"),
        ("gui4", "guì"),
        ("liu2", "liú"),
        ("de5", "de"),
        ("xx5", ""),
    ],
)
def test_tone_marks_stand_on_the_right_vowel(numbered: str, wanted: str) -> None:
    assert marked(numbered) == wanted


def test_letters_and_commas_of_a_headword_stand_for_themselves() -> None:
    assert beside("卡拉OK", "ka3 la1 O K") == ("kǎ", "lā", "o", "k")
    assert beside("11区", "11 Qu1") == ("1", "1", "qū")
    assert beside("一不做，二不休", "yi1 bu4 zuo4 , er4 bu4 xiu1")[3] == "，"


@pytest.mark.parametrize(
    ("pinyin", "wanted"),
    [
        ("zhòng", "ㄓㄨㄥˋ"), ("chī", "ㄔ"), ("xué", "ㄒㄩㄝˊ"), ("yuán", "ㄩㄢˊ"), ("yǒu", "ㄧㄡˇ"),
        ("lǜ", "ㄌㄩˋ"), ("de", "˙ㄉㄜ"), ("r", "ㄦ"), ("xiōng", "ㄒㄩㄥ"), ("wèn", "ㄨㄣˋ"),
        ("jiǔ", "ㄐㄧㄡˇ"), ("A", "A"), ("，", "，"),
    ],
)  # fmt: skip
def test_zhuyin_of_a_syllable(pinyin: str, wanted: str) -> None:
    assert zhuyin(pinyin) == wanted
