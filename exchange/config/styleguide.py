"""`/styleguide/`: every component, by the templates that the pages use, in all languages and themes."""

import re
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exchange.boards.forms import LANGUAGE_CHOICES
from exchange.web import errors
from exchange.web.http import methods

from .colours import table
from .specimens import MAKERS, OTHER_TEXT, TEXT, THEMES, member

SECTIONS = (
    ("type", _("Type")),
    ("words", _("What members write")),
    ("marks", _("Buttons and marks")),
    ("notices", _("Notices")),
    ("header", _("Header, menu and footer")),
    ("form", _("Forms")),
    ("lists", _("Tiles, rows and pages")),
    ("reading", _("Head of a thread")),
    ("posts", _("Posts")),
    ("people", _("People")),
    ("pictures", _("Pictures")),
    ("word_help", _("Words explained")),
    ("composer", _("Composer")),
    ("figures", pgettext_lazy("costs in a post", "Figures")),
    ("drafts", _("Drafts")),
    ("charts", _("Charts")),
    ("comparisons", _("Comparisons")),
    ("glossary", _("Glossary")),
    ("translations", _("Translations")),
    ("corrections", _("Corrections")),
    ("moderation", _("Moderation")),
    ("guards", _("Against programs")),
    ("log", _("Moderation log")),
    ("told", _("Decisions and appeals")),
    ("dialogs", _("Dialogs")),
)


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
                now = translation.gettext("just now")
            said = f"{translation.gettext(name)} · {theme_name}"
            cells.append({"theme": theme, "code": code, "name": said, "now": now, "html": html})
    return cells


def _specimen(request: HttpRequest, section: str, language: str, cell: int) -> SafeString:
    made = MAKERS[section](language) if section in MAKERS else {}
    context = {"user": member(), **made}
    html = render_to_string(f"styleguide/_{section}.html", context, request)
    return mark_safe(_in_cell(html, f"{section}-{cell}"))  # noqa: S308 our template


def _question() -> str:
    said = translation.gettext("You chose {chosen}, but this looks like {found}.")
    names = dict(LANGUAGE_CHOICES)
    return said.format(chosen=names["zh-hans"], found=names["en"])


def _here() -> str:
    here = translation.gettext("{count} people are here").format(count=3)
    return translation.gettext("{here}: {names}").format(here=here, names="Tom, 梅子")


def _typing() -> str:
    return translation.gettext("Someone is writing in {languages}").format(languages="中文")


_TAG = re.compile(r"<[a-z][^<>]*>")
_NAMED = re.compile(
    r' (?P<name>id|for|form|aria-(?:labelledby|describedby|controls))="(?P<ids>[^"]*)"'
)
_LINKED = re.compile(r' href="#(?=[^"])([^"]*)"')
# Nothing is sent from here, for what is made up has the numbers of real threads and posts, and the
# place in a thread is not followed.
_SENDING = re.compile(r' (?:method|(?:form)?action|hx-[a-z-]+|data-progress)="[^"]*"')
_WAITING = re.compile(r" hidden(?=[\s>])")
# What scripts fill in before they show it.
_FILLED_IN = (
    (re.compile(r'(<h2 id="act-title">)(</h2>)'), lambda: _("Hide this post")),
    (re.compile(r"(<b data-here>)(</b>)"), lambda: "12"),
    (re.compile(r"(<span data-news>)(</span>)"), lambda: _("{count} new replies").format(count=3)),
    (
        re.compile(r'(<span [^>]*data-live="state"[^>]*>)(</span>)'),
        lambda: _("Live updates are back"),
    ),
    (re.compile(r'(<p [^>]*data-live="here"[^>]*>)(</p>)'), _here),
    (re.compile(r'(<p [^>]*data-live="typing"[^>]*>)(</p>)'), _typing),
    (re.compile(r"(data-ask [^>]*><span>)(</span>)"), _question),
    (re.compile(r"(<button[^>]* data-ask-yes=[^>]*>)(</button>)"), lambda: _("Yes")),
)


def _in_cell(html: str, cell: str) -> str:
    """The part as a page shows it once its scripts have run, with ids of its own and going nowhere."""
    for place, words in _FILLED_IN:
        html = place.sub(rf"\g<1>{words()}\g<2>", html)
    return _TAG.sub(lambda tag: _tag_in_cell(tag[0], cell), html)


def _tag_in_cell(tag: str, cell: str) -> str:
    def numbered(found: re.Match[str]) -> str:
        ids = " ".join(f"{name}-{cell}" for name in found["ids"].split())
        return f' {found["name"]}="{ids}"'

    tag = _LINKED.sub(rf' href="#\1-{cell}"', _NAMED.sub(numbered, tag))
    tag = _WAITING.sub("", _SENDING.sub("", tag))
    return tag.replace("<dialog ", "<dialog open ")
