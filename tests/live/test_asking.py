"""What is asked of the database for sockets: once for many, and not in the way of the rounds."""

import asyncio
import threading

import pytest
from channels.db import database_sync_to_async as in_thread
from django.db import OperationalError

from exchange.live import asking
from exchange.live.asking import Questions, Rounds
from exchange.live.scopes import Opened

SECONDS = 3.0
threads = pytest.mark.django_db(transaction=True)  # each closes its old connections


# Gathering


@pytest.fixture
def gate(monkeypatch):
    """still_open as it says what it was asked, and answers when a test lets it."""

    class Gate:
        def __init__(self) -> None:
            self.asked: list[set[tuple[int, str]]] = []
            self.began, self.answers = threading.Event(), threading.Event()
            self.error: Exception | None = None

        def __call__(self, asked):
            self.asked.append(set(asked))
            self.began.set()
            assert self.answers.wait(SECONDS)
            if self.error:
                raise self.error
            return {(pk, scope): Opened(latest=pk) for pk, scope in asked}

    made = Gate()
    monkeypatch.setattr(asking, "still_open", made)
    return made


@threads
async def test_what_a_thousand_ask_during_a_question_is_one_question(gate):
    questions = Questions()
    first = asyncio.create_task(questions.ask((1, "front")))
    assert await asyncio.to_thread(gate.began.wait, SECONDS)
    others = [asyncio.create_task(questions.ask((n % 50, "thread.1"))) for n in range(1000)]
    again = asyncio.create_task(questions.ask((1, "front")))
    await asyncio.sleep(0)
    gate.answers.set()
    assert (await first).latest == 1
    assert [(await each).latest for each in others] == [n % 50 for n in range(1000)]
    assert (await again).latest == 1
    # Whoever asks during a question is told what is so after it.
    assert [len(asked) for asked in gate.asked] == [1, 51]


@threads
async def test_who_goes_takes_nobody_elses_answer_along(gate):
    questions = Questions()
    gone, there = (asyncio.create_task(questions.ask((1, "front"))) for _ in range(2))
    assert await asyncio.to_thread(gate.began.wait, SECONDS)
    gone.cancel()
    gate.answers.set()
    assert (await there).latest == 1
    await asyncio.wait([gone])
    assert gone.cancelled()


@threads
async def test_a_database_that_is_away_is_said_to_all_who_asked_and_asked_again(gate):
    questions = Questions()
    gate.error = OperationalError("away")
    gate.answers.set()
    for _ in range(2):
        with pytest.raises(OperationalError):
            await questions.ask((1, "front"))
    gate.error = None
    assert (await questions.ask((1, "front"))).latest == 1


# The rounds' own thread


@threads
async def test_a_round_waits_for_no_question(monkeypatch):
    monkeypatch.setattr(asking, "_is_in_memory", lambda: False)
    rounds, over = Rounds(), threading.Event()
    question = asyncio.create_task(in_thread(over.wait)(SECONDS))
    await asyncio.sleep(0)
    async with asyncio.timeout(SECONDS):
        mine = await rounds.run(threading.current_thread)
        assert await rounds.run(threading.current_thread) is mine
    assert not question.done()
    over.set()
    assert await question
    rounds.end()
    mine.join(SECONDS)
    assert not mine.is_alive()


@threads
async def test_a_database_in_memory_has_one_thread():
    shared = await in_thread(threading.current_thread)()
    rounds = Rounds()
    own = await rounds.run(threading.current_thread)
    assert (own is shared) == asking._is_in_memory()
    rounds.end()
