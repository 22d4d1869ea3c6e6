from .acts import (
    FlagForm,
    HidingForm,
    LookForm,
    MergeForm,
    MoveForm,
    RoleForm,
    SanctionForm,
    SplitForm,
)
from .appeals import AnswerForm, AppealForm
from .bursts import BurstForm
from .desk import BulkForm, NoteForm, OpinionForm, ReaderForm
from .filters import FAMILIES, KINDS, SORTS, WatchForm
from .log import AnnotationForm, LogForm

__all__ = [
    "FAMILIES",
    "KINDS",
    "SORTS",
    "AnnotationForm",
    "AnswerForm",
    "AppealForm",
    "BulkForm",
    "BurstForm",
    "FlagForm",
    "HidingForm",
    "LogForm",
    "LookForm",
    "MergeForm",
    "MoveForm",
    "NoteForm",
    "OpinionForm",
    "ReaderForm",
    "RoleForm",
    "SanctionForm",
    "SplitForm",
    "WatchForm",
]
