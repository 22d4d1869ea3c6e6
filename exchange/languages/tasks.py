"""What goes on beside the pages: jobs are queued as the ledger tells of new words, and worked off."""

import logging

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.db.models import Q

from exchange.accounts.models import User
from exchange.ledger.consumer import Consumer
from exchange.ledger.models import Event

from . import queries
from .actions import jobs
from .engines import EngineError, OutOfQuota, Translator, Unsupported, translate_body
from .models import Passage, TranslationJob

log = logging.getLogger(__name__)

WRITTEN = (
    *("thread.opened", "thread.split", "post.created", "post.edited", "passage.language_named"),
)
HIDDEN = ("post.hidden", "post.held", "post.erased", "picture.hidden", "picture.held")
RELEASED = "post.released"
RESTORED = (
    *(RELEASED, "post.restored", "post.erasing_dropped", "picture.restored", "picture.released"),
)
NAMED = ("passage", "title", "caption", "description")


def consumer() -> Consumer:
    return Consumer("translation", (*WRITTEN, *HIDDEN, *RESTORED), handle)


def handle(event: Event) -> None:
    """Queue, drop or take up the jobs of the passages that an event names, and of their parts.

    What it says is kept back from readers is kept from engines too; what only moderators read, no
    engine reads. Doing it twice does no more.
    """
    named = [event.data[name] for name in NAMED if name in event.data]
    kept_back = [int(pk) for pk in str(event.data.get("kept_back", "")).split()]
    waits = event.verb in HIDDEN or event.data.get("held")
    # What waited until now is written for everybody at last.
    waited = event.verb == RELEASED or event.data.get("waited")
    wrote = event.data.get("person") if waited else event.actor_id
    author = User.objects.filter(pk=wrote or 0).first()
    for passage in Passage.objects.filter(Q(pk__in=named) | Q(within__in=named)):
        if waits or passage.pk in kept_back:
            jobs.drop(passage=passage)
            continue
        if event.verb in RESTORED:
            jobs.take_up(passage=passage)
        if (waited or event.verb in WRITTEN) and not event.data.get("closed"):
            jobs.queue(passage=passage, author=author)


def work(translator: Translator, *, rounds: int = 10) -> int:
    """Work off up to `rounds` jobs that are due. The number of those that were begun."""
    for done in range(rounds):
        job = jobs.claim(engine=translator.name)
        if job is None:
            return done
        try:
            _translate(translator, job)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("Job %d cannot be done", job.pk)
            jobs.put_off(job=job, reason="error")
    return rounds


def _translate(translator: Translator, job: TranslationJob) -> None:
    passage = job.passage
    if passage.version != job.version or not passage.body:
        jobs.drop_claimed(job=job, reason="changed")
        return
    if over := _over_budget(job):
        jobs.put_off(job=job, reason=over, no_try=True)
        return
    names = queries.mentioned(passage.body) if passage.html else {}
    try:
        outcome = translate_body(
            translator,
            passage.body,
            passage.language,
            job.language,
            names=list(names),
            wordings=queries.agreed_wordings(_other(job.language), job.language),
        )
    except Unsupported:
        jobs.refuse(job=job, reason="unsupported", spent=0)
    except EngineError as error:
        reason = type(error).__name__.lower()
        log.warning("%s cannot translate now: %s", translator.name, error)
        jobs.put_off(job=job, reason=reason, no_try=isinstance(error, OutOfQuota))
    else:
        if outcome.body is None:
            jobs.refuse(job=job, reason=outcome.reason, spent=outcome.characters)
        else:
            jobs.finish(job=job, body=outcome.body, spent=outcome.characters)


def _other(language: str) -> str:
    return "zh-hans" if language == "en" else "en"


def _over_budget(job: TranslationJob) -> str:
    """Which budget of a day this text no longer fits in: "member", "site" or ""."""
    start = jobs.day_start()
    length = len(job.passage.body)
    if job.author_id:
        theirs = jobs.spent_since(start, job.author)
        if theirs + length > settings.TRANSLATION_MEMBER_CHARACTERS:
            return "member"
    over = jobs.spent_since(start) + length > settings.TRANSLATION_DAILY_CHARACTERS
    return "site" if over else ""
