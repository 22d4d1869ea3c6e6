"""What `/styleguide/` shows: people, texts and pages that are made up here and never saved.

The page is the same on an empty site. Each maker gives what its section's template needs.
"""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exchange.accounts.models import User
from exchange.boards.forms import ReplyForm
from exchange.boards.models import Board, Post, SavedDraft, Thread
from exchange.boards.presenting import words
from exchange.boards.queries import Roles
from exchange.languages import marking
from exchange.languages.actions import Draft, preview
from exchange.languages.compare import diff
from exchange.languages.models import Correction, Passage, Proposal, Revision, Translation
from exchange.languages.queries import Entry as TermEntry
from exchange.languages.render import render
from exchange.ledger.models import Event
from exchange.moderation.queries import Entry
from exchange.passages.forms import OfferForm, TranslationForm
from exchange.passages.queries import Waiting, changes
from exchange.passages.subject import Subject
from exchange.passages.views.sentences import Proposed, Row, Sheet
from exchange.safety.gates import WHY_HELD, usually
from exchange.safety.models import Rule
from exchange.uploads.labels import Problem
from exchange.web.pagination import Page

from . import (
    specimens_charts,
    specimens_compare,
    specimens_desk,
    specimens_guards,
    specimens_log,
    specimens_people,
    specimens_pictures,
    specimens_told,
)
from .specimens_figures import figures
from .specimens_uploads import rows

THEMES = (("light", _("light")), ("dark", _("dark")))
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


def member() -> User:
    """Who looks at all this: somebody who keeps order on one board."""
    person = _author(1)
    vars(person)["_roles"] = Roles(False, frozenset({1}))  # else asked of the database
    vars(person)["_unread"] = 3
    return person


class Specimen(forms.Form):
    """One field of each kind, none of them filled in well."""

    email = forms.EmailField(label=_("E-mail"))
    words = forms.CharField(
        label=_("Note"), help_text=_("In English or Chinese."), widget=forms.Textarea({"rows": 3})
    )
    theme = forms.ChoiceField(
        label=_("Colours"), choices=[("", _("as on my device")), *THEMES], required=False
    )
    reads = forms.MultipleChoiceField(
        label=_("Languages I read"), widget=forms.CheckboxSelectMultiple, choices=settings.LANGUAGES
    )
    agreed = forms.BooleanField(label=_("I used a translation app"), required=False)


def _form(language: str) -> dict[str, Any]:
    empty = Specimen(auto_id="empty-%s")
    wrong = Specimen({"email": "mei@", "theme": "dark"}, auto_id="wrong-%s")
    return {"empty": empty, "form": wrong}


def _board() -> Board:
    return Board(pk=1, slug="rent", name=NAME, description=DESCRIPTION, access="members")


def _threads() -> list[Thread]:
    titles = [
        ("What do you pay for a one-bedroom?", "你们租一室一厅要多少钱？"),
        ("孩子报志愿，你们家谁说了算？", ""),
        (LONG, "一个没有标点也没有空格的很长很长的标题" * 3),
    ]
    return [_thread(_board(), *title, number) for number, title in enumerate(titles)]


def _lists(language: str) -> dict[str, Any]:
    threads = _threads()
    threads[0].seed_key = "opening"
    return {
        "tile": _board(),
        "threads": threads,
        "opening": threads[0],
        "none": [],
        "page": Page(7, 30, 20),
        "previous": 1,
        "next": 3,
        "only": "zh",
        "counts": {"all": 12_345, "zh": 8_000, "en": 4_345, "unanswered": 0},
    }


NAME = {"en": "Rent and homes", "zh-hans": "房租与住房", "zh-hant": "房租與住房"}
DESCRIPTION = {
    "en": "What a home costs, and how to find one.",
    "zh-hans": "住处要多少钱，怎么找。",
    "zh-hant": "住處要多少錢，怎麼找。",
}


def _thread(board: Board, title: str, other: str, number: int) -> Thread:
    passage, half = preview(Draft(title, other))
    passage.pk, passage.body = 1, title
    made = Thread(pk=1, board=board, title=passage, author=_author(number), reply_count=number * 61)
    made.last_post_at = timezone.now() - timedelta(hours=5 * (number + 1))
    made.pinned_at = made.locked_at = made.last_post_at if number == 0 else None
    made.title_other = other or None
    made.title_other_language = half.language if half else None
    made.title_other_kind = ("author", "member", "machine")[number]
    return made


