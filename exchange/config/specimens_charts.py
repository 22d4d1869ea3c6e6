"""The charts that `/styleguide/` shows: one of each kind, and one of nothing. All numbers are invented."""

from datetime import date
from typing import Any

from exchange.figures.charts import Chart, Mark, Row
from exchange.figures.drawing import figure
from exchange.figures.statistics import Summary

WORDS = {
    "en": "Rent, whole flat|US dollars a month|one bedroom|Shanghai|Columbus, Ohio|Lijiang|Boston"
    "|United States|China|Statistics bureau|An advertisement|hours of work at the mean wage"
    "|A flat, a month|A bowl of noodles|Ride in an ambulance|What it costs in hours of work",
    "zh-hans": "整租|美元/月|一居室|上海|俄亥俄州哥伦布|丽江|波士顿|美国|中国|统计局|房产广告"
    "|按平均工资折算的工时|整租一个月|一碗面|坐一次救护车|合多少工时",
    "zh-hant": "整租|美元/月|一居室|上海|俄亥俄州哥倫布|麗江|波士頓|美國|中國|統計局|房產廣告"
    "|按平均工資折算的工時|整租一個月|一碗麵|坐一次救護車|合多少工時",
}
LOW = (500, 560, 610, 640, 700, 720, 810, 890, 1010)
HIGH = (900, 980, 1050, 1100, 1150, 1200, 1290, 1400)


def made(language: str) -> dict[str, Any]:
    """Each kind once, with every mark that charts know."""
    words = WORDS[language].split("|")
    cities = Chart(
        kind="cities",
        title=words[0],
        axis=words[1],
        rows=_cities(language, words),
        measure="money",
        language=language,
        currency="USD",
        basis=words[2],
        sources=words[9],
        sample=True,
    )
    countries = cities._replace(kind="countries", rows=_countries(language, words), sample=False)
    years = cities._replace(kind="years", rows=_years(language, words))
    hours = cities._replace(
        kind="hours",
        measure="hours",
        title=words[15],
        axis=words[11],
        rows=_hours(language, words),
    )
    charts = [cities, countries, years, hours, cities._replace(rows=())]
    return {"figures": [figure(chart) for chart in charts]}


def _cities(language: str, words: list[str]) -> tuple[Row, ...]:
    marks = (Mark(760, words[9], 2024), Mark(410, words[10], 2018, weak=True))
    return (
        Row(words[3], language, "CN", summary(LOW, outliers=(5200,)), marks),
        Row(words[5], language, "CN", summary((260,))),
        Row(words[4], language, "US", summary(HIGH)),
        Row(words[6], language, "US", summary((2300, 2500, 2900, 3100))),
    )


def _countries(language: str, words: list[str]) -> tuple[Row, ...]:
    return (
        Row(words[7], language, "US", summary(HIGH), (Mark(1300, words[9], 2024),)),
        Row(words[8], language, "CN", summary(LOW)),
    )


def _years(language: str, words: list[str]) -> tuple[Row, ...]:
    """Three countries, since each has its own line."""
    rows = []
    for country, factor in (("CN", 1.0), ("JP", 1.6), ("US", 2.2)):
        for year in range(2021, 2027):
            points = tuple(amount * factor * (1 + (year - 2021) / 12) for amount in LOW)
            marks = (Mark(points[4], words[9], year, country == "CN"),) if year == 2023 else ()
            few = summary(points[2:4] if year == 2022 else points)
            rows.append(Row(str(year), language, country, few, marks, year))
    return tuple(rows)


def _hours(language: str, words: list[str]) -> tuple[Row, ...]:
    return (
        Row(words[12], language, "CN", summary((70, 81, 88, 95))),
        Row(words[13], language, "CN", summary((0.4, 0.5, 0.6)), (Mark(0.7, words[9], 2025),)),
        Row(words[12], language, "US", summary((48, 55, 62, 69))),
        Row(words[14], language, "US", summary((60, 75))),
    )


def summary(points: tuple[float, ...], outliers: tuple[float, ...] = ()) -> Summary:
    n, few = len(points), len(points) < 3
    quarters = (points[n // 4], points[-1 - n // 4]) if n >= 5 else (None, None)
    return Summary(
        n=n,
        median=None if few else points[n // 2],
        q1=quarters[0],
        q3=quarters[1],
        low=points[0],
        high=points[-1],
        outliers=outliers,
        points=points,
        since=date(2024, 5, 1).toordinal(),
        until=date(2026, 3, 1).toordinal(),
        few=few,
    )
