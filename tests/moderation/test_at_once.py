"""Two moderators decide at the same moment, one from a case and the other from the post's own page."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from exchange.accounts.models import User
from exchange.boards.models import Post, Thread
from exchange.moderation import actions, queries
from exchange.moderation.models import Case, Decision
from exchange.moderation.targets import find
from tests.cast import picture, pictured, reply
from tests.security.parallel import apart, shared_database, together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def post(thread: Thread, sam: User, tom: User, rules: dict) -> Post:
    """It has three cases: its own, and of two pictures that wait."""
    drawn = [pictured(picture(sam, color)) for color in ("#abc", "#cba")]
    made = reply(sam, thread, "Two cats", pictures=drawn)
    for upload in made.passage.uploads.all():
        target = find(f"picture.{upload.pk}")
        assert target
        actions.open_case(target=target, kind="held")
    target = find(made.target)
    assert target
    actions.report(reporter=tom, target=target, rule=rules["spam"])
    return made


def tried(act: Callable[[], Decision | None]) -> Decision | None:
    """None for who came too late."""
    try:
        return act()
    except actions.Overtaken:
        return None


def same(post: Post) -> Post:
    """As each request loads it for itself."""
    found: Post = Post.objects.select_related("passage", "author", "thread__board").get(pk=post.pk)
    return found


def hide(post: Post, by: User, rule: object) -> Decision | None:
    post = same(post)
    act = partial(actions.hide, moderator=by, post=post, rule=rule)
    cases = queries.cases_of_post(post)
    return actions.settle_open(moderator=by, cases=cases, act=act)


def hide_from(case: Case, post: Post, by: User, rule: object) -> Decision | None:
    act = partial(actions.hide, moderator=by, post=same(post), rule=rule)
    target = find(case.target)
    assert target
    return actions.settle(moderator=by, case=case, version=target.version, act=act)


def test_from_the_post_and_from_each_of_its_cases_it_is_hidden_once(
    post: Post, lin: User, staff: User, rules: dict, tmp_path: Path
) -> None:
    cases = list(Case.objects.order_by("pk"))
    assert len(cases) == 3
    acts = [partial(hide_from, case, post, lin, rules["spam"]) for case in cases]
    acts[1:1] = [partial(hide, post, staff, rules["spam"]) for _ in range(2)]
    with shared_database(tmp_path):
        done = together([partial(tried, act) for act in acts])
        assert len(list(filter(None, done))) == 1
        assert apart(Decision.objects.count) == 1
        assert apart(Case.objects.filter(closed_at=None).count) == 0


def test_a_hiding_is_taken_back_once_while_others_decide_its_cases(
    post: Post, lin: User, staff: User, rules: dict, tmp_path: Path
) -> None:
    made = actions.hide(moderator=lin, post=post, rule=rules["spam"])
    assert made
    acts = [partial(actions.undo, moderator=by, decision=made) for by in (lin, staff)]
    acts[1:1] = [partial(hide, post, staff, rules["spam"])]
    acts += [partial(hide_from, case, post, lin, rules["spam"]) for case in Case.objects.all()]
    with shared_database(tmp_path):
        together([partial(tried, act) for act in acts])
        backs = Decision.objects.filter(verb="post.restored")
        assert apart(backs.count) == 1
        is_hidden = apart(lambda: Post.objects.get(pk=post.pk).hidden_at is not None)
        # Three of them wait again, or none, where it was hidden once more since.
        assert apart(Case.objects.filter(closed_at=None).count) == (0 if is_hidden else 3)


def test_a_waiting_post_is_shown_once(
    thread: Thread, sam: User, lin: User, staff: User, tmp_path: Path
) -> None:
    held = reply(sam, thread, "Cheapzorp flats: https://spam.example/a")
    target = find(held.target)
    assert target
    case = actions.open_case(target=target, kind="held")

    def leave() -> Decision | None:
        act = partial(actions.leave, moderator=lin, case=case)
        return actions.settle(moderator=lin, case=case, version=1, act=act)

    def release() -> Decision | None:
        act = partial(actions.release_post, moderator=staff, post=same(held))
        return actions.settle_open(moderator=staff, cases=queries.cases_of(held.target), act=act)

    with shared_database(tmp_path):
        done = together([partial(tried, act) for act in (leave, release, leave, release)])
        assert len(list(filter(None, done))) == 1
        assert apart(lambda: Post.objects.get(pk=held.pk).state) == "shown"
        assert apart(Case.objects.filter(closed_at=None).count) == 0
