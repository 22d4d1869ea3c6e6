"""Times as the server writes them, for who has no scripts: absolute, and in UTC."""

from datetime import UTC, datetime, timedelta, timezone

from django.utils.translation import override

from exchange.web.templatetags.bilingual import moment

AT = datetime(2026, 3, 5, 15, 30, tzinfo=UTC)


def test_a_script_gets_the_exact_time() -> None:
    with override("en"):
        assert 'datetime="2026-03-05T15:30:00+00:00"' in moment(AT)


def test_the_words_are_utc_wherever_the_time_came_from() -> None:
    shanghai = AT.astimezone(timezone(timedelta(hours=8)))
    for language in ("en", "zh-hans"):
        with override(language):
            assert moment(shanghai) == moment(AT)
            assert moment(AT).endswith(" UTC</time>")


def test_each_language_writes_the_date_its_way() -> None:
    with override("en"):
        assert "March 5, 2026" in moment(AT)
    with override("zh-hans"):
        assert "2026年3月5日" in moment(AT)
