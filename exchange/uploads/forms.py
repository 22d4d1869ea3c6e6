"""The pictures of a text that is being written: their rows, and files that came with the form."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import prefetch_related_objects

from exchange.languages.actions import Draft, preview
from exchange.languages.forms import TextField
from exchange.languages.models import Passage, Translation

from . import actions, queries
from .actions import PictureDraft
from .addresses import thumbnail
from .labels import Problem
from .made import Refused
from .models import MOST_UPLOADS, Upload

CAPTION_LIMIT = 1_000  # letters: a page of handwriting as text
DESCRIPTION_LIMIT = 500

# Fields of one picture, as they are named in a form: `picture-0-caption`.
NAME = re.compile(r"picture-[0-3]-[a-z_]{1,30}")
_ID = re.compile(r"picture-([0-9])-id")
_NUMBER = re.compile(r"[0-9]{1,18}")
# Says that the form shows the pictures: one without leaves them as they are.
SHOWN = "pictures_shown"

# Buttons that change the rows, also where no script runs: nothing is checked or sent by them.
ADD, DROP, UP, DOWN = "picture_add", "picture_drop", "picture_up", "picture_down"
STEPS = (ADD, DROP, UP, DOWN)


def is_step(data: Mapping[str, Any]) -> bool:
    return any(step in data for step in STEPS)


def stepped(data: Mapping[str, Any]) -> dict[str, Any]:
    """The typed fields with one row less, or with two of them changed about."""
    rows = sorted(_ids(data))
    at = next((n for n, row in enumerate(rows) if str(row) in map(data.get, STEPS[1:])), None)
    if at is not None and DROP in data:
        del rows[at]
    elif at is not None:
        other = at - 1 if UP in data else at + 1
        if 0 <= other < len(rows):
            rows[at], rows[other] = rows[other], rows[at]
    kept = {
        name: data[name]
        for name in data
        if name not in (*STEPS, "csrfmiddlewaretoken") and not name.startswith("picture-")
    }
    for number, row in enumerate(rows):
        kept |= {f"picture-{number}-{name}": v for name, v in _fields_of(data, row).items()}
    return kept | {"stepping": True}  # nothing holds these words but the page


@dataclass(frozen=True, slots=True)
class Posted:
    """A form as it was sent, with a row for each of its files that could be taken."""

    data: Mapping[str, Any]
    problems: Sequence[Problem] = ()


def with_files(owner: Any, data: Mapping[str, Any], files: Sequence[UploadedFile]) -> Posted:
    """Receive the files of a form that somebody sent, by whichever of its buttons."""
    fields = {name: data[name] for name in data}
    problems: list[Problem] = []
    for place, file in enumerate(files, start=len(_ids(fields)) + 1):
        known = _ids(fields)
        free = next((n for n in range(MOST_UPLOADS) if n not in known), None)
        # A hundred files that are refused would keep everybody else's waiting.
        crowded = free is None or len(problems) >= MOST_UPLOADS
        taken = "crowded" if crowded else take(owner, file)
        if not isinstance(taken, Upload):
            problems.append(problem(owner, taken, file, place))
        elif str(taken.pk) not in known.values():
            fields[f"picture-{free}-id"] = str(taken.pk)
    return Posted(fields, problems)


def take(owner: Any, file: Any) -> Upload | str:
    """The upload that a file has become, or the code of labels.MESSAGES that says why it has not."""
    if problem := getattr(file, "problem", ""):
        return str(problem)
    try:
        return actions.receive(owner=owner, file=file)
    except Refused as refused:
        return refused.code
    except actions.OverQuota as quota:
        return "full" if quota.full else "many"
    except actions.StorageDown:
        return "storage"
    except actions.Repeated:
        return "repeated"


def problem(owner: Any, code: str, file: Any, number: int = 1) -> Problem:
    """What is said of a file that `take` did not take."""
    seconds = queries.goes_on_in(owner) if code == "many" else 0
    return Problem(code, file.name or "", number, seconds=seconds)


class PictureForm(forms.Form):
    """What is said below one picture, and to those who cannot see it."""

    caption = TextField(limit=CAPTION_LIMIT, required=False)
    caption_other = TextField(limit=CAPTION_LIMIT, required=False)
    description = TextField(limit=DESCRIPTION_LIMIT, required=False)
    description_other = TextField(limit=DESCRIPTION_LIMIT, required=False)
    handwriting = forms.BooleanField(required=False)

    def __init__(self, upload: Upload, number: int, **kwargs: Any) -> None:
        super().__init__(prefix=f"picture-{number}", use_required_attribute=False, **kwargs)
        self.upload, self.number = upload, number

    @property
    def thumbnail(self) -> str:
        return thumbnail(self.upload)

    def draft(self, said: Draft) -> PictureDraft:
        """`said` is the text that the picture stands on: what its author said of that counts here."""
        found = self.cleaned_data
        return PictureDraft(
            self.upload.pk,
            _halves(said, found["caption"], found["caption_other"]),
            _halves(said, found["description"], found["description_other"]),
            found["handwriting"],
            self.upload.source_digest,
        )


class Pictures:
    """All pictures of a composer's form: up to four rows, `picture-0-...` to `picture-3-...`.

    Shown are its `owner`'s, those that stand on no text yet or on the one whose number `stands_on`
    tells. What became of the others is among the `problems`.
    """

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        initial: Mapping[str, Any],
        *,
        owner: Any = None,
        stands_on: Callable[[], int | None] = lambda: None,
        problems: Sequence[Problem] = (),
    ) -> None:
        source = initial if data is None else data
        self.is_shown = bool(source.get(SHOWN))
        self.problems = list(problems)
        self.rows: list[PictureForm] = []
        named = _ids(source)
        ids = {number: int(v) for number, v in named.items() if _NUMBER.fullmatch(v)}
        reads = bool(ids) and owner is not None and owner.is_authenticated
        found = queries.own(owner, ids.values()) if reads else {}
        for place, number in enumerate(named, start=1):
            if any(ids.get(number) == row.upload.pk for row in self.rows):
                continue  # the same again
            upload = found.get(ids.get(number, 0))
            code = self._problem(upload, stands_on)
            if code or upload is None:
                self.problems.append(Problem(code, number=place, words=_typed(source, number)))
            else:
                self.rows.append(PictureForm(upload, number, **_given(data, source, number)))

    def _problem(self, upload: Upload | None, stands_on: Callable[[], int | None]) -> str:
        if upload is None:
            return "gone"
        if upload.passage_id is not None and upload.passage_id != stands_on():
            return "used"
        return "crowded" if len(self.rows) == MOST_UPLOADS else ""

    @property
    def has_room(self) -> bool:
        return len(self.rows) < MOST_UPLOADS

    def is_valid(self) -> bool:
        checked = [row.is_valid() for row in self.rows]  # all of them say what is wrong
        return all(checked) and not self.problems

    def drafts(self, said: Draft) -> list[PictureDraft]:
        return [row.draft(said) for row in self.rows]

    def previewed(self, said: Draft) -> list[Upload]:
        """The uploads with the words that they would have; never to be saved."""
        for row, draft in zip(self.rows, self.drafts(said), strict=True):
            row.upload.is_handwriting = draft.is_handwriting
            row.upload.caption = _previewed(draft.caption)
            row.upload.description = _previewed(draft.description)
        return [row.upload for row in self.rows]


def initial(passage: Passage) -> dict[str, str]:
    """The fields of a form that holds the pictures of a text."""
    prefetch_related_objects([passage], queries.as_pictures())
    fields = {SHOWN: "1"}
    for number, upload in enumerate(passage.pictures):  # type: ignore[attr-defined]  # just above
        values = {"id": str(upload.pk), "handwriting": "on" if upload.is_handwriting else ""}
        for name, said in (("caption", upload.caption), ("description", upload.description)):
            values |= {name: said.body if said else "", f"{name}_other": _other(said)}
        fields |= {f"picture-{number}-{name}": value for name, value in values.items()}
    return fields


def _ids(data: Mapping[str, Any]) -> dict[int, str]:
    """The uploads that a form names, by their rows."""
    found = {int(row[1]): str(data[name] or "") for name in data if (row := _ID.fullmatch(name))}
    return {number: value for number, value in sorted(found.items()) if value}


def _fields_of(data: Mapping[str, Any], number: int) -> dict[str, Any]:
    start = f"picture-{number}-"
    return {name.removeprefix(start): data[name] for name in data if name.startswith(start)}


def _typed(data: Mapping[str, Any], number: int) -> str:
    """What somebody wrote about a picture that is gone: it is shown, so that it can be copied."""
    fields = _fields_of(data, number)
    return "\n".join(
        fields[name] for name in PictureForm.base_fields if fields.get(name, "") not in ("", "on")
    )


def _given(data: Mapping[str, Any] | None, source: Mapping[str, Any], number: int) -> Any:
    return {"initial": _fields_of(source, number)} if data is None else {"data": data}


def _halves(said: Draft, first: str, second: str) -> Draft | None:
    if not (first or second):
        return None
    other = second if first else ""
    return replace(said, body=first or second, body_other=other, language="", language_other="")


def _previewed(draft: Draft | None) -> Passage | None:
    if draft is None:
        return None
    passage, half = preview(draft)
    passage.previewed = [half] if half else []  # type: ignore[attr-defined]  # for boards.gallery
    return passage


def _other(passage: Passage | None) -> str:
    if passage is None:
        return ""
    halves = passage.translations.all()
    return next((half.body for half in halves if half.kind == Translation.Kind.AUTHOR), "")
