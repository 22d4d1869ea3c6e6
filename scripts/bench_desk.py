"""What the moderation desk costs with very many open cases. By itself, in a database of its own:

python -m scripts.bench_desk
"""

import os
import statistics
import time
from datetime import timedelta
from tempfile import TemporaryDirectory
from typing import Any

from .lanes import say

CASES = 20_000
POSTS = 400
LOADS = 30
MOST_MS, MOST_QUERIES = 150, 10


def main() -> int:
    with TemporaryDirectory(prefix="exchange-bench-") as folder:
        os.environ |= {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "exchange.config.settings"}
        import django

        django.setup()
        return _measure()


def _measure() -> int:
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("migrate", verbosity=0)
    call_command("seed", verbosity=0)
    browser = Client(headers={"host": "localhost"})
    browser.force_login(_fill(), backend="allauth.account.auth_backends.AuthenticationBackend")
    slow = 0
    for query in ("", "?language=zh", "?board=rent&rule=spam", "?after=500.9000", "?kind=held"):
        address = f"/en/moderation/{query}"
        assert browser.get(address).status_code == 200, address
        times = [_timed(browser, address) for _ in range(LOADS)]
        with CaptureQueriesContext(connection) as made:
            browser.get(address)
        median = statistics.median(times)
        slow += median > MOST_MS or len(made) > MOST_QUERIES
        say(f"desk of {CASES} cases {query or '(all)'}: {median:.0f} ms, {len(made)} queries")
    return int(bool(slow))


def _timed(browser: Any, address: str) -> float:
    start = time.perf_counter()
    browser.get(address)
    return 1000 * (time.perf_counter() - start)


def _fill() -> Any:
    """Many cases about some posts in both languages. Gives a moderator of the site."""
    from django.utils import timezone

    from exchange.accounts.models import User
    from exchange.boards.actions import open_thread, reply
    from exchange.boards.models import Board, Moderator
    from exchange.languages.actions import Draft
    from exchange.moderation.models import Case
    from exchange.safety.models import Rule

    joined = timezone.now() - timedelta(days=30)  # so that nothing of theirs waits for a look
    author = User.objects.create(
        username="writer", email="writer@example.org", reads=["en"], date_joined=joined
    )
    judge = User.objects.create(
        username="judge", email="judge@example.org", reads=["en", "zh-hans"]
    )
    Moderator.objects.create(user=judge, board=None)
    boards, rules = list(Board.objects.all()), list(Rule.objects.all())
    posts = []
    for number in range(POSTS):
        if number % 40 == 0:
            board = boards[number // 40 % len(boards)]
            thread = open_thread(
                author=author,
                board=board,
                title=Draft(f"Thread {number}"),
                draft=Draft("Some words"),
            )
        body = (
            (f"房东不退押金，怎么办？第{number}次。", "") if number % 2 else (f"Words {number}", "")
        )
        posts.append(reply(author=author, thread=thread, draft=Draft(*body)))
    Case.objects.bulk_create(
        Case(
            target=f"post.{1_000_000 + number}" if number >= POSTS else posts[number].target,
            kind=("reported", "held", "review")[number % 3],
            post=posts[number % POSTS],
            board_id=posts[number % POSTS].thread.board_id,
            author=author,
            language=posts[number % POSTS].passage.language,
            rule=rules[number % len(rules)],
            score=number % 997,
            reports=number % 7,
        )
        for number in range(CASES)
    )
    return judge


if __name__ == "__main__":
    raise SystemExit(main())
