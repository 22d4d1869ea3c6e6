"""Numbers as each language writes them."""

import pytest
from django.utils import translation

from exchange.web.templatetags.bilingual import count


@pytest.mark.parametrize(
    ("language", "number", "written"),
    [
        ("en", 0, "0"),
        ("en", 999, "999"),
        ("en", 1_000, "1k"),
        ("en", 1_299, "1.2k"),
        ("en", 125_900, "125k"),
        ("en", 3_450_000, "3.4M"),
        ("zh-hans", 9_999, "9999"),
        ("zh-hans", 10_000, "1万"),
        ("zh-hans", 12_900, "1.2万"),
        ("zh-hans", 1_234_567, "123万"),
        ("zh-hans", 120_000_000, "1.2亿"),
        ("zh-hant", 12_900, "1.2萬"),
        ("zh-hant", 120_000_000, "1.2億"),
    ],
)
def test_a_large_number_is_written_in_the_units_of_the_language(language, number, written) -> None:
    with translation.override(language):
        assert count(number) == written
