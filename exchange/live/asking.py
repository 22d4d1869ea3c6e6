"""What the sockets ask of the database: in a thread, and what many ask at one moment in one question."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from channels.db import database_sync_to_async
from django.db import connection

from .people import still_open
from .scopes import Opened

type Question = tuple[int, str]  # a person, 0 for nobody, and a scope


class Rounds:
    """A thread for the hub's rounds alone: a thousand sockets that come back at once ask their questions
    in the one that they share, and nobody who is there already waits for them."""

    def __init__(self) -> None:
        self._thread: ThreadPoolExecutor | None = None

    async def run[**P, T](self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        found: T
        if _is_in_memory():  # as of tests: a second connection would meet locked tables
            found = await database_sync_to_async(call)(*args, **kwargs)
            return found
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, thread_name_prefix="rounds")
        found = await database_sync_to_async(call, thread_sensitive=False, executor=self._thread)(
            *args, **kwargs
        )
        return found

    def end(self) -> None:
        """What runs may end; whoever asks later gets another thread."""
        thread, self._thread = self._thread, None
        if thread:
            thread.shutdown(wait=False)


def _is_in_memory() -> bool:
    database: Any = connection
    return database.vendor == "sqlite" and bool(database.is_in_memory_db())


class Questions:
    """Who may watch what. While one question is under way the next ones gather, and are one then."""

    def __init__(self) -> None:
        self._waiting: dict[Question, asyncio.Future[Opened | None]] = {}
        self._task: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def ask(self, question: Question) -> Opened | None:
        """What the database says after this call began. Raises what the database raises."""
        loop = asyncio.get_running_loop()
        if self._loop is not loop:  # tests have one each
            self._waiting, self._task, self._loop = {}, None, loop
        answer = self._waiting.get(question)
        if answer is None:
            answer = self._waiting[question] = loop.create_future()
        if self._task is None or self._task.done():
            self._task = loop.create_task(self._work())
        return await asyncio.shield(answer)  # others may wait for it

    async def _work(self) -> None:
        while self._waiting:
            asked, self._waiting = self._waiting, {}
            try:
                answers = await database_sync_to_async(still_open)(asked.keys())
            except Exception as error:  # noqa: BLE001 it is theirs who asked
                for future in asked.values():
                    future.set_exception(error)
                    future.exception()  # who asked may be gone
            else:
                for question, future in asked.items():
                    future.set_result(answers[question])
