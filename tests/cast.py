"""The people, places and things that tests talk about.

Mei reads Chinese and learns English, Tom the reverse; Lin moderates the site; Sam is new; Bo is
suspended; nobody is not logged in.
"""

import io
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.translation import deactivate
from PIL import Image

from exchange.accounts.models import User
from exchange.boards import actions, queries
from exchange.boards.models import Board, Moderator, Post, Thread
from exchange.config.seeding_figures import draft as figure
from exchange.config.seeding_figures import seed_items
from exchange.figures.actions import EntryDraft
from exchange.figures.models import Item
from exchange.languages.actions import Draft
from exchange.ledger.seal import seal, unseal
from exchange.safety.actions import know
from exchange.safety.models import Rule
from exchange.safety.queries import forget
from exchange.uploads import actions as uploads
from exchange.uploads import sandbox
from exchange.uploads.actions import PictureDraft
from exchange.uploads.made import CODES, Made, Part, Refused
from exchange.uploads.models import Upload

PASSWORD = "duck-soup-2025"
RULES = (
    "harassment hate private-data spam scam sexual minors mistranslation off-topic other".split()
)


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    cache.clear()
    deactivate()  # the language of the last page that the test before asked for


@pytest.fixture(autouse=True)
def _rows_can_be_flushed(request: pytest.FixtureRequest) -> Any:
    """After a test with real transactions Django empties all tables, which the ledger forbids."""
    marker = request.node.get_closest_marker("django_db")
    if not (marker and marker.kwargs.get("transaction")):
        yield
        return
    request.getfixturevalue("transactional_db")
    unseal(connection)
    seal(connection)
    yield
    unseal(connection)


def person(name: str, *, newcomer: bool = False, **fields: Any) -> User:
    """Somebody with an account; a newcomer's pictures wait for a moderator's look."""
    user = User(username=name, email=f"{name}@example.org", **fields)
    user.set_password(PASSWORD)
    user.save()
    if not newcomer:
        know(user.pk)
    return user


@pytest.fixture
def mei(db: None) -> User:
    return person("mei", reads=["zh-hans"], learning=["en"])


@pytest.fixture
def tom(db: None) -> User:
    return person("tom", reads=["en"], learning=["zh-hans"])


@pytest.fixture
def sam(db: None) -> User:
    return person("sam", newcomer=True, reads=["en"])


@pytest.fixture
def lin(db: None) -> User:
    user = person("lin", reads=["zh-hans", "en"])
    Moderator.objects.create(user=user, board=None)
    return user


@pytest.fixture
def bo(db: None) -> User:
    return person("bo", reads=["en"], suspended_until=timezone.now() + timedelta(days=30))


@pytest.fixture
def nobody() -> AnonymousUser:
    return AnonymousUser()


@pytest.fixture
def staff(db: None) -> User:
    return person("dana", reads=["en"], is_staff=True)


def make_board(slug: str, access: str = "public", position: int = 1) -> Board:
    names = {"en": slug.title(), "zh-hans": f"{slug}版", "zh-hant": f"{slug}版"}
    return Board.objects.create(
        slug=slug, position=position, name=names, description=names, access=access
    )


@pytest.fixture
def rent(db: None) -> Board:
    return make_board("rent")


@pytest.fixture
def welcome(db: None) -> Board:
    return make_board("welcome", position=2)


@pytest.fixture
def members_board(db: None) -> Board:
    return make_board("members-only", "members", 3)


@pytest.fixture
def moderators_board(db: None) -> Board:
    return make_board("back-room", "moderators", 4)


@pytest.fixture
def board_moderator(db: None, rent: Board) -> User:
    """Moderates the rent board and nothing else."""
    user = person("ada", reads=["en", "zh-hans"])
    Moderator.objects.create(user=user, board=rent)
    return user


def make_rules() -> dict[str, Rule]:
    made = [
        Rule(
            code=code,
            number=number,
            name={"en": f"Rule {code}", "zh-hans": f"规则 {code}", "zh-hant": f"規則 {code}"},
            text={"en": "Text.", "zh-hans": "正文。", "zh-hant": "正文。"},
        )
        for number, code in enumerate(RULES, 1)
    ]
    Rule.objects.bulk_create(made)
    forget()
    return {rule.code: rule for rule in made}


@pytest.fixture
def rules(db: None) -> dict[str, Rule]:
    return make_rules()


