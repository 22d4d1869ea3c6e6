"""Every write of pictures. The texts that they stand on are written by the layers above.

A file goes through three steps: a row that reserves its place in its owner's quota, the work of the
child process and the storage, and the row again, now with what came of it. Whatever fails between
leaves a row that `collect` takes away, and nothing that anybody sees.
"""

import base64
import hashlib
import logging
import secrets
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, BinaryIO

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from redis.exceptions import RedisError

from exchange.accounts.models import User
from exchange.languages import actions as languages
from exchange.languages.actions import Draft
from exchange.languages.models import Passage, Translation

from . import prints, queries, sandbox
from .addresses import ENDINGS
from .limits import HALF_AN_HOUR, MOST_IN_HALF_AN_HOUR
from .made import Made, Part
from .models import MOST_UPLOADS, Blocked, Rendition, StoredFile, Upload

log = logging.getLogger(__name__)

# Also those that were refused or thrown away again: each took the child's time from everybody else.
MOST_TRIES = 2 * MOST_IN_HALF_AN_HOUR
# About two thousand photos, or a hundred papers.
MOST_STORED = 500_000_000  # bytes
# What nobody uses is kept for a day: a draft on another device may still want it.
UNUSED_KEPT = timedelta(days=1)
# Longer than any child and any storage takes: what is not made by then was broken off.
MAKING = timedelta(minutes=15)
# Until the rows that use it are written.
STORING = timedelta(hours=1)
# What is being taken away is left alone for so long, and after the storage could not be reached.
REST = timedelta(seconds=30)


class OverQuota(Exception):
    """`full`: its owner's pictures take all the room that one person has; else: too many at once."""

    def __init__(self, *, full: bool) -> None:
        self.full = full


class StorageDown(Exception):
    """The storage cannot take files just now, or has no room left."""


class Repeated(Exception):
    """A moderator removed this picture before."""


class Missing(Exception):
    """An upload that a text names is not there any more, or stands on another text by now."""


@dataclass(frozen=True, slots=True)
class PictureDraft:
    """A picture of a text that is being written: what is said below it, and instead of it.

    `source` tells the file that it was made of: sent twice it is two uploads, and one picture.
    """

    upload_id: int
    caption: Draft | None = None
    description: Draft | None = None
    is_handwriting: bool = False
    source: str = ""

    @property
    def words(self) -> str:
        """What tells it from another one, for the digest of what was sent."""
        return repr(
            (self.source or self.upload_id, self.caption, self.description, self.is_handwriting)
        )


def receive(*, owner: Any, file: BinaryIO) -> Upload:
    """Make a file safe and keep it, unused so far. The same file again gives the same upload.

    Raises made.Refused, OverQuota, StorageDown, Repeated.
    """
    digest, size = _digest(file)
    _refuse_repeated(digest, ())
    if before := _unused(owner, digest):
        return before
    _count_try(owner)
    upload = _reserve(owner, digest, size)
    try:
        queries.let_go()
        made = sandbox.make_safe(file)
        _refuse_repeated(digest, made.prints)
        return _keep(upload, made)
    except BaseException:
        Upload.objects.filter(pk=upload.pk, made_at=None).delete()
        raise


def put(*, owner: Any, made: Made) -> Upload:
    """Keep what is safe already, unused so far."""
    digest = hashlib.sha256(b"".join(part.content for part in made.parts)).hexdigest()
    return _keep(_reserve(owner, digest, 0), made)


def discard(*, owner: Any, upload: Upload) -> bool:
    """Its owner does not want it after all. False where it stands on a text."""
    with transaction.atomic():
        unused = Upload.objects.select_for_update().filter(pk=upload.pk, owner=owner, passage=None)
        return bool(_take_away(list(unused)))


def write(*, by: Any, passage: Passage, drafts: Sequence[PictureDraft], held: bool) -> None:
    """The pictures of a new text; `held`: a moderator has to look at them first.

    Raises Missing where one is gone or used elsewhere, Repeated where one was removed meanwhile.
    """
    if drafts:
        with transaction.atomic():
            _place(by, passage, drafts, {}, held)


