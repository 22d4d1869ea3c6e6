"""Run in a process of its own: fills a site's database with payloads, through the site's actions.

Prints where they are, as JSON: ids of threads and posts, and how many pages a thread has.
"""

import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "exchange.config.settings"

import django

django.setup()

from django.db import transaction

from exchange.accounts.models import User
from exchange.boards import actions
from exchange.boards.models import Board, Thread
from exchange.languages.actions import Draft
from exchange.moderation import actions as moderation
from exchange.moderation.targets import of_post
from exchange.safety.models import Rule
from tests.journeys.payloads import HTMX, TITLES, VECTORS

TITLED = 60


@transaction.atomic
def plant() -> dict[str, object]:
    tom, lin = (User.objects.get(username=name) for name in ("tom", "lin"))
    board = Board.objects.get(slug="site")
    first = opened(tom, board, "Payloads", "Each of the posts below means harm.")
    posts = [reply(tom, first, payload) for payload in [*HTMX, *VECTORS]]
    # Every other half, note and title is a sink of its own.
    halves = opened(tom, board, "Payloads in other halves", "你好")
    for at in range(0, len(VECTORS), 4):
        body = "\n\n".join(VECTORS[at : at + 4])
        reply(tom, halves, f"第{at}个。", body)
    titled = [
        opened(tom, board, title, "你好", TITLES[-1 - at])
        for at, title in enumerate(TITLES[:TITLED])
    ]
    spam = Rule.objects.get(code="spam")
    for at, post in enumerate(posts[:30]):
        moderation.report(reporter=lin, target=of_post(post), rule=spam, note=VECTORS[at])
        moderation.hide(moderator=lin, post=posts[-1 - at], rule=spam, note=VECTORS[-1 - at])
    edited = posts[45:120:25]
    for post in edited:
        actions.edit(author=tom, post=post, draft=Draft(VECTORS[-7]), from_version=1)
    return {
        "first": first.pk,
        "pages": (len(posts) + 20) // 20,
        "posts": [post.pk for post in posts[: len(posts) - 30]],
        "halves": halves.pk,
        "half_pages": (len(VECTORS) // 4 + 21) // 20,
        "titled": [thread.pk for thread in titled],
        "edited": [post.pk for post in edited],
    }


def opened(author: User, board: Board, title: str, body: str, title_other: str = "") -> Thread:
    draft = Draft(body)
    return actions.open_thread(
        author=author, board=board, title=Draft(title, title_other), draft=draft
    )


def reply(author: User, thread: Thread, body: str, other: str = ""):
    return actions.reply(author=author, thread=thread, draft=Draft(body, other))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(plant()) + "\n")
