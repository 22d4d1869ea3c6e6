"""A text names its figures by the rows that they were typed in: [¥1] is the first."""

from typing import Any

import pytest
from django.test import Client

from exchange.accounts.models import User
from exchange.boards import actions as boards
from exchange.boards import queries as reading
from exchange.boards.models import Post, Thread
from exchange.figures import forms, queries
from exchange.figures.models import Entry, Item
from exchange.figures.templatetags.figures import chips, chips_left
from exchange.languages.actions import Draft
from tests.cast import RENT, rent_of, reply

pytestmark = pytest.mark.django_db


def rows(**amounts: str) -> dict[str, str]:
    """`rows(_1="900")`: a form with one figure in its second row."""
    typed = RENT | RENT["conditions"] | {"item": "rent-flat"}
    return {
        f"figure{number.replace('_', '-')}-{name}": value
        for number, amount in amounts.items()
        for name, value in (typed | {"amount": amount}).items()
        if isinstance(value, str)
    }


def shown(post: Post) -> tuple[str, str]:
    """The text with its figures, and those that stand below it."""
    passage, entries = post.passage, queries.current([post.passage_id])
    return str(chips(passage.html, entries, "en")), str(chips_left(passage.html, entries))


def test_a_figure_keeps_its_name_when_one_before_it_is_taken_away(
    client: Client, thread: Thread, items: dict[str, Item], tom: User
) -> None:
    client.force_login(tom)
    typed = {"body": "I pay [¥2], she pays [¥3]."} | rows(_1="900", _2="1,200")
    assert client.post(f"/en/threads/{thread.pk}/posts/", typed).status_code == 302
    post = Post.objects.latest("pk")
    text, below = shown(post)
    assert text.index("$900") < text.index("$1,200") and "[¥" not in text and not below
    fields = forms.initial(queries.current([post.passage_id]))
    assert (fields["figure-1-amount"], fields["figure-2-amount"]) == ("900", "1200")


@pytest.mark.parametrize("body", ["Type `[¥1]` for it.", "[see [¥1] here](https://example.org/)"])
def test_a_figure_that_has_no_place_in_the_text_stands_below_it(
    thread: Thread, items: dict[str, Item], tom: User, body: str
) -> None:
    post = reply(tom, thread, body, entries=[rent_of(items, amount="1,150")])
    text, below = shown(post)
    assert "[¥1]" in text and "$1,150" not in text
    assert "$1,150" in below


def test_a_post_with_the_same_figure_twice_can_be_edited(
    thread: Thread, items: dict[str, Item], tom: User
) -> None:
    twice: list[Any] = [rent_of(items, amount="1,150")] * 2
    post = reading.post(tom, reply(tom, thread, "Both of us.", entries=twice).pk)
    boards.edit(author=tom, post=post, draft=Draft("Both."), from_version=1, entries=twice)
    assert [(e.position, e.until) for e in Entry.objects.order_by("position")] == [
        (0, None),
        (1, None),
    ]
    post = reading.post(tom, post.pk)
    boards.edit(author=tom, post=post, draft=Draft("One."), from_version=2, entries=twice[:1])
    assert [entry.position for entry in queries.current([post.passage_id])] == [0]