def _author(number: int) -> User:
    name = ("Tom", "梅子", LONG[:30])[number % 3]
    return User(pk=1, username=name, learning=["zh-hans"] if name == "Tom" else ["en"])


TEXT = (
    "I pay **$1,150** a month in Columbus: *a third* of what I earn.\n\n"
    "> 你们租一室一厅要多少钱？\n\n- water is included\n- `heating` is not"
)
OTHER_TEXT = "我在哥伦布每月付 **1150 美元**，是收入的*三分之一*。\n\n水费包括在内，暖气不包括。"


FACTS = [
    {
        "label": {"en": "Written by", "zh-hans": "作者", "zh-hant": "作者"},
        "value": {"en": "Cao Yuanlong", "zh-hans": "曹元龙", "zh-hant": "曹元龍"},
    },
    {
        "label": {"en": "Published", "zh-hans": "刊发日期", "zh-hant": "刊發日期"},
        "value": {"en": "24 January 2025", "zh-hans": "2025年1月24日", "zh-hant": "2025年1月24日"},
    },
]


def _reading(language: str) -> dict[str, Any]:
    thread = _threads()[0]
    thread.last_number = 61
    return {"thread": thread, "page": Page(2, 4, 20)}


def _posts(language: str) -> dict[str, Any]:
    passage, half = preview(Draft(TEXT, OTHER_TEXT, used_translator=True))
    passage.pk = 1
    hours_ago = timezone.now() - timedelta(hours=3)
    facts = SimpleNamespace(facts=FACTS)
    return {
        "posts": [
            _post(passage, half, language, number=1, edited_at=hours_ago, attribution=facts),
            _post(passage, half, language, number=2),
            _post(None, None, language, number=11, hidden_at=hours_ago),
            _post(passage, None, language, number=12, hidden_at=hours_ago),
            _post(None, None, language, for_now=True, number=17, hidden_at=hours_ago),
            _post(None, None, language, number=13, deleted_at=hours_ago),
            _post(None, None, language, number=15, held_at=hours_ago),
            _post(passage, None, language, number=16, held_at=hours_ago),
        ],
        "one_half": _post(passage, half, language, number=14),
    }


def _post(
    passage: Passage | None,
    half: Any,
    language: str,
    attribution: Any = None,
    for_now: bool = False,
    **fields: Any,
) -> SafeString:
    hours_ago = timezone.now() - timedelta(hours=5)
    author = _author(fields["number"])
    post = Post(pk=1, thread_id=1, author=author, created_at=hours_ago, **fields)
    context = {"post": post, "place": "?", "attribution": attribution, "reason": RULE}
    context["for_now"] = for_now
    context["waits"] = (WHY_HELD["link"], usually(timedelta(minutes=25)))
    gists = [("en", ["you · there · rent · how much?"]), ("zh", ["你们 · 那里 · 房租？"])]
    return render_to_string(
        "boards/_post.html",
        context
        | {"gists": gists if passage else []}
        | words(passage, [half] if half else [], language),
    )


def _words(language: str) -> dict[str, Any]:
    """A text in each language with all that Markdown can do, the Chinese one with a half beside it."""
    passage = Passage(language="zh-hans", html=render(ALL_MARKS, "zh-hans", ["梅子"]))
    english = render(ALL_MARKS_IN_ENGLISH, "en", ["Tom"])
    half = Translation(kind="member", by=_author(0), language="en", html=english, source_version=0)
    mixed = Passage(language="mixed", html=render(MIXED, "mixed"))
    return {
        "texts": [
            words(passage, [half], language),
            words(mixed, [], language),
            words(mixed, _both_halves(), language),
        ]
    }


