import os
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import ConnectionHandler

from exchange.config import env, sqlite
from exchange.config.sqlite_fair.lock import FairLock

MIGRATE = """
import sys
{before}
from django.core.management import execute_from_command_line
execute_from_command_line(["manage.py", "migrate", "--verbosity", "0"])
from django.db import connection
print(sys.modules["sqlite3"].__name__, connection.get_database_version() >= (3, 51, 3))
print(len(connection.introspection.table_names()) > 10)
with connection.cursor() as cursor:
    print(*[cursor.execute(f"PRAGMA {{name}}").fetchone()[0] for name in ("journal_mode", "synchronous")])
"""


def migrate_empty_file(folder: Path, before: str = "") -> list[str]:
    environment = os.environ | {
        "DATA_DIR": str(folder),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "exchange.config.settings",
    }
    command = [sys.executable, "-c", MIGRATE.format(before=before)]
    done = subprocess.run(
        command, env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.mark.skipif(not sqlite.newer_module(), reason="pysqlite3 has no wheel for this machine")
def test_empty_file_migrates_with_the_packaged_sqlite(tmp_path: Path) -> None:
    assert migrate_empty_file(tmp_path) == ["pysqlite3", "True", "True", "wal", "2"]


def test_empty_file_migrates_with_the_standard_sqlite(tmp_path: Path) -> None:
    answer = migrate_empty_file(tmp_path, before="sys.modules['pysqlite3'] = None")
    assert answer[0] == "sqlite3"
    assert answer[2:] == ["True", "wal", "2"]


def test_installing_again_changes_nothing() -> None:
    before = sys.modules["sqlite3"], sys.modules["sqlite3"].connect
    sqlite.install()
    assert (sys.modules["sqlite3"], sys.modules["sqlite3"].connect) == before


@pytest.mark.parametrize(
    ("version", "has_bug"),
    [
        ((3, 40, 1), True),
        ((3, 44, 6), False),
        ((3, 50, 4), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 52, 0), True),
        ((3, 53, 4), False),
    ],
)
def test_versions_with_the_wal_bug(version: tuple[int, int, int], has_bug: bool) -> None:
    assert sqlite.has_wal_bug(version) is has_bug


@pytest.mark.django_db
def test_bulk_create_of_five_thousand_rows() -> None:
    before = ContentType.objects.count()
    rows = [ContentType(app_label="bulk", model=f"row{i}") for i in range(5000)]
    ContentType.objects.bulk_create(rows)
    assert ContentType.objects.count() == before + 5000


@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite")
@pytest.mark.django_db
def test_the_answered_limits_are_the_real_ones() -> None:
    most = connection.features.max_query_params
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {'+'.join(['%s'] * 9)}", [1] * 9)
        statement = f"SELECT 1 WHERE 1 IN ({','.join('?' * most)})"
        assert connection.connection.execute(statement, [1] * most).fetchone() == (1,)


# The fair lock, on a database file of its own


@pytest.fixture
def database(tmp_path: Path, django_db_blocker):
    """One connection for each thread that calls it."""
    handler = ConnectionHandler({"default": env.sqlite(str(tmp_path / "fair.sqlite3"))})
    with django_db_blocker.unblock():
        with handler["default"].cursor() as cursor:
            cursor.execute("CREATE TABLE line (who integer)")
        yield lambda: handler["default"]
        handler["default"].close()


def begin(database: BaseDatabaseWrapper) -> None:
    database.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def end(database: BaseDatabaseWrapper) -> None:
    database.commit()
    database.set_autocommit(True)


def write(database: BaseDatabaseWrapper, who: int) -> None:
    begin(database)
    with database.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM line")
        cursor.execute("INSERT INTO line VALUES (%s)", [who])
    end(database)


def in_threads(count: int, work) -> list[Exception]:
    errors: list[Exception] = []

    def guarded(who: int) -> None:
        try:
            work(who)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=guarded, args=(who,)) for who in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def test_every_thread_gets_its_rows_in_without_an_error(database) -> None:
    def work(who: int) -> None:
        for _ in range(100):
            write(database(), who)
        database().close()

    assert in_threads(4, work) == []
    with database().cursor() as cursor:
        cursor.execute("SELECT who FROM line ORDER BY rowid")
        order = [row[0] for row in cursor.fetchall()]
    assert Counter(order) == {0: 100, 1: 100, 2: 100, 3: 100}


def test_busy_threads_share_the_turns(database) -> None:
    commits: Counter[int] = Counter()
    start, stop = threading.Barrier(4), threading.Event()

    def work(who: int) -> None:
        database().ensure_connection()
        start.wait(10)
        until = time.monotonic() + 1.5
        while time.monotonic() < until and not stop.is_set():
            write(database(), who)
            commits[who] += 1
        database().close()

    assert in_threads(4, work) == []
    fair_share = commits.total() / 4
    assert min(commits.values()) >= fair_share / 2, commits


def test_a_turn_that_does_not_come_ends_in_an_error(database) -> None:
    begin(database())

    def work(_: int) -> None:
        database().settings_dict["OPTIONS"]["timeout"] = 0.2
        try:
            begin(database())
        finally:
            database().close()

    (error,) = in_threads(1, work)
    end(database())
    assert isinstance(error, OperationalError)
    write(database(), 0)


@pytest.mark.parametrize("leave", ["rollback", "close"])
def test_rollback_and_close_give_the_turn_back(database, leave: str) -> None:
    begin(database())
    getattr(database(), leave)()
    assert in_threads(1, lambda who: (write(database(), who), database().close())) == []


def test_a_begin_that_fails_gives_the_turn_back(database, monkeypatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(database(), "transaction_mode", "EXCLUSIVE")
        broken.setattr(database(), "cursor", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            begin(database())
    assert in_threads(1, lambda who: (write(database(), who), database().close())) == []


def test_a_thread_that_ended_inside_a_transaction_is_passed_over() -> None:
    lock = FairLock()
    in_threads(1, lambda _: lock.acquire(1))
    assert lock.acquire(timeout=5)


def test_turns_come_in_the_order_of_asking() -> None:
    lock, order = FairLock(), []
    first = lock.acquire(1)

    def work(who: int) -> None:
        ticket = lock.acquire(5)
        order.append(who)
        lock.release(ticket)

    threads = [threading.Thread(target=work, args=(who,)) for who in range(5)]
    for thread in threads:
        thread.start()
        while len(lock._queue) <= threads.index(thread) + 1:
            time.sleep(0.001)
    lock.release(first)
    for thread in threads:
        thread.join()
    assert order == [0, 1, 2, 3, 4]