def open_thread(
    author: User,
    board: Board,
    title: str = "What do you pay for a one-bedroom?",
    body: str = "I pay about a third of what I earn. And you?",
    title_other: str = "你们租一室一厅要多少钱？",
    body_other: str = "",
    **fields: Any,
) -> Thread:
    thread = actions.open_thread(
        author=author,
        board=board,
        title=Draft(title, title_other),
        draft=Draft(body, body_other),
        **fields,
    )
    return queries.thread(author, thread.pk)


def reply(author: User, thread: Thread, body: str = "三分之一？我也是。", **fields: Any) -> Post:
    carried = ("client_id", "entries", "pictures")
    taken = {name: fields.pop(name) for name in carried if name in fields}
    return actions.reply(author=author, thread=thread, draft=Draft(body, **fields), **taken)


@pytest.fixture
def items(db: None) -> dict[str, Item]:
    """The catalogue of costs that comes with the site, by slug."""
    seed_items()
    return Item.objects.in_bulk(field_name="slug")


# What somebody says of a rent; tests change what they are about.
RENT = {
    "amount": "1,150",
    "currency": "USD",
    "period": "month",
    "city": "Columbus, OH",
    "country": "",
    "year": "2026",
    "month": "5",
    "conditions": {"bedrooms": "1", "utilities": "no"},
}


def rent_of(items: dict[str, Item], **changes: Any) -> Any:
    """A figure about a flat's rent."""
    return figure(items["rent-flat"], RENT | changes)


def make_item(slug: str = "rent-flat", **fields: Any) -> Item:
    """A whole flat's rent, unless `fields` say otherwise."""
    names = {"en": slug.title(), "zh-hans": f"{slug}整租", "zh-hant": f"{slug}整租"}
    usual: dict[str, Any] = {
        "topic": "rent",
        "name": names,
        "question": {"en": "What is included?", "zh-hans": "包括什么？", "zh-hant": "包括什麼？"},
        "period": "month",
        "periods": ["month", "week", "quarter", "year"],
        "conditions": ["bedrooms", "area", "utilities"],
        "basis": ["bedrooms"],
        "usual_low": 20,
        "usual_high": 20_000,
    }
    return Item.objects.create(slug=slug, **usual | fields)


def figure_of(item: Item, amount: str = "3500", **fields: Any) -> EntryDraft:
    """3,500 yuan a month in Chengdu for one bedroom, November 2025."""
    usual: dict[str, Any] = {
        "currency": "CNY",
        "period": "month",
        "country": "CN",
        "city": 1815286,
        "city_name": "Chengdu",
        "year": 2025,
        "month": 11,
        "conditions": (("bedrooms", "1"),),
    }
    return EntryDraft(item=item, amount=Decimal(amount), **usual | fields)


def fill(thread: Thread, author: User, count: int) -> None:
    """`count` more replies, quickly."""
    for number in range(count):
        reply(author, thread, f"Reply number {number}, nothing special.")


@pytest.fixture
def flat(db: None) -> Item:
    """What a whole flat costs a month."""
    return make_item()


@pytest.fixture
def thread(tom: User, rent: Board) -> Thread:
    return open_thread(tom, rent)


@pytest.fixture
def log_in() -> Callable[..., Client]:
    """A browser that somebody is logged in with; with `csrf=True` it checks tokens."""

    def log_in(user: User | None = None, *, csrf: bool = False, language: str = "en") -> Client:
        client = Client(enforce_csrf_checks=csrf, headers={"accept-language": language})
        if user and user.is_authenticated:
            client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return log_in


def made(color: str = "#c63", *, width: int = 64, height: int = 48, prints: Any = ()) -> Made:
    """What the child process answers for a small picture in one colour."""
    content = io.BytesIO()
    Image.new("RGB", (width, height), color).save(content, "WEBP")
    part = Part("w360", 0, width, height, "image/webp", content.getvalue())
    return Made("picture", width, height, content.getvalue()[:200], tuple(prints), (part,), ())


def picture(owner: User, color: str = "#c63") -> Upload:
    """An upload that stands on no text yet."""
    return uploads.put(owner=owner, made=made(color))


def pictured(upload: Upload, caption: str = "", description: str = "") -> PictureDraft:
    """How a post names an upload."""
    return PictureDraft(
        upload.pk,
        Draft(caption) if caption else None,
        Draft(description) if description else None,
    )


@pytest.fixture
def files_say_what_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are named by what the child process would say of them: a colour, or why not."""

    def make_safe(file: Any) -> Any:
        file.seek(0)
        said = file.read().decode()
        if said in CODES:
            raise Refused(said)
        return made(said)

    monkeypatch.setattr(sandbox, "make_safe", make_safe)
