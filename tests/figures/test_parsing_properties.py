"""What holds for whatever is typed as an amount."""

from decimal import Decimal

from babel.numbers import format_currency, format_decimal
from hypothesis import given
from hypothesis import strategies as st

from exchange.figures import amount_words as words
from exchange.figures.parsing import LARGEST, Reading, read_amount
from exchange.figures.rates import currencies

amounts = st.decimals("0.01", "999999999", places=2)


@given(amounts, st.sampled_from(["en", "zh_Hans_CN"]))
def test_what_is_formatted_comes_back(amount: Decimal, locale: str) -> None:
    assert read_amount(format_decimal(amount, locale=locale)) == Reading(amount)


def is_told_apart(currency: str, locale: str) -> bool:
    """In English ¥ are yen, and they are yuan here."""
    return (currency, locale) != ("JPY", "en")


@given(amounts, st.sampled_from(currencies()), st.sampled_from(["en", "zh_Hans_CN"]))
def test_what_is_formatted_with_its_currency_comes_back(
    amount: Decimal, currency: str, locale: str
) -> None:
    formatted = format_currency(
        amount, currency, locale=locale, currency_digits=False, format="¤#,##0.##"
    )
    expected = currency if is_told_apart(currency, locale) else "CNY"
    assert read_amount(formatted) == Reading(amount, expected)


def section(number: int) -> str:
    """Up to 9999, with 零 where a place is left out."""
    text, left_out = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("零" if left_out and text else "") + "一二三四五六七八九"[digit - 1] + name
        left_out = not digit
    return text


def in_chinese(number: int) -> str:
    """As a teacher wants it written: 一万零五十."""
    parts = []
    for unit, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part = number // unit % 10**4
        if part:
            gap = "零" if parts and part < 1000 else ""
            parts.append(gap + section(part) + name)
    return "".join(parts)


@given(st.integers(1, 10**12 - 1))
def test_every_number_written_in_chinese_comes_back(number: int) -> None:
    assert read_amount(in_chinese(number)) == Reading(Decimal(number))


@given(st.integers(1, 9), st.integers(1, 9), st.sampled_from("百千万亿"))
def test_a_last_digit_stands_for_the_next_place(first: int, second: int, unit: str) -> None:
    worth = {"百": 10**2, "千": 10**3, "万": 10**4, "亿": 10**8}[unit]
    expected = first * worth + second * worth // 10
    assert read_amount(f"{first}{unit}{second}").amount == expected
    assert read_amount(in_chinese(first) + unit + in_chinese(second)).amount == expected


vocabulary = sorted(
    {*words.CURRENCIES, *words.PERIODS, *words.ADVERBS, *words.UNITS, *words.FILLERS, *words.CENTS}
    | {*words.NEGATIVE, *words.NOT_FINITE, *words.BETWEEN, "per ", "每", "一个", "½", "\ud800"}
)
typing = st.lists(
    st.sampled_from(vocabulary)
    | st.sampled_from("0123456789.,' -/+万千百十亿零两一二点块毛角分kwm"),
    max_size=12,
).map("".join)


@given(st.text(max_size=100) | typing)
def test_no_input_raises_and_an_amount_is_there_or_an_error(typed: str) -> None:
    reading = read_amount(typed)
    assert (reading.amount is None) == bool(reading.error)
    assert reading.amount is None or 0 < reading.amount <= LARGEST
    assert reading.other is None or reading.question in {"separators", "places", "range"}
