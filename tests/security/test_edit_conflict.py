"""Check 10: of two who change one post, the second is told and sees both versions; nobody loses words."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from exchange.boards import actions as boards
from exchange.boards import rules as board_rules
from exchange.boards.models import Post
from exchange.languages.actions import Draft
from exchange.languages.models import Revision
from exchange.moderation import actions as moderation
from tests.access.world import World, undone
from tests.cast import reply

from .pages import keeps, page
from .parallel import apart, shared_database, together

DRAFTS = [
    *({"body": text} for text in ("Mine.", "我的。", "😀", "<b>mine</b>", "m" * 500, "我" * 500)),
    {"body": "Mine.", "body_other": "我的。"},
    {"body": "我的。", "body_other": "Mine."},
    {"body": "Mine.", "used_translator": "on"},
    {"body": "Mine, in two\r\n\r\nparagraphs."},
]
BEFORE = "As it was first. 起初的样子。"
THEIRS = "What the other tab saved. 另一个标签页存的。"

type Act = Callable[[World, Any, Post], None]


def other_tab(world: World, browser: Any, post: Post) -> None:
    form = page(browser.get(f"/en/posts/{post.pk}/edit/"))
    assert (
        browser.post(f"/en/posts/{post.pk}/edit/", sent(form, {"body": THEIRS})).status_code == 302
    )


def other_tab_twice(world: World, browser: Any, post: Post) -> None:
    for words in ("In between.", THEIRS):
        boards_edit(post, Draft(words))


def other_half_only(world: World, browser: Any, post: Post) -> None:
    form = page(browser.get(f"/en/posts/{post.pk}/edit/"))
    data = sent(form, {"body": BEFORE, "body_other": THEIRS, "same_language": "on"})
    assert browser.post(f"/en/posts/{post.pk}/edit/", data).status_code == 302


def boards_edit(post: Post, draft: Draft) -> None:
    fresh = Post.objects.select_related("passage", "thread__title", "author").get(pk=post.pk)
    title = Draft("A title") if fresh.is_opening else None
    versions = (fresh.passage.version, fresh.thread.title.version)
    boards.edit(
        author=fresh.author,
        post=fresh,
        draft=draft,
        from_version=versions[0],
        title=title,
        title_from_version=versions[1],
    )


def moderator_hides(world: World, browser: Any, post: Post) -> None:
    moderation.hide(moderator=world.people["site"], post=fresh(post), rule=world.rules["spam"])


def author_deletes(world: World, browser: Any, post: Post) -> None:
    boards.delete(author=post.author, post=fresh(post))


def moderator_moves(world: World, browser: Any, post: Post) -> None:
    moderation.move(
        moderator=world.people["site"],
        thread=post.thread,
        board=world.boards["moderators"],
        rule=world.rules["spam"],
    )


def fresh(post: Post) -> Post:
    return Post.objects.select_related("passage", "thread__title").get(pk=post.pk)


def sent(form: Any, changes: dict[str, str]) -> dict[str, str]:
    """What the browser sends of the form's page, with the changes that were typed into it."""
    names = ("version", "title_version", "title", "title_other")
    return {name: form.value(name) for name in names if name in form.values} | changes


def state(post: Post) -> tuple[Any, ...]:
    """All that an overwriting would change."""
    passage = fresh(post).passage
    halves = list(passage.translations.values_list("body", flat=True))
    revisions = list(Revision.objects.filter(passage=passage).values_list("version", "body"))
    return passage.body, passage.version, halves, sorted(revisions)


def posts_of(world: World) -> list[Post]:
    author, thread = world.people["author"], world.threads["public"]
    opening = thread.posts.select_related("author", "thread").get(number=1)
    return [opening, reply(author, thread, BEFORE)]


# Each rival meets each draft on an opening post and on a reply: 6 x 10 x 2 = 120 interleavings.
EDITS: list[Act] = [other_tab, other_tab_twice, other_half_only]
WITHDRAWALS: list[Act] = [moderator_hides, author_deletes, moderator_moves]


def name(act: Act) -> str:
    return act.__name__


@pytest.mark.parametrize("rival", EDITS, ids=name)
def test_the_second_editor_sees_both_versions_and_overwrites_nothing(
    rival: Act, world: World
) -> None:
    browser = world.browser("author")
    for post in posts_of(world):
        address = f"/en/posts/{post.pk}/edit/"
        for draft in DRAFTS:
            form = page(browser.get(address))
            rival(world, browser, post)
            theirs = state(post)
            answer = browser.post(address, sent(form, draft))
            assert (answer.status_code, state(post)) == (409, theirs), draft
            assert keeps(answer, draft["body"])
            assert THEIRS in page(answer).text


