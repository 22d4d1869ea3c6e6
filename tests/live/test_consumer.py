import asyncio
from datetime import timedelta

import pytest
from channels.db import database_sync_to_async as in_thread
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from exchange.accounts.models import User
from exchange.boards import actions
from exchange.boards.models import Board
from exchange.languages.actions import Draft
from exchange.ledger.queries import latest_id
from exchange.live import consumer, scopes
from exchange.moderation import actions as moderation
from tests.cast import open_thread, reply

from .conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_repeats(monkeypatch):
    """The follower's first look may repeat the last seconds, in which these tests begin."""
    monkeypatch.setattr("exchange.ledger.cursor.OVERLAP", timedelta(0))


async def test_a_reply_an_edit_and_a_hiding_reach_a_watcher(visit, thread, tom, mei, lin, rules):
    page = await visit()
    first = await page.watch(thread.scope)
    assert first == {"watching": thread.scope, "event": await in_thread(latest_id)(thread.scope)}
    post = await in_thread(reply)(mei, thread)
    frame = await page.hears()
    assert (frame["kind"], frame["number"], frame["post"]) == ("post", 2, post.pk)
    assert frame["event"] > first["event"] and "我也是" in frame["html"]
    await in_thread(actions.edit)(author=mei, post=post, draft=Draft("改好了"), from_version=1)
    assert "改好了" in (await page.hears())["html"]
    await in_thread(moderation.hide)(moderator=lin, post=post, rule=rules["spam"])
    hidden = await page.hears()
    assert "改好了" not in hidden["html"] and "Rule spam" in hidden["html"]


async def test_each_watcher_hears_it_in_the_language_of_the_page(visit, thread, tom, mei):
    english, chinese = await visit(tom), await visit(mei)
    await english.watch(thread.scope, "en")
    await chinese.watch(thread.scope, "zh-hans")
    await in_thread(reply)(mei, thread)
    assert 'href="/en/' in (await english.hears())["html"]
    assert 'href="/zh-hans/' in (await chinese.hears())["html"]


async def test_a_locked_thread_says_so(visit, thread, lin, rules):
    page = await visit()
    await page.watch(thread.scope)
    await in_thread(moderation.lock)(moderator=lin, thread=thread, rule=rules["other"])
    assert (await page.hears())["verb"] == "thread.locked"


async def test_nothing_comes_after_unwatch(visit, thread, mei):
    gone, there = await visit(), await visit()
    for page in (gone, there):
        await page.watch(thread.scope)
    await gone.tells({"unwatch": thread.scope})
    await gone.watch("thread.999999")  # its answer says that the line before was read
    await in_thread(reply)(mei, thread)
    await there.hears()
    assert await gone.receive_nothing()


@pytest.mark.parametrize(
    ("access", "person", "open_to"),
    [
        ("public", None, True),
        ("members", None, False),
        ("members", "sam", True),
        ("moderators", None, False),
        ("moderators", "sam", False),
        ("moderators", "lin", True),
    ],
)
async def test_a_thread_is_watched_by_those_who_may_read_it(
    visit, thread, rent, sam, lin, access, person, open_to
):
    await in_thread(Board.objects.update)(access=access)
    page = await visit({"sam": sam, "lin": lin, None: None}[person])
    answer = await page.watch(thread.scope)
    assert ("watching" if open_to else "refused") in answer


@pytest.mark.parametrize("scope", ["thread.999999", "board.1", "user.1", "moderation.1"])
async def test_a_scope_that_is_not_there_is_refused_like_one_that_is_closed(visit, lin, scope):
    page = await visit(lin)
    assert await page.watch(scope) == {"refused": scope}


async def test_the_desk_is_watched_by_moderators_only(visit, lin, board_moderator, sam):
    for person, said in [(lin, "watching"), (board_moderator, "watching"), (sam, "refused")]:
        assert said in await (await visit(person)).watch("moderation")
    assert "refused" in await (await visit(None)).watch("moderation")


