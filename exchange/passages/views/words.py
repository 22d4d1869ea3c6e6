"""A member's own word list."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from exchange.boards.views import too_often
from exchange.languages.actions import ListIsFull, drop_word, keep_word
from exchange.languages.models import Passage
from exchange.languages.text import is_blank, normalise, unprintable
from exchange.passages import queries, wordlist
from exchange.safety.views import looked_up, slow_down
from exchange.web.errors import asks_for_json, log_in_first
from exchange.web.http import methods
from exchange.web.pagination import NoSuchPage, paginate

WORDS_PER_PAGE = 100
FILES = {
    "csv": (wordlist.as_csv, "text/csv; charset=utf-8", "words.csv"),
    "anki": (wordlist.as_anki, "text/plain; charset=utf-8", "words-anki.txt"),
}


class WordForm(forms.Form):
    """A word, and the text that it was met in, if any."""

    word = forms.CharField(max_length=80)
    passage = forms.IntegerField(required=False, min_value=1, max_value=10**18)

    def clean_word(self) -> Any:
        word = " ".join(normalise(self.cleaned_data["word"]).split())
        if is_blank(word) or unprintable(word):
            raise forms.ValidationError("", code="blank")
        return word


@methods("GET", "POST", "DELETE")
def words(request: HttpRequest) -> HttpResponse:
    """GET is the list, newest first; POST keeps a word, DELETE takes it off."""
    if not request.user.is_authenticated:
        return log_in_first(request)
    if request.method == "POST":
        return _keep(request)
    return _drop(request) if request.method == "DELETE" else _list(request)


@methods("GET")
@looked_up("file")
def export(request: HttpRequest) -> HttpResponse:
    """The whole list as a file: `?as=csv` or `?as=anki`."""
    if not request.user.is_authenticated:
        return log_in_first(request)
    if request.GET.get("as", "csv") not in FILES:
        raise Http404(_("There is no such file of your words."))
    write, content_type, name = FILES[request.GET.get("as", "csv")]
    found = wordlist.known(request.user, list(wordlist.saved(request.user)))
    sounds = "zhuyin" if request.user.zhuyin else "pinyin"
    answer = HttpResponse(write(found, sounds=sounds), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _list(request: HttpRequest, *, refusal: str = "", status: int = 200) -> HttpResponse:
    saved = wordlist.saved(request.user)
    try:
        page = paginate(request.GET.get("page"), rows=saved.count(), size=WORDS_PER_PAGE)
    except NoSuchPage:
        raise Http404(_("There is no such page of your words.")) from None
    shown = list(saved[page.first_row - 1 : page.last_row])
    context = {
        "words": wordlist.known(request.user, shown),
        "page": page,
        "refusal": refusal,
        "typed": request.POST.get("word", "") if refusal else "",
    }
    return render(request, "passages/words.html", context, status=status)


def _keep(request: HttpRequest) -> HttpResponse:
    form = WordForm(request.POST)
    if not form.is_valid():
        return _refusal(request, 422, _("That is no word: it is empty or longer than 80 letters."))
    if wait := too_often(request, "word"):
        return slow_down(request, wait)
    word, met_in = form.cleaned_data["word"], _met_in(request, form)
    try:
        keep_word(owner=request.user, word=word, passage=met_in)
    except ListIsFull as full:
        return _refusal(request, 409, str(full.reason))
    if asks_for_json(request):
        return JsonResponse({"kept": word})
    messages.success(request, _("“%(word)s” is on your word list.") % {"word": word})
    return redirect("reading", met_in.pk) if met_in else redirect("words")


def _met_in(request: HttpRequest, form: WordForm) -> Passage | None:
    """The text that the word was met in, as far as its reader may read it."""
    number = form.cleaned_data["passage"]
    try:
        return queries.find(request.user, number).passage if number else None
    except queries.NotThere:
        return None


def _drop(request: HttpRequest) -> HttpResponse:
    word = request.POST.get("word", "")
    if drop_word(owner=request.user, word=word):
        messages.success(request, _("“%(word)s” is off your word list.") % {"word": word})
    return redirect("words")


def _refusal(request: HttpRequest, status: int, reason: str) -> HttpResponse:
    if asks_for_json(request):
        return JsonResponse({"reason": reason}, status=status)
    return _list(request, refusal=reason, status=status)
