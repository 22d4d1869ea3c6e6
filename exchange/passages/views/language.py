"""Which language a text is in: how that was found, and another opinion."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.boards.rules import Refusal
from exchange.boards.views import limited
from exchange.languages import actions
from exchange.languages.models import Passage
from exchange.passages import rules
from exchange.passages.forms import LanguageForm
from exchange.passages.subject import Subject
from exchange.web.errors import log_in_first
from exchange.web.http import is_look, methods
from exchange.web.templatetags.bilingual import language_name

from .gates import get_subject


@methods("GET", "POST")
@limited("opinion")
def passage_language(request: HttpRequest, passage_id: int) -> HttpResponse:
    subject = get_subject(request, passage_id)
    if is_look(request):
        now = {"language": subject.passage.language}
        return _page(request, subject, LanguageForm(initial=now))
    if not request.user.is_authenticated:
        return log_in_first(request)
    form = LanguageForm(request.POST)
    if refusal := rules.can_work_on(request.user, subject):
        return _page(request, subject, form, 403, refused=refusal)
    if not form.is_valid():
        return _page(request, subject, form, 422)
    messages.success(request, _named(request, subject, form.cleaned_data["language"]))
    return redirect(reverse("passage_language", args=[passage_id]))


def _page(
    request: HttpRequest,
    subject: Subject,
    form: LanguageForm,
    status: int = 200,
    refused: Refusal = None,
) -> HttpResponse:
    context = {
        "subject": subject,
        "passage": subject.passage,
        "form": form,
        "counts_at_once": _counts_as(request, subject) != Passage.Source.READERS,
        "refusal": rules.can_work_on(request.user, subject),
        "refused": refused,
    }
    return render(request, "passages/language.html", context, status=status)


def _named(request: HttpRequest, subject: Subject, language: str) -> str:
    """Do it, and say what came of it."""
    if language == subject.passage.language:
        actions.name_language(by=request.user, passage=subject.passage, language=language)
        return _("It is marked as that already.")
    changed = actions.name_language(
        by=request.user,
        passage=subject.passage,
        language=language,
        counts_as=_counts_as(request, subject),
    )
    if changed:
        return _("Thank you. It is marked as %(language)s now.") % {
            "language": language_name(language)
        }
    return _("Thank you. One more reader has to agree before it changes.")


def _counts_as(request: HttpRequest, subject: Subject) -> str:
    if subject.author is not None and subject.author == request.user:
        return Passage.Source.AUTHOR
    return Passage.Source.MODERATOR if subject.moderates else Passage.Source.READERS