async def test_a_moderator_who_was_dismissed_is_out_at_once(visit, thread, rent, lin, staff):
    await in_thread(Board.objects.update)(access="moderators")
    page = await visit(lin)
    assert "watching" in await page.watch(thread.scope)
    await in_thread(moderation.dismiss)(by=staff, person=lin, role="moderator")
    assert await page.hears() == {"revoked": thread.scope}
    assert "refused" in await page.watch(thread.scope)


async def test_a_suspended_person_is_sent_away(bo):
    page = await in_thread(Visitor)(bo)
    assert await page.connects()
    assert await page.closed() == consumer.SUSPENDED
    await page.leaves()


async def test_a_suspension_that_is_over_is_over(visit, thread, bo):
    past = timezone.now() - timedelta(minutes=1)
    await in_thread(User.objects.update)(suspended_until=past)
    assert "watching" in await (await visit(bo)).watch(thread.scope)


async def test_a_ninth_scope_is_refused(visit, tom, rent):
    threads = [await in_thread(open_thread)(tom, rent) for _ in range(consumer.MOST_SCOPES + 1)]
    page = await visit()
    for thread in threads[:-1]:
        assert "watching" in await page.watch(thread.scope)
    assert "refused" in await page.watch(threads[-1].scope)
    assert "watching" in await page.watch(threads[0].scope, "zh-hant")
    await page.tells({"unwatch": threads[0].scope})
    assert "watching" in await page.watch(threads[-1].scope)


async def test_without_a_database_a_watcher_is_sent_away_with_one_line(
    visit, thread, monkeypatch, caplog
):
    page = await visit()
    monkeypatch.setitem(scopes.GATEKEEPERS, "thread", away)
    await page.tells({"watch": thread.scope, "language": "en"})
    assert await page.closed() == consumer.TRY_AGAIN_LATER
    assert [record.exc_info for record in caplog.records] == [None]


@pytest.fixture
def failing(monkeypatch):
    """From now on whoever asks for a thread gets that error."""

    def fail(error: Exception) -> None:
        def raises(*args: object) -> None:
            raise error

        monkeypatch.setitem(scopes.GATEKEEPERS, "thread", raises)

    return fail


def what_is_left() -> tuple[object, ...]:
    hub = consumer.hub
    return *map(len, (hub._connections, hub._watchers, hub._here._here, hub._tasks)), hub._loop


NOTHING = 0, 0, 0, 0, None


async def is_here(page: Visitor, scope: str) -> None:
    await page.watch(scope)
    await page.tells({"presence": scope, "here": True})
    assert (await page.hears())["kind"] == "presence"


@pytest.mark.parametrize(
    ("error", "trace"), [(InterfaceError("closed"), False), (ValueError("ours"), True)]
)
async def test_whatever_goes_wrong_sends_the_page_away_to_come_back_and_leaves_nothing_behind(
    thread, tom, failing, error, trace, caplog
):
    page = await in_thread(Visitor)(tom)
    assert await page.connects()
    await is_here(page, thread.scope)
    failing(error)
    await page.tells({"watch": thread.scope, "language": "en"})
    assert await page.closed() == consumer.TRY_AGAIN_LATER
    assert what_is_left() == NOTHING and not consumer.hub._doors._open
    (said,) = caplog.records
    assert said.message.startswith("A socket was sent away") and bool(said.exc_info) == trace
    await page.leaves()


@pytest.mark.parametrize("how", ["raises", "is cancelled"])
async def test_a_socket_whose_task_ends_without_its_close_leaves_nothing_behind(thread, how):
    page = Visitor()
    assert await page.connects()
    await is_here(page, thread.scope)
    if how == "raises":
        await page.send_input({"type": "websocket.unheard.of"})
    else:
        page.future.cancel()
    with pytest.raises((ValueError, asyncio.CancelledError)):
        await page.future
    assert what_is_left() == NOTHING and not consumer.hub._doors._open


@pytest.mark.parametrize("kind", [OperationalError, InterfaceError])
async def test_a_database_that_is_away_in_whatever_way_lets_nobody_in(
    tom, kind, monkeypatch, caplog
):
    def gone(*args: object) -> None:
        raise kind("away")

    page = await in_thread(Visitor)(tom)
    monkeypatch.setattr("exchange.live.people.load_backend", gone)
    assert not await page.connects()
    assert [record.exc_info for record in caplog.records] == [None]
    await page.leaves()


