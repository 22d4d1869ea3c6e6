"""Machine translations to be made: there is one job for a passage, a language and a version, ever.

A worker claims a job by a conditional update, so two never do one; a worker that died is followed by
another once its claim is too old.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q, Sum
from django.utils import timezone

from exchange.languages import queries
from exchange.languages.models import Passage, Translation, TranslationJob

from .translations import put_by_machine, shown_anew

State = TranslationJob.State

# Authors mend their posts in the first minutes; each version costs money or electricity.
QUIET_AFTER_EDIT = timedelta(minutes=2)
# A claim older than this belonged to a worker that is gone. An engine has a time-out far below it.
CLAIM = timedelta(minutes=5)
# After each try that failed: 1, 5 and 30 minutes, then 2 hours, then once a day for two days.
WAITS = [timedelta(minutes=m) for m in (1, 5, 30, 120, 24 * 60, 24 * 60)]
# The engines of languages.md take a post of this size; beyond it a machine says nothing.
MOST_CHARACTERS = 10_000
TARGETS = {"en": "en", "zh": "zh-hans"}


def queue(*, passage: Passage, author: Any) -> list[TranslationJob]:
    """The jobs that this version of a passage needs and does not have. Older ones are dropped."""
    due = timezone.now() + (QUIET_AFTER_EDIT if passage.version > 1 else timedelta())
    with transaction.atomic():
        waiting = passage.jobs.filter(state=State.WAITING).exclude(version=passage.version)
        waiting.update(state=State.DROPPED, ended_at=timezone.now())
        made = [_job(passage, language, author, due) for language in _needed(passage)]
    return [job for job, fresh in made if fresh]


def drop(*, passage: Passage) -> None:
    """Nobody may read it now, so no machine does."""
    waiting = passage.jobs.filter(state=State.WAITING)
    waiting.update(state=State.DROPPED, reason="hidden", ended_at=timezone.now())


def take_up(*, passage: Passage) -> None:
    """It may be read again: what was dropped for that reason waits once more."""
    dropped = passage.jobs.filter(state=State.DROPPED, reason="hidden", version=passage.version)
    dropped.update(state=State.WAITING, reason="", ended_at=None, due_at=timezone.now())


def claim(*, engine: str) -> TranslationJob | None:
    """The next job that is due, the newest text first; it is this worker's until CLAIM is over."""
    now = timezone.now()
    abandoned = Q(state=State.CLAIMED, claimed_at__lt=now - CLAIM)
    due = TranslationJob.objects.filter(Q(state=State.WAITING, due_at__lte=now) | abandoned)
    for job in due.order_by("-passage_id", "language").select_related("passage", "author")[:20]:
        same = TranslationJob.objects.filter(pk=job.pk, state=job.state, claimed_at=job.claimed_at)
        claimed = same.update(
            state=State.CLAIMED, claimed_at=now, attempts=F("attempts") + 1, engine=engine
        )
        if claimed:
            job.state, job.claimed_at, job.attempts = State.CLAIMED, now, job.attempts + 1
            job.engine = engine
            return job
    return None


def finish(*, job: TranslationJob, body: str, spent: int) -> bool:
    """Keep what the engine made. False where the passage is at another version by now."""
    with transaction.atomic():
        if not _end(job, State.DONE, "", spent):
            return False
        return put_by_machine(
            passage=job.passage,
            language=job.language,
            body=body,
            version=job.version,
            engine=job.engine,
        )


def refuse(*, job: TranslationJob, reason: str, spent: int) -> bool:
    """The engine's answer is not good enough to be shown; readers are told that there is none yet."""
    with transaction.atomic():
        if not _end(job, State.REFUSED, reason, spent):
            return False
        Passage.objects.filter(pk=job.passage_id).update(refused_version=job.version)
        shown_anew(job.passage)
    return True


def drop_claimed(*, job: TranslationJob, reason: str) -> bool:
    return _end(job, State.DROPPED, reason, 0)


def put_off(*, job: TranslationJob, reason: str, spent: int = 0, no_try: bool = False) -> bool:
    """Try again later, ever less often; after the last try it has failed. A budget's end is no try."""
    if not no_try and job.attempts > len(WAITS):
        return _end(job, State.FAILED, reason, spent)
    wait = timedelta(hours=1) if no_try else WAITS[job.attempts - 1]
    changed = _claimed(job).update(
        state=State.WAITING,
        reason=reason,
        spent=F("spent") + spent,
        attempts=F("attempts") - 1 if no_try else F("attempts"),
        due_at=timezone.now() + wait,
    )
    return bool(changed)


def spent_since(start: Any, author: Any = None) -> int:
    """Characters that engines were sent since then, for everybody's texts or one member's."""
    jobs = TranslationJob.objects.filter(claimed_at__gte=start)
    if author is not None:
        jobs = jobs.filter(author=author)
    return jobs.aggregate(total=Sum("spent"))["total"] or 0


def day_start() -> datetime:
    """Budgets count the last 24 hours: one that comes back at midnight is empty in the evening."""
    return timezone.now() - timedelta(days=1)


def _needed(passage: Passage) -> list[str]:
    """The languages that nobody wrote it in; a stale half of a member still tells more than none."""
    if not passage.body or len(passage.body) > MOST_CHARACTERS:
        return []
    people = passage.translations.exclude(kind=Translation.Kind.MACHINE)
    written = {half.readers for half in people if half.source_version == passage.version}
    return [TARGETS[name] for name in queries.families_without(passage) if name not in written]


def _job(passage: Passage, language: str, author: Any, due: Any) -> tuple[TranslationJob, bool]:
    return TranslationJob.objects.get_or_create(
        passage=passage,
        language=language,
        version=passage.version,
        defaults={"author": author, "due_at": due},
    )


def _claimed(job: TranslationJob) -> Any:
    """The row as long as it is this worker's."""
    return TranslationJob.objects.filter(pk=job.pk, state=State.CLAIMED, claimed_at=job.claimed_at)


def _end(job: TranslationJob, state: str, reason: str, spent: int) -> bool:
    ended = _claimed(job).update(
        state=state, reason=reason, spent=F("spent") + spent, ended_at=timezone.now()
    )
    return bool(ended)
