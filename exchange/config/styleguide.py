"""`/styleguide/`: every component, by the templates that the pages use, in all languages and themes.

The people and posts are made up here and never saved, so the page is the same on an empty site.
"""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from exchange.accounts.models import User
from exchange.boards.forms import ReplyForm
from exchange.boards.fragments import words
from exchange.boards.models import Board, Post, Thread
from exchange.languages.actions import Draft, preview
from exchange.languages.models import Passage
from exchange.web import errors
from exchange.web.http import methods
from exchange.web.pagination import Page

from .colours import table

THEMES = (("light", _("light")), ("dark", _("dark")))
SECTIONS = (
    ("type", _("Type")),
    ("marks", _("Buttons and marks")),
    ("notices", _("Notices")),
    ("header", _("Header and menu")),
    ("form", _("Forms")),
    ("lists", _("Tiles, rows and pages")),
    ("posts", _("Posts")),
    ("composer", _("Composer")),
)
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


@methods("GET")
def styleguide(request: HttpRequest) -> HttpResponse:
    _staff_only(request)
    sections = [
        {"code": code, "name": name, "cells": _cells(request, code)} for code, name in SECTIONS
    ]
    return render(
        request,
        "styleguide/page.html",
        {"sections": sections, "colours": table(), "statuses": errors.TITLES},
    )


@methods("GET")
def error_page(request: HttpRequest, status: int) -> HttpResponse:
    """What a reader sees when something goes wrong, also where that is hard to bring about."""
    _staff_only(request)
    if status in errors.BROKEN:
        return errors.broken(request, status)
    if status not in errors.TITLES:
        raise Http404
    return errors.refused(request, status, words=[TEXT, OTHER_TEXT] if status in LOSING else [])


# Statuses that refuse a form: their pages hand back what was typed.
LOSING = {409, 429}


def _staff_only(request: HttpRequest) -> None:
    if not (settings.DEBUG or request.user.is_staff):
        raise Http404


def _cells(request: HttpRequest, section: str) -> list[dict[str, Any]]:
    """A section once in each language and theme. Their ids differ by the cell's own number."""
    cells: list[dict[str, Any]] = []
    for code, name in settings.LANGUAGES:
        for theme, theme_name in THEMES:
            with translation.override(code):
                html = _specimen(request, section, code, len(cells) + 1)
            said = f"{translation.gettext(name)} · {theme_name}"
            cells.append({"theme": theme, "code": code, "name": said, "html": html})
    return cells


def _specimen(request: HttpRequest, section: str, language: str, cell: int) -> SafeString:
    context = {"cell": cell, **MAKERS.get(section, _nothing)(language, cell)}
    return render_to_string(f"styleguide/_{section}.html", context, request)


def _nothing(language: str, cell: int) -> dict[str, Any]:
    return {}


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


def _form(language: str, cell: int) -> dict[str, Any]:
    empty = Specimen(auto_id=f"empty-{cell}-%s")
    wrong = Specimen({"email": "mei@", "theme": "dark"}, auto_id=f"wrong-{cell}-%s")
    return {"empty": empty, "form": wrong}


def _lists(language: str, cell: int) -> dict[str, Any]:
    board = Board(slug="rent", name=NAME, description=DESCRIPTION, access="members")
    titles = [
        ("What do you pay for a one-bedroom?", "你们租一室一厅要多少钱？"),
        ("孩子报志愿，你们家谁说了算？", ""),
        (LONG, "一个没有标点也没有空格的很长很长的标题" * 3),
    ]
    threads = [_thread(board, *title, number) for number, title in enumerate(titles)]
    return {"tile": board, "threads": threads, "page": Page(7, 30, 20), "previous": 1, "next": 3}


NAME = {"en": "Rent and homes", "zh-hans": "房租与住房", "zh-hant": "房租與住房"}
DESCRIPTION = {
    "en": "What a home costs, and how to find one.",
    "zh-hans": "住处要多少钱，怎么找。",
    "zh-hant": "住處要多少錢，怎麼找。",
}


def _thread(board: Board, title: str, other: str, number: int) -> Thread:
    passage, half = preview(Draft(title, other))
    passage.body = title
    made = Thread(pk=1, board=board, title=passage, author=_author(number), reply_count=number * 61)
    made.last_post_at = timezone.now() - timedelta(hours=5 * number)
    made.pinned_at = made.locked_at = made.last_post_at if number == 0 else None
    made.title_other = other
    made.title_other_language = half.language if half else None
    return made


def _author(number: int) -> User:
    name = ("Tom", "梅子", LONG[:30])[number % 3]
    return User(pk=1, username=name, learning=["zh-hans"] if name == "Tom" else ["en"])


TEXT = (
    "I pay **$1,150** a month in Columbus: *a third* of what I earn.\n\n"
    "> 你们租一室一厅要多少钱？\n\n- water is included\n- `heating` is not"
)
OTHER_TEXT = "我在哥伦布每月付 **1150 美元**，是收入的*三分之一*。\n\n水费包括在内，暖气不包括。"


def _posts(language: str, cell: int) -> dict[str, Any]:
    passage, half = preview(Draft(TEXT, OTHER_TEXT, used_translator=True))
    now = timezone.now()
    return {
        "posts": [
            _post(passage, half, language, number=cell * 10),
            _post(None, None, language, number=cell * 10 + 1, hidden_at=now),
            _post(passage, None, language, number=cell * 10 + 2, hidden_at=now),
            _post(None, None, language, number=cell * 10 + 3, deleted_at=now),
        ]
    }


def _post(passage: Passage | None, half: Any, language: str, **fields: Any) -> SafeString:
    post = Post(pk=1, thread_id=1, author=_author(fields["number"]), **fields)
    context = {"post": post, "place": "?", **words(passage, half, language)}
    return render_to_string("boards/_post.html", context)


def _composer(language: str, cell: int) -> dict[str, Any]:
    passage, half = preview(Draft(TEXT, OTHER_TEXT))
    form = ReplyForm(initial={"body": TEXT, "body_other": OTHER_TEXT})
    return {"thread": Thread(pk=1), "form": form, "preview": words(passage, half, language)}


MAKERS = {"form": _form, "lists": _lists, "posts": _posts, "composer": _composer}