def _translations(language: str) -> dict[str, Any]:
    """A form half filled in, and two proposals as its reader may decide about them."""
    passage = Passage(pk=1, language="en", body=TEXT, version=2)
    subject = Subject(passage, kind="post", author=_author(2), address="", public=True)
    half = Translation(kind="member", language="zh-hans", body=OTHER_TEXT, source_version=2)
    form = TranslationForm(subject=subject, original=TEXT, into="zh", half=half)
    first, second = (
        Proposal(pk=n, passage=passage, language="zh-hans", body=body, source_version=n, by=by)
        for n, body, by in ((2, OTHER_TEXT, _author(0)), (1, OTHER_TEXT[:20], None))
    )
    changed = changes(OTHER_TEXT.replace("我", "咱们"), OTHER_TEXT)
    return {
        "subject": subject,
        "passage": passage,
        "target": "zh-hans",
        "form": form,
        "needed": 3,
        "waiting": [
            Waiting(first, changed, 1, False, None, None, None, ""),
            Waiting(second, [], 2, True, "-", None, None, ""),
        ],
    }


def _both_halves() -> list[Translation]:
    """What a mixed text may have: a half for either reader."""
    halves = {"en": MIXED_IN_ENGLISH, "zh-hans": MIXED_IN_CHINESE}
    return [
        Translation(kind="machine", language=code, html=render(body, code), source_version=1)
        for code, body in halves.items()
    ]


ALL_MARKS = """\
### 房租

@梅子 住在*朝阳区*，**每月3000元**，~~含暖气~~。见[合同](https://example.org/)。

1. 押一付三
2. 水电另算
   - 物业费

> 网费谁付？

| 城市 | 房租 | 押金 |
|:---|---:|:---:|
| 成都 | 3000 | 一个月 |

    合同 = "第1条"

---

用`房租`搜索。"""
ALL_MARKS_IN_ENGLISH = """\
### Rent

@Tom lives *downtown*, **$1,150 a month**, ~~heating included~~. See the [lease](https://example.org/).

1. one month down
2. utilities apart
   - and fees

> Who pays for the network?

| city | rent | deposit |
|:---|---:|:---:|
| Columbus | 1,150 | a month |

    lease = "article 1"

---

Search for `rent`."""
MIXED_IN_ENGLISH = "He said “no problem”, which was a relief. My landlord is mean… so I moved."
MIXED_IN_CHINESE = "他说“没问题”，我松了口气。我的房东很刻薄……所以我搬走了。"
MIXED = "他说“没问题”，which was a relief。我的landlord很mean… so I moved."


def _composer(language: str) -> dict[str, Any]:
    passage, half = preview(Draft(TEXT, OTHER_TEXT))
    passage.pk = 1
    saved_at = timezone.now() - timedelta(hours=2)
    typed = {"body": TEXT, "body_other": OTHER_TEXT}
    form = ReplyForm(initial=typed | {"draft_saved_at": saved_at, "same_language": True})
    form.pictures.rows, form.pictures.problems = rows(), [Problem("broken", "IMG_0412.heic")]
    return {
        "thread": Thread(pk=1),
        "form": form,
        "preview": words(passage, [half] if half else [], language),
    }


def _notices(language: str) -> dict[str, Any]:
    noted = [
        Message(constants.SUCCESS, gettext("Your settings are saved.")),
        Message(constants.ERROR, gettext("Please write something.")),
    ]
    return {"messages": noted, "before": Post(pk=1), "refusal": _("Please write something.")}


def _header(language: str) -> dict[str, Any]:
    return {"stranger": AnonymousUser()}


def _drafts(language: str) -> dict[str, Any]:
    typed = {"body": TEXT, "body_other": OTHER_TEXT}
    saved_at = timezone.now() - timedelta(hours=2)
    draft = SavedDraft(place="thread.1", fields=typed, saved_at=saved_at)
    draft.thread = _threads()[0]
    return {"draft": draft, "fields": typed, "newer": draft, "words": [OTHER_TEXT]}


