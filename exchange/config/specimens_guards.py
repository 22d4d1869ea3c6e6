"""What `/styleguide/` shows of what keeps programs out, and of waves of posts: made up, never saved."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exchange.accounts.models import User
from exchange.boards.models import Board, Post, Thread
from exchange.languages.actions import Draft, preview
from exchange.moderation.queries.bursts import Burst, Member
from exchange.safety.forms import WRONG, Decoy
from exchange.safety.questions import questions

WORDS = (
    ("Cheap watches, this week only: https://watches.example/sale", "名表特价，仅限本周。"),
    ("CHEAP watches, only this week!! https://watches.example/sale", ""),
    ("Watches, cheap, this week only → https://watches.example/sale", ""),
)


class Guard(forms.Form):
    """The fields of a sign-up form in a time of attack that are its own; a wrong answer was given."""

    homepage = forms.CharField(required=False, widget=Decoy)
    proof = forms.CharField(required=False, widget=forms.HiddenInput)
    question = forms.CharField(required=False, widget=forms.HiddenInput)
    answer = forms.CharField(
        label=_("Answer"), help_text=_("In English or Chinese. One word or number is enough.")
    )
    is_guarded, challenge = True, ""


def made(language: str) -> dict[str, Any]:
    guard: Any = Guard({})
    guard.full_clean()
    guard.errors["answer"][:] = [WRONG]
    guard.asked = SimpleNamespace(text=questions()[2].text[language])
    burst = Burst([_member(number, *words) for number, words in enumerate(WORDS, 1)])
    given = {"guard": guard, "chosen": SimpleNamespace(chosen={1, 2}), "hours": 24}
    return given | {"burst": burst, "members": burst.members}


def _member(number: int, text: str, other: str) -> Member:
    passage, half = preview(Draft(text, other))
    names = {"en": "Welcome", "zh-hans": "欢迎", "zh-hant": "歡迎"}
    thread = Thread(pk=1, board=Board(slug="welcome", name=names))
    now = timezone.now()
    author = User(pk=number, username=f"seller {number}", date_joined=now - timedelta(hours=number))
    post = Post(pk=number, thread=thread, number=number, author=author, passage=passage)
    post.created_at = now - timedelta(minutes=9 - number)
    return Member(post, half, frozenset(("watches.example/sale",)))
