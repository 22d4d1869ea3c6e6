"""Who sits behind a socket, and whether they still may: asked of the database, in a thread."""

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from itertools import chain
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth import (
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
    load_backend,
)
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from exchange.accounts.models import Presence, User
from exchange.accounts.rules import may_log_in

from . import scopes

# Close codes of our own.
SESSION_ENDED, SUSPENDED = 4401, 4403
# So far back a change of somebody is looked for, more than clocks differ and rounds take.
LOOKED_BACK = timedelta(seconds=30)
# A session goes just after it is said to: who changed is looked at once more after so many seconds.
LOOKED_AGAIN = 1.0


class Person(NamedTuple):
    """Nobody is person 0. `presence` as in accounts.models.Presence."""

    id: int = 0
    name: str = ""
    presence: str = Presence.COUNTED

    @classmethod
    def of(cls, user: Any) -> "Person":
        return cls(user.pk, user.username, user.presence) if user.is_authenticated else NOBODY


class Login(NamedTuple):
    person: int
    session: str


NOBODY = Person()


def reader(session: SessionBase) -> Any:
    """Whose session it is, by the rules of django.contrib.auth.get_user. Two queries.

    Nothing is written: that function gives a session of a former SECRET_KEY another key, and ends what
    proves nothing. Only an answer to a page can bring its reader the new cookie.
    """
    backend = session.get(BACKEND_SESSION_KEY)
    if SESSION_KEY not in session or backend not in settings.AUTHENTICATION_BACKENDS:
        return AnonymousUser()
    user = load_backend(backend).get_user(session[SESSION_KEY])
    return user if user and _is_proved(user, session) else AnonymousUser()


def _is_proved(user: User, content: Mapping[str, Any] | SessionBase) -> bool:
    """By the SECRET_KEY or a former one that still counts."""
    proof = str(content.get(HASH_SESSION_KEY, ""))
    proofs = chain([user.get_session_auth_hash()], user.get_session_auth_fallback_hash())
    return any(constant_time_compare(proof, each) for each in proofs)


def standing(logins: Iterable[Login]) -> dict[Login, Person | int]:
    """Who each is now, or the code that their sockets are closed with. Two queries."""
    logins = set(logins)
    users = User.objects.in_bulk({login.person for login in logins})
    running = Session.objects.filter(expire_date__gt=timezone.now())
    sessions = running.in_bulk({login.session for login in logins})
    return {
        login: _standing(users.get(login.person), sessions.get(login.session)) for login in logins
    }


def _standing(user: User | None, session: Session | None) -> Person | int:
    if user is not None and may_log_in(user):
        return SUSPENDED
    if user is None or session is None or not user.is_active:
        return SESSION_ENDED
    content = session.get_decoded()
    theirs = content.get(SESSION_KEY) == str(user.pk)
    return Person.of(user) if theirs and _is_proved(user, content) else SESSION_ENDED


def still_open(asked: Collection[tuple[int, str]]) -> dict[tuple[int, str], scopes.Opened | None]:
    """What each person (0 for nobody) may watch of these scopes now. Five queries at most, however many
    they are: the people, their roles, the boards, the threads, and the latest event for lists.
    """
    ids = {person for person, _ in asked if person}
    users: Mapping[int, Any] = User.objects.in_bulk(ids) if ids else {}
    nobody = AnonymousUser()
    answers = scopes.ask_many((users.get(person, nobody), scope) for person, scope in asked)
    return dict(zip(asked, answers, strict=True))


class Changes:
    """People of whom something changed, by the one time that is kept of each (User.changed_at)."""

    def __init__(self) -> None:
        self._seen: dict[tuple[int, Any], float] = {}

    def since_last(self, now: float) -> set[int]:
        """Each change twice, the second time once its session is surely gone. One query. `now` is of a
        clock that never goes back."""
        rows = User.objects.filter(changed_at__gte=timezone.now() - LOOKED_BACK)
        found = set(rows.values_list("pk", "changed_at"))
        fresh = found - self._seen.keys()
        again = {key for key, at in self._seen.items() if at <= now - LOOKED_AGAIN}
        self._seen = {key: at for key, at in self._seen.items() if key in found}
        self._seen |= dict.fromkeys(fresh, now) | dict.fromkeys(again & found, float("inf"))
        return {person for person, _ in fresh | again}