def _corrections(language: str) -> dict[str, Any]:
    """Two sentences: one with proposals for its author, one whose form is open."""
    body = "I very like hotpot. Yesterday I eat it.\n\n> 我喜欢火锅。"
    said = marking.read(body)
    passage = Passage(pk=1, body=body, language="en", version=2, wants_correction=True)
    why, _half = preview(Draft("very 只能修饰形容词。"))
    why.pk = 1  # its words are explained at an address
    first = Correction(
        pk=1,
        passage=passage,
        original=said[0].text,
        corrected="I really like hotpot.",
        reason=why,
        by=_author(0),
    )
    taken = Correction(
        pk=2,
        passage=passage,
        original="Yesterday I eat it.",
        corrected="I ate it yesterday.",
        taken_at=timezone.now(),
        thanked_at=timezone.now(),
    )
    shown = Proposed(first, diff(first.original, first.corrected), 3, [], True)
    rows = [Row(said[0], "我很喜欢火锅。", [shown]), Row(said[1]), Row(said[2])]
    half = Translation(language="zh-hans")
    form = OfferForm({"sentence": "1", "corrected": said[1].text, "version": "2"}, about=said[1])
    return {
        "passage": passage,
        "sheet": Sheet(rows, half, [], []),
        "taken": Proposed(taken, diff(taken.original, taken.corrected), 0, [], False),
        "form": form,
        "chosen": 1,
        "may_offer": True,
        "is_author": True,
        "is_learner": False,
    }


RULE = Rule(
    code="off-topic",
    number=4,
    name={"en": "Off topic", "zh-hans": "跑题", "zh-hant": "離題"},
    text={
        "en": "Each thread has a subject. Start a new one for another.",
        "zh-hans": "一个主题只谈一件事，想聊别的请另开一个。",
        "zh-hant": "一個主題只談一件事，想聊別的請另開一個。",
    },
)
OTHER_RULE = Rule(code="spam", number=5, name=RULE.name, text=RULE.text)


def _moderation(language: str) -> dict[str, Any]:
    hours_ago = timezone.now() - timedelta(hours=4)
    thread = _threads()[0]
    passage, half = preview(Draft(TEXT, OTHER_TEXT))
    passage.pk = 1
    # As if fetched with it: a made-up passage has no rows that could be asked for.
    vars(passage)["_prefetched_objects_cache"] = {"translations": [half]}
    post = Post(pk=1, number=7, thread=thread, author=_author(0), passage=passage)
    note, _half = preview(Draft("请看一下这里。"))
    event = Event(verb="post.hidden", target="post.1", scope="thread.1", created_at=hours_ago)
    entry = Entry(event, _author(1), post, thread, None, RULE, note)
    revisions = [
        Revision(
            version=version,
            by=_author(0),
            created_at=hours_ago,
            body=TEXT,
            language="en",
            body_other=OTHER_TEXT,
            language_other="zh-hans",
        )
        for version in (2, 1)
    ]
    return {
        "entries": [entry],
        "rules": [RULE, OTHER_RULE],
        "revisions": revisions,
        **specimens_desk.made(language, post, _author(1), RULE, note),
    }


def _glossary(language: str) -> dict[str, Any]:
    note, half = preview(
        Draft("Money that a tenant gets back.", "退租时退还的钱。", "en", language_other="zh-hans")
    )
    entry = TermEntry(
        id=1,
        key="deposit",
        kind="culture",
        en=("security deposit", "deposit"),
        zh=("押金",),
        pinyin="yā jīn",
        notes={"en": note, **({"zh": half} if half else {})},
    )
    return {
        "entry": entry,
        "letters": [("A", [entry, entry]), ("～", [entry])],
        "proposed": [{"entry": entry, "agreed": 2}],
        "enough": 3,
        "kind": "all",
        "asked": "押",
        "counts": {"all": 2, "term": 0, "culture": 2},
    }


def _log(language: str) -> dict[str, Any]:
    return specimens_log.made(RULE, _author(1), _moderation(language)["entries"][0])


def _dialogs(language: str) -> dict[str, Any]:
    return {"rules": [RULE]}


MAKERS: dict[str, Callable[[str], dict[str, Any]]] = {
    "charts": specimens_charts.made,
    "comparisons": specimens_compare.made,
    "composer": _composer,
    "corrections": _corrections,
    "dialogs": _dialogs,
    "drafts": _drafts,
    "figures": figures,
    "form": _form,
    "guards": specimens_guards.made,
    "glossary": _glossary,
    "log": _log,
    "header": _header,
    "lists": _lists,
    "moderation": _moderation,
    "notices": _notices,
    "people": specimens_people.made,
    "pictures": specimens_pictures.made,
    "posts": _posts,
    "reading": _reading,
    "told": specimens_told.made,
    "translations": _translations,
    "words": _words,
}
