"""Times in the reader's own words."""

from datetime import UTC, datetime, timedelta

import pytest

from .conftest import Visit

NOW = datetime(2026, 3, 5, 15, 30, tzinfo=UTC)
ASK = """at => {
  const time = document.querySelector("time[datetime]");
  time.dateTime = at;
  document.dispatchEvent(new CustomEvent("exchange:added"));
  return time.textContent;
}"""


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            ["just now", "5 min. ago", "3 hr. ago", "yesterday 21:04", "3 days ago", "Feb 1"],
        ),
        (
            "zh-hans",
            ["刚刚", "5分钟前", "3小时前", "昨天 21:04", "3天前", "2月1日"],
        ),
    ],
)
def test_near_times_are_said_as_people_say_them(
    visit: Visit, language: str, words: list[str]
) -> None:
    page = visit(language=language, timezone_id="UTC")
    page.clock.set_fixed_time(NOW)
    page.goto(f"/{language}/threads/1/")
    moments = [
        NOW - timedelta(seconds=20),
        NOW - timedelta(minutes=5),
        NOW - timedelta(hours=3),
        datetime(2026, 3, 4, 21, 4, tzinfo=UTC),
        NOW - timedelta(days=3),
        datetime(2026, 2, 1, 9, 0, tzinfo=UTC),
    ]
    assert [page.evaluate(ASK, at.isoformat()) for at in moments] == words


def test_an_hour_is_said_when_it_is_over(visit: Visit) -> None:
    page = visit(timezone_id="UTC")
    late = datetime(2026, 3, 5, 23, 59, tzinfo=UTC)
    page.clock.set_fixed_time(late)
    page.goto("/en/threads/1/")
    moments = [late - timedelta(minutes=59, seconds=50), late - timedelta(hours=23, minutes=50)]
    assert [page.evaluate(ASK, at.isoformat()) for at in moments] == ["59 min. ago", "23 hr. ago"]