@pytest.mark.parametrize(("person", "first", "again"), [(None, 1, 1), ("tom", 5, 3)])
async def test_watching_costs_one_query_and_knowing_who_asks_three(
    visit, thread, tom, person, first, again, monkeypatch
):
    """For a member: session, user; user, roles, thread. Who it is by now is asked for each time.

    A round that is under way has it asked once more: here the hub is there already, and rests.
    """
    monkeypatch.setattr("exchange.live.hub.LOOK_SECONDS", 3600)
    await (await visit()).watch(thread.scope)
    await consumer.hub._resting.wait()
    page = await in_thread(Visitor)(tom if person else None)
    with QueriesOfTheThread() as queries:
        await queries.start()
        assert await page.connects()
        await page.tells({"watch": thread.scope, "language": "en"})
        assert "watching" in await page.hears()
        assert len(queries.of_the_page) == first
        await page.watch(thread.scope)
        assert len(queries.of_the_page) == first + again
        await queries.stop()
    await page.leaves()


class QueriesOfTheThread:
    """The queries of the thread that sockets use, without those of the follower."""

    def __enter__(self) -> "QueriesOfTheThread":
        self.said: list[str] = []
        return self

    def __exit__(self, *error: object) -> None:
        pass

    async def start(self) -> None:
        await in_thread(lambda: connection.execute_wrappers.append(self._note))()

    async def stop(self) -> None:
        await in_thread(lambda: connection.execute_wrappers.remove(self._note))()

    @property
    def of_the_page(self) -> list[str]:
        return [sql for sql in self.said if not sql.startswith(('SELECT MAX("', *FOLLOWER))]

    def _note(self, execute, sql, params, many, context):
        self.said.append(sql)
        return execute(sql, params, many, context)


FOLLOWER = (
    'SELECT "ledger_event"."id" AS "id" FROM',
    'SELECT "ledger_event"."id", "ledger_event"."verb"',
    'SELECT "accounts_user"."id" AS "pk", "accounts_user"."changed_at"',
)


def away(*args: object) -> int:
    raise OperationalError("the database is away")


async def test_a_hundred_sockets_that_leave_leave_nothing_behind(thread):
    pages = [Visitor() for _ in range(100)]
    for page in pages:
        assert await page.connects()
        await page.watch(thread.scope)
    assert len(consumer.hub._watchers[thread.scope]) == 100
    await asyncio.gather(*(page.leaves() for page in pages))
    assert consumer.hub._watchers == {}


async def test_what_is_posted_between_the_question_and_the_answer_is_not_passed_by(
    visit, thread, mei, monkeypatch
):
    ask, posted = consumer.LiveConsumer._opened, []

    async def ask_slowly(page, connection, scope):
        opened = await ask(page, connection, scope)
        if not posted:
            posted.append(await in_thread(reply)(mei, thread))
            await two_rounds()
        return opened

    monkeypatch.setattr(consumer.LiveConsumer, "_opened", ask_slowly)
    page = await visit()
    told = await page.watch(thread.scope)
    assert told["event"] == await in_thread(latest_id)(thread.scope)


async def test_what_is_closed_between_the_question_and_the_answer_is_refused(
    visit, thread, monkeypatch
):
    ask, closed = consumer.LiveConsumer._opened, []

    async def ask_slowly(page, connection, scope):
        opened = await ask(page, connection, scope)
        if not closed:
            closed.append(await in_thread(Board.objects.update)(access="moderators"))
            await two_rounds()
        return opened

    monkeypatch.setattr(consumer.LiveConsumer, "_opened", ask_slowly)
    page = await visit()
    assert await page.watch(thread.scope) == {"refused": thread.scope}


async def two_rounds() -> None:
    rounds = consumer.hub.rounds
    async with asyncio.timeout(5):
        while consumer.hub.rounds < rounds + 2:
            consumer.hub.ring()
            await asyncio.sleep(0.01)