@pytest.mark.parametrize("rival", WITHDRAWALS, ids=name)
def test_an_edit_of_what_was_withdrawn_is_refused_and_its_words_come_back(
    rival: Act, world: World
) -> None:
    browser = world.browser("author")
    for draft, kind in product(DRAFTS, (0, 1)):
        with undone():
            post = posts_of(world)[kind]
            address = f"/en/posts/{post.pk}/edit/"
            form = page(browser.get(address))
            rival(world, browser, post)
            theirs = state(post)
            answer = browser.post(address, sent(form, draft))
            assert answer.status_code in (403, 404, 409)
            assert state(post) == theirs
            assert keeps(answer, draft["body"]), draft


def test_hiding_and_deleting_meet_a_newer_version_than_their_form_showed(world: World) -> None:
    """The act is about the post, whatever it says by then, and its history holds every version."""
    _, post = posts_of(world)
    site = world.browser("site")
    site.get(f"/en/posts/{post.pk}/hiding/")
    boards_edit(post, Draft(THEIRS))
    site.post(f"/en/posts/{post.pk}/hiding/", {"reason": "spam"})
    bodies = set(Revision.objects.filter(passage=post.passage).values_list("body", flat=True))
    assert fresh(post).hidden_at and {BEFORE, THEIRS} <= bodies


@pytest.mark.parametrize("kind", [0, 1], ids=["opening", "reply"])
def test_sending_the_conflict_page_replaces_the_other_version_and_history_keeps_it(
    kind: int, world: World
) -> None:
    browser, post = world.browser("author"), posts_of(world)[kind]
    address = f"/en/posts/{post.pk}/edit/"
    form = page(browser.get(address))
    other_tab(world, browser, post)
    shown = page(browser.post(address, sent(form, {"body": "Mine."})))
    assert browser.post(address, sent(shown, {"body": "Mine, knowingly."})).status_code == 302
    body, _, _, revisions = state(post)
    assert body == "Mine, knowingly." and THEIRS in dict(revisions).values()


# Between the look and the write: the rival acts when the view has found that the edit is allowed.


def in_between(monkeypatch: Any, act: Callable[[], None]) -> None:
    allowed = board_rules.can_edit
    once = iter([act])

    def can_edit(reader: Any, post: Post) -> Any:
        refusal = allowed(reader, post)
        for todo in once:
            todo()
        return refusal

    monkeypatch.setattr(board_rules, "can_edit", can_edit)


@pytest.mark.parametrize("rival", [*EDITS[1:2], *WITHDRAWALS[:2]], ids=name)
def test_a_rival_between_look_and_write_is_not_overwritten(
    rival: Act, world: World, monkeypatch: Any
) -> None:
    browser, (_, post) = world.browser("author"), posts_of(world)
    form = page(browser.get(f"/en/posts/{post.pk}/edit/"))
    seen: list[Any] = []

    def act() -> None:
        rival(world, browser, post)
        seen.append(state(post))

    in_between(monkeypatch, act)
    answer = browser.post(f"/en/posts/{post.pk}/edit/", sent(form, {"body": "Mine."}))
    assert answer.status_code in (403, 409)
    assert state(post) == seen[0]
    assert keeps(answer, "Mine.")


def test_a_deletion_that_looked_before_an_edit_leaves_no_version_to_be_edited_on(
    world: World,
) -> None:
    """The number of the erased version is one that nobody has seen, or an open form could save."""
    _, post = posts_of(world)
    looked = fresh(post)
    boards_edit(post, Draft(THEIRS))
    seen = fresh(post).passage.version
    boards.delete(author=looked.author, post=looked)
    assert fresh(post).passage.version > seen


@pytest.mark.django_db(transaction=True)
def test_of_ten_tabs_that_save_at_once_one_does_and_nine_are_told(
    thread, mei, log_in, tmp_path
) -> None:
    post = reply(mei, thread, BEFORE)
    browsers = [log_in(mei) for _ in range(10)]
    with shared_database(tmp_path):
        saves = [
            lambda b=b, n=n: b.post(
                f"/en/posts/{post.pk}/edit/", {"body": f"Tab {n}.", "version": "1"}
            )
            for n, b in enumerate(browsers)
        ]
        answers = together(saves)
        versions = apart(lambda: state(post)[3])
    winner = next(n for n, answer in enumerate(answers) if answer.status_code == 302)
    assert sorted(answer.status_code for answer in answers) == [302] + [409] * 9
    assert versions == [(1, BEFORE), (2, f"Tab {winner}.")]
    losers = {n: answer for n, answer in enumerate(answers) if n != winner}
    assert all(keeps(answer, f"Tab {n}.") for n, answer in losers.items())