def rewrite(*, by: Any, passage: Passage, drafts: Sequence[PictureDraft], held: bool) -> bool:
    """The pictures of the text's new version: those it names no longer are erased. Whether any is new.

    Raises Missing and Repeated as `write` does.
    """
    with transaction.atomic():
        standing = {upload.pk: upload for upload in queries.of(passage).select_for_update()}
        wanted = {draft.upload_id for draft in drafts}
        _erase([upload for pk, upload in standing.items() if pk not in wanted])
        _place(by, passage, drafts, standing, held)
        return bool(wanted - standing.keys())


def erase(passage: Passage) -> None:
    """Its author took the text back: nothing of its pictures stays."""
    with transaction.atomic():
        _erase(list(queries.of(passage).select_for_update()))


def hold(*, upload: Upload) -> bool:
    return _stamp(upload, "held_at", on=True)


def release(*, upload: Upload) -> bool:
    """A moderator looked at it. False where another was quicker."""
    return _stamp(upload, "held_at", on=False)


def hide(*, upload: Upload, blocks: bool = True) -> bool:
    """Take a picture off its text, and where `blocks` keep it from being posted again."""
    with transaction.atomic():
        if not _stamp(upload, "hidden_at", on=True):
            return False
        _rename([upload])
        if blocks:
            block(upload=upload)
    return True


def restore(*, upload: Upload) -> bool:
    with transaction.atomic():
        restored = _stamp(upload, "hidden_at", on=False)
        Blocked.objects.filter(upload=upload).delete()
        return restored


def block(*, upload: Upload) -> None:
    """Nobody can post this picture, or one that looks the same, from now on."""
    Blocked.objects.get_or_create(
        upload=upload, defaults={"source_digest": upload.source_digest, "prints": upload.prints}
    )


def unblock(passage: Passage) -> None:
    """What was blocked together with this text; of its pictures that are hidden each stays so."""
    Blocked.objects.filter(upload__passage=passage, upload__hidden_at=None).delete()


def rename(passages: Collection[int]) -> None:
    """Fewer people may read these texts than before: what addresses their pictures had are dead."""
    with transaction.atomic():
        _show_anew(passages)
        _rename(list(Upload.objects.filter(passage__in=passages)))


def keep(*, owner: Any, place: str, ids: Collection[int]) -> None:
    """The draft of a place names these of its owner's uploads, and no others."""
    unused = Upload.objects.filter(owner=owner, passage=None)
    now = timezone.now()
    unused.filter(kept_for=place).exclude(pk__in=ids).update(kept_for="", unused_since=now)
    unused.filter(pk__in=ids).exclude(kept_for=place).update(kept_for=place)


def keep_at(*, owners: Collection[int], source: str, target: str) -> None:
    """The drafts of these people stand at another place now."""
    unused = Upload.objects.filter(passage=None, owner__in=owners)
    unused.filter(kept_for=source).update(kept_for=target)


def collect() -> int:
    """Take away what nobody uses: uploads after a day, files of nothing at once. How many of both."""
    now = timezone.now()
    stale = Upload.objects.filter(passage=None, kept_for="", unused_since__lt=now - UNUSED_KEPT)
    broken_off = Upload.objects.filter(
        passage=None, made_at=None, unused_since__lt=now - MAKING, created_at__lt=now - MAKING
    )
    taken = 0
    for unused in (stale, broken_off):
        for pk in list(unused.values_list("pk", flat=True)):
            with transaction.atomic():
                taken += _take_away(list(unused.select_for_update().filter(pk=pk)))
    due = StoredFile.objects.filter(due_at__lte=timezone.now()).values_list("key", flat=True)
    with suppress(StorageDown):  # it takes half a minute to say so: other work goes first
        for key in list(due):
            taken += _collect_file(key)
    return taken


# Receiving


def _digest(file: BinaryIO) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    while chunk := file.read(1 << 20):
        digest.update(chunk)
        size += len(chunk)
    file.seek(0)
    return digest.hexdigest(), size


def _unused(owner: Any, digest: str) -> Upload | None:
    """What a retry sends: the answer to the first try was lost on the way."""
    found = Upload.objects.filter(owner=owner, source_digest=digest, passage=None)
    before = found.exclude(made_at=None).first()
    # From now on it stays for a day again, unless it is being taken away this moment.
    rows = found.filter(pk=before.pk).update(unused_since=timezone.now()) if before else 0
    return before if rows else None


