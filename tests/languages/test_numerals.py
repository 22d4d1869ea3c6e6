"""Numbers in Han: what they are worth, how they are said, and that a reader is told."""

import pytest

from exchange.languages import dictionary, numerals, reading, words


@pytest.mark.parametrize(
    ("word", "worth"),
    [
        ("三十二", "32"),
        ("十五", "15"),
        ("两百五十", "250"),
        ("两百五", "250"),
        ("一百零五", "105"),
        ("两千零五", "2005"),
        ("一万零五百", "10500"),
        ("三万五千", "35000"),
        ("十二万三千", "123000"),
        ("1万2", "12000"),
        ("1万2000", "12000"),
        ("20万5", "205000"),
        ("5百", "500"),
        ("一千亿", "100000000000"),
        ("二〇二六", "2026"),
        ("一九九八", "1998"),
        ("两三百", "200–300"),
        ("二三十", "20–30"),
    ],
)
def test_a_numeral_is_worth(word: str, worth: str) -> None:
    assert numerals.number(word) == worth


@pytest.mark.parametrize(
    "word", ["", "三三", "五六", "万", "万万", "三百二千", "100", "十月", "三十二" * 9, "房租"]
)
def test_what_cannot_be_read_as_a_number_has_no_worth(word: str) -> None:
    assert numerals.number(word) is None


def test_a_number_is_one_word_with_one_element_a_character() -> None:
    found = {word.text: word for word in reading.read("房租1万2，押金三十二块，兩百五十人，12万")}
    assert found["1万2"].pinyin == ("yī", "wàn", "èr")
    assert found["三十二"].pinyin == ("sān", "shí", "èr")
    assert found["兩百五十"].pinyin == ("liǎng", "bǎi", "wǔ", "shí")
    assert found["12万"].pinyin == ("1", "2", "wàn")  # nobody says "yī èr wàn"
    assert found["1万2"].senses == ("the number 12000",)
    assert dict(reading.gist("三十二块", "zh-hans"))["三十二"] == "32"


def test_a_number_can_be_looked_up_in_either_script() -> None:
    [entry] = dictionary.lookup("1萬2")
    assert (entry.simplified, entry.traditional, entry.number) == ("1万2", "1萬2", "12000")
    assert dictionary.lookup("三十二")[0].senses == ("the number 32",)
    assert dictionary.rarity("三十二") == 1
    assert dictionary.lookup("千万")[0].number == ""  # a headword stays what the dictionary says


def test_what_is_counted_does_not_begin_the_next_word() -> None:
    assert words.segment("住院三天花了两万块") == ["住院", "三", "天", "花", "了", "两万", "块"]
    assert words.segment("3天花了2个人的钱") == ["3", "天", "花", "了", "2", "个", "人", "的", "钱"]
    assert words.segment("三年级") == ["三", "年级"]
    assert words.segment("这件事实在难") == ["这", "件", "事", "实在", "难"]
