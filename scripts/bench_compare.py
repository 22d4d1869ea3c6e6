"""What a topic page costs with 50,000 figures in 200 cities: queries, and milliseconds of one process.

Each database is filled in a process of its own (`python -m scripts.bench_compare`), SQLite in a folder
that goes away, PostgreSQL where one answers. Beside them a page that says almost nothing, in the same run.
"""

import csv
import os
import random
import statistics
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

from .lanes import ROOT, environment, say
from .services import connect, services, with_path

ENTRIES, CITIES, PEOPLE = 50_000, 200, 2_000
ROUNDS = 15
MOST_QUERIES, MOST_MS = 10, 150
COUNTRIES = ("CN", "US")


def report() -> None:
    say(f"\na topic page with {ENTRIES:,} figures in {CITIES} cities")
    with TemporaryDirectory(prefix="exchange-bench-") as folder:
        _in_its_process(DATA_DIR=folder)
        run = f"bench{os.getpid()}"
        with services(run) as found:
            if not found:
                say("no PostgreSQL answered")
                return
            name = f"test_exchange_{run}"  # which is taken away afterwards
            with connect(with_path(found.database_url, "postgres")) as connection:
                connection.execute(f'CREATE DATABASE "{name}"'.encode())
            _in_its_process(DATA_DIR=folder, DATABASE_URL=with_path(found.database_url, name))


def _in_its_process(**changes: str) -> None:
    env = environment(DJANGO_SETTINGS_MODULE="exchange.config.settings", DEMO="1", **changes)
    subprocess.run([sys.executable, "-m", "scripts.bench_compare"], cwd=ROOT, env=env, check=True)


def main() -> int:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    began = perf_counter()
    fill()
    say(f"{connection.vendor}: filled and computed in {perf_counter() - began:.0f} s")
    measure()
    return 0


def fill() -> None:
    from django.db import transaction

    from exchange.accounts.models import User
    from exchange.figures import actions, places, tasks
    from exchange.figures.models import Cell, Entry, Item

    chance = random.Random(5)  # the same figures at every run
    texts = {"en": "Rent", "zh-hans": "房租", "zh-hant": "房租"}
    with transaction.atomic():
        people = User.objects.bulk_create(
            User(username=f"bench{n}", email=f"bench{n}@example.org") for n in range(PEOPLE)
        )
        passages = _passages(people[0], texts)
        item = Item.objects.create(
            slug="bench-rent",
            topic="rent",
            name=texts,
            question=texts,
            period="month",
            periods=["month"],
            conditions=["bedrooms", "area", "utilities"],
            basis=["bedrooms"],
            usual_low=1,
            usual_high=100_000,
        )
        cities = _cities(places)
        entries = [
            _entry(chance, n, item, people[n % PEOPLE], passages[n % 10], cities[n % CITIES])
            for n in range(ENTRIES)
        ]
        for entry in entries:
            actions.normalise(entry, item)
        Entry.objects.bulk_create(entries, batch_size=500)
        where = {(place.country, place.id) for place in cities}
        Cell.objects.bulk_create(
            Cell(item=item, basis="bedrooms=1", country=country, city=city)
            for country, city in where | {(country, 0) for country in COUNTRIES}
        )
    tasks.work()


def _passages(author: Any, texts: dict[str, str]) -> list[Any]:
    """Of ten posts: the figures stand on them by turns."""
    from exchange.boards import actions
    from exchange.boards.models import Board
    from exchange.languages.actions import Draft

    board = Board.objects.create(slug="rent", position=1, name=texts, description=texts)
    thread = actions.open_thread(
        author=author, board=board, title=Draft("Rent"), draft=Draft("I pay this.")
    )
    replies = [
        actions.reply(author=author, thread=thread, draft=Draft(f"And this, {n}."))
        for n in range(9)
    ]
    return [post.passage for post in (thread.posts.get(number=1), *replies)]


def _cities(places: Any) -> list[Any]:
    """The largest of both countries, half of each."""
    with places.SOURCE.open(encoding="utf-8") as file:
        ids = [int(row["id"]) for row in csv.DictReader(file.readlines()[1:])]
    known = sorted(map(places.by_id, ids), key=lambda place: -place.population)
    return [
        place
        for country in COUNTRIES
        for place in [each for each in known if each.country == country][: CITIES // 2]
    ]


def _entry(chance: random.Random, n: int, item: Any, author: Any, passage: Any, place: Any) -> Any:
    from exchange.figures.models import Entry

    rent = 3000 if place.country == "CN" else 1300
    return Entry(
        item=item,
        amount=round(rent * chance.lognormvariate(0, 0.4)),
        currency="CNY" if place.country == "CN" else "USD",
        period="month",
        country=place.country,
        city=place.id,
        city_name=place.en,
        year=chance.randint(2015, date.today().year - 1),  # noqa: DTZ011 any year
        month=chance.randint(1, 12),
        conditions={"bedrooms": "1", "utilities": chance.choice(["yes", "no"])},
        passage=passage,
        author=author,
        position=n // 10,
        listed=True,
        voice=True,
    )


def measure() -> None:
    from django.core.cache import cache
    from django.test import Client

    client = Client(headers={"host": "localhost"})

    def page(query: str = "") -> Callable[[], Any]:
        return lambda: client.get(f"/en/compare/rent/{query}")

    def moved() -> None:
        from django.db.models import F

        from exchange.figures.models import Cell

        Cell.objects.filter(city=0, country="CN").update(version=F("version") + 1)

    bare = _times(lambda: client.get("/en/offline/"))[0]
    rows: list[tuple[str, Callable[[], Any], Callable[[], None]]] = [
        ("warm", page(), lambda: None),
        ("the first after a change", page(), moved),
        ("nothing kept", page(), cache.clear),
        ("some years, nothing kept", page("?from=2020&until=2022"), cache.clear),
        ("two cities", lambda: client.get("/en/compare/rent/cities/"), lambda: None),
        ("CSV", lambda: client.get("/en/compare/rent/figures.csv"), lambda: None),
    ]
    for name, ask, before in rows:
        took, queries = _times(ask, before)
        verdict = ""
        if name == "warm":
            right = took <= MOST_MS and queries <= MOST_QUERIES
            verdict = ", within budget" if right else f", OVER BUDGET of {MOST_MS} ms"
        say(f"{name:26} {queries:2} queries {took:7.1f} ms ({took / bare:5.1f} x bare){verdict}")


def _times(ask: Callable[[], Any], before: Callable[[], None] = lambda: None) -> tuple[float, int]:
    """Milliseconds of this process, the median; and queries without the transaction's own."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ask()
    times = []
    for _ in range(ROUNDS):
        before()
        began = process_time()
        response = ask()
        times.append(1000 * (process_time() - began))
        assert response.status_code == 200, response.status_code
    before()
    with CaptureQueriesContext(connection) as captured:
        ask()
    return statistics.median(times), len(captured)


if __name__ == "__main__":
    sys.exit(main())