def _count_try(owner: Any) -> None:
    key = f"{queries.TRIES}.{owner.pk}"
    if cache.add(key, 0, HALF_AN_HOUR):
        cache.set(f"{key}.until", timezone.now() + queries.WINDOW, HALF_AN_HOUR)
    # The half hour ended this moment, or the cache is away: what is kept has its own quota.
    with suppress(ValueError, RedisError):
        if cache.incr(key) > MOST_TRIES:
            raise OverQuota(full=False)


def _reserve(owner: Any, digest: str, size: int) -> Upload:
    """A row that counts at once: of many uploads at the same time none goes past the quota."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=owner.pk)
        stored, latest = queries.used_by(owner)
        if latest >= MOST_IN_HALF_AN_HOUR:
            raise OverQuota(full=False)
        if stored + size > MOST_STORED:
            raise OverQuota(full=True)
        return Upload.objects.create(
            owner=owner, name=_fresh_name(), source_digest=digest, size=size
        )


def _refuse_repeated(digest: str, hashes: Sequence[str], since: datetime | None = None) -> None:
    """Raises Repeated for what was removed, `since` then."""
    removed = queries.blocked(since)
    if removed.filter(source_digest=digest).exists():
        raise Repeated
    # All of them are compared: 10,000 take less than a tenth of what making a photo safe takes.
    found = removed.values_list("prints", flat=True).iterator() if hashes else ()
    if any(_looks_like(hashes, one) for one in found):
        raise Repeated


def _looks_like(hashes: Sequence[str], removed: Sequence[str]) -> bool:
    return any(prints.distance(a, b) <= prints.NEAR for a in hashes for b in removed)


def _keep(upload: Upload, made: Made) -> Upload:
    keys = [_store(part) for part in made.parts]
    upload.kind, upload.width, upload.height = made.kind, made.width, made.height
    upload.blur = base64.b64encode(made.blur).decode()
    upload.prints, upload.text = list(made.prints), list(made.text)
    upload.size = sum(len(part.content) for part in made.parts)
    upload.made_at = upload.unused_since = timezone.now()
    with transaction.atomic():
        there = StoredFile.objects.filter(key__in=keys, whole=True)
        if there.update(due_at=None) < len(set(keys)):
            raise StorageDown  # what used such a file went this moment, and took it along
        upload.save()
        Rendition.objects.bulk_create(
            Rendition(
                upload=upload,
                page=part.page,
                name=part.name,
                width=part.width,
                height=part.height,
                media_type=part.media_type,
                file_id=key,
            )
            for part, key in zip(made.parts, keys, strict=True)
        )
    return upload


def _store(part: Part) -> str:
    """Write a file under the name of what it holds. Raises StorageDown."""
    digest = hashlib.sha256(part.content).hexdigest()
    key = f"{digest[:2]}/{digest[2:]}.{ENDINGS[part.media_type]}"
    row = _begun(key, len(part.content))
    if row.whole:
        return key
    try:
        default_storage.save(key, ContentFile(part.content))
    except Exception as error:
        log.exception("The storage does not take %s", key)
        raise StorageDown from error
    StoredFile.objects.filter(key=key).update(whole=True)
    return key


def _begun(key: str, size: int) -> StoredFile:
    """The row of a file that is going to be written, or used again. Raises StorageDown."""
    now = timezone.now()
    with transaction.atomic():
        row, fresh = StoredFile.objects.select_for_update().get_or_create(
            key=key, defaults={"due_at": now + STORING, "size": size}
        )
        if not (fresh or row.whole) and row.due_at and row.due_at <= now + REST:
            raise StorageDown  # it is being taken away: in a moment it can come again
        StoredFile.objects.filter(key=key).update(due_at=now + STORING)
    return row


# Standing on a text


def _place(
    by: Any,
    passage: Passage,
    drafts: Sequence[PictureDraft],
    standing: dict[int, Upload],
    held: bool,
) -> None:
    fresh = {draft.upload_id for draft in drafts} - standing.keys()
    unused = Upload.objects.select_for_update().filter(owner=by, passage=None, pk__in=fresh)
    found = {upload.pk: upload for upload in unused.exclude(made_at=None)}
    if len(drafts) > MOST_UPLOADS or fresh - found.keys():
        raise Missing
    for upload in found.values():  # what was blocked before that was refused when it came
        _refuse_repeated(upload.source_digest, upload.prints, upload.created_at)
    now = timezone.now()
    for position, draft in enumerate(drafts):
        upload = standing.get(draft.upload_id) or found[draft.upload_id]
        if draft.upload_id in found:
            upload.passage, upload.held_at = passage, now if held else None
            upload.unused_since, upload.kept_for = None, ""
        upload.position, upload.is_handwriting = position, draft.is_handwriting
        upload.caption = _said(by, passage, upload.caption, draft.caption)
        upload.description = _said(by, passage, upload.description, draft.description)
        upload.save()


def _said(by: Any, within: Passage, before: Passage | None, draft: Draft | None) -> Passage | None:
    """What is said of a picture, anew only where it changed. What was taken back is erased."""
    if draft is None:
        if before:
            languages.erase(before)
        return None
    if before is None:
        return languages.write(by=by, scope=within.scope, draft=draft, within=within)
    if not _says(before, draft):
        languages.rewrite(by=by, passage=before, draft=draft, from_version=before.version)
    return before


def _says(passage: Passage, draft: Draft) -> bool:
    """Whether it holds these words already, and what its author said of them."""
    other = passage.translations.filter(kind=Translation.Kind.AUTHOR).first()
    words = (passage.body, other.body if other else "", passage.used_translator)
    return (
        words == (draft.body, draft.body_other, draft.used_translator)
        and draft.wants_correction in (None, passage.wants_correction)
        and draft.language in ("", passage.language)
    )


def _erase(uploads: list[Upload]) -> None:
    words = [passage for upload in uploads for passage in (upload.caption, upload.description)]
    _take_away(uploads)
    for passage in words:
        if passage:
            languages.erase(passage)


def _take_away(uploads: list[Upload]) -> int:
    """The rows, and what their files may go by. The number of uploads."""
    pks = [upload.pk for upload in uploads]
    used = StoredFile.objects.filter(renditions__upload__in=pks).values_list("key", flat=True)
    keys = list(used)
    Upload.objects.filter(pk__in=pks).delete()
    StoredFile.objects.filter(key__in=keys).update(due_at=timezone.now())
    return len(pks)


def _collect_file(key: str) -> int:
    """1 where the file is gone now. Marked first, so that nobody begins to use it meanwhile, and without
    a transaction while the storage answers: on SQLite nobody else could write. Raises StorageDown."""
    rest = timezone.now() + REST
    with transaction.atomic():
        row = StoredFile.objects.select_for_update().filter(key=key).first()
        if row is None or row.due_at is None or row.due_at > timezone.now():
            return 0
        if row.renditions.exists():
            StoredFile.objects.filter(key=key).update(due_at=None)
            return 0
        StoredFile.objects.filter(key=key).update(whole=False, due_at=rest)
    try:
        default_storage.delete(key)
    except Exception as error:
        log.exception("The storage does not take %s away", key)
        raise StorageDown from error
    return StoredFile.objects.filter(key=key, whole=False, due_at=rest).delete()[0]


def _fresh_name() -> str:
    return secrets.token_hex(16)


def _rename(uploads: Sequence[Upload]) -> None:
    for upload in uploads:
        upload.name = _fresh_name()
        Upload.objects.filter(pk=upload.pk).update(name=upload.name)


def _stamp(upload: Upload, field: str, *, on: bool) -> bool:
    """Set or clear a nullable stamp by a conditional update, and show the text anew."""
    value = timezone.now() if on else None
    with transaction.atomic():
        _show_anew([upload.passage_id] if upload.passage_id else [])
        rows = Upload.objects.filter(pk=upload.pk, **{f"{field}__isnull": on})
        if not rows.update(**{field: value}):
            return False
        setattr(upload, field, value)
    return True


def _show_anew(passages: Collection[int]) -> None:
    """Locks the texts, too, before their pictures, as an edit does: of two who held one and waited for
    the other PostgreSQL would end one."""
    Passage.objects.filter(pk__in=passages).update(rendition=F("rendition") + 1)
