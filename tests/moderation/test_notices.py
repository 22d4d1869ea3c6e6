"""What the person concerned is told."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from exchange.accounts.models import FOR_GOOD
from exchange.ledger.verbs import VERBS
from exchange.moderation.notices import WORDS, is_told, notice
from exchange.safety.models import Rule

RULE = Rule(
    code="spam",
    number=4,
    name={"en": "No advertising", "zh-hans": "不发广告", "zh-hant": "不發廣告"},
    text={"en": "Do not advertise.", "zh-hans": "不要发广告。", "zh-hant": "不要發廣告。"},
)
WHEN = datetime(2026, 12, 3, 14, 30, tzinfo=UTC)
HAN = re.compile(r"[一-鿿]")


def test_every_notice_is_about_something_that_the_ledger_can_record() -> None:
    assert set(WORDS) <= set(VERBS)


@pytest.mark.parametrize("verb", WORDS)
def test_a_notice_is_whole_in_both_languages(verb: str) -> None:
    english = notice(verb, rule=RULE, language="en")
    chinese = notice(verb, rule=RULE, language="zh-hans")
    assert not HAN.search(english.title + english.body)
    assert HAN.search(chinese.title) and HAN.search(chinese.body)
    assert not re.search(r"[a-z]{4}", chinese.title + chinese.body)
    assert "%(" not in english.body + chinese.body


def test_a_notice_names_the_rule_the_end_the_thread_and_the_way_to_object() -> None:
    told = notice("person.silenced", rule=RULE, language="en", until=WHEN, thread_title="Rent")
    for part in (
        "house rule 4: No advertising",
        "Do not advertise.",
        "“Rent”",
        "30 days",
        "3, 2026, 2:30 p.m. (UTC)",
    ):
        assert part in told.body


def test_the_traditional_notice_is_made_from_the_simplified_one() -> None:
    told = notice("post.hidden", rule=RULE, language="zh-hant")
    assert "不發廣告" in told.body and "隱藏" in told.title


def test_what_has_no_end_says_so() -> None:
    told = notice("person.suspended", rule=RULE, language="en", until=FOR_GOOD)
    assert "No end was set." in told.body and "9999" not in told.body


def test_good_news_names_no_rule_and_no_appeal() -> None:
    told = notice("post.restored", rule=RULE, language="en")
    assert "house rule" not in told.body and "appeal" not in told.body


def test_what_was_appealed_before_does_not_offer_it_again() -> None:
    assert "appeal" not in notice("post.hidden", rule=RULE, language="en", appealable=False).body


def test_nobody_is_told_of_what_concerns_nobody() -> None:
    assert not is_told("thread.pinned")
    with pytest.raises(KeyError):
        notice("thread.pinned", rule=RULE, language="en")


# What each thing is not called in Chinese, where it has a name: 停用, 禁言, 站务人员, 修改建议.
OTHER_NAMES = re.compile(
    "封禁|封停|暂停发帖|暂停你|被暂停，你|工作人员|[这一]条帮改|举报帮改|举报的帮改"
)


def test_each_thing_has_one_name_in_chinese() -> None:
    catalogue = (
        Path(__file__)
        .parents[2]
        .joinpath("exchange/locale/zh_Hans/LC_MESSAGES/django.po")
        .read_text()
    )
    assert OTHER_NAMES.findall(catalogue) == []


@pytest.mark.parametrize(
    ("language", "title"), [("zh-hans", "管理员对你提出警告"), ("zh-hant", "管理員對你提出警告")]
)
def test_a_warning_says_that_it_is_one(language: str, title: str) -> None:
    assert notice("person.warned", rule=RULE, language=language).title == title
