"""What was edited, hidden or deleted is gone from every surface: one walk over all of them.

The surfaces are every address that can be looked at, for the post, its text and its thread, and
what no address shows: frames, kept fragments, the database itself. `pytest -s` prints the list.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import models
from django.test import Client
from django.utils import timezone

from exchange.boards import actions as boards
from exchange.boards import fragments, queries
from exchange.boards.models import Post
from exchange.figures import actions as figures
from exchange.figures.models import Entry
from exchange.languages import actions as languages
from exchange.languages.actions import Draft
from exchange.languages.models import Correction, SavedWord
from exchange.ledger.queries import since
from exchange.live import queries as live
from exchange.moderation import actions as moderation
from exchange.uploads import actions as uploads
from exchange.uploads.actions import PictureDraft
from tests.access.routes import Route, routes
from tests.access.world import World
from tests.cast import figure_of, open_thread, picture, reply

from .selection import WHOLE

pytestmark = pytest.mark.django_db

LANGUAGES = ("en", "zh-hans", "zh-hant")
STRANGERS = ("member", "anonymous", "elsewhere")
EVERYBODY = ("author", "site", "anonymous", "member")
# Pages whose words differ by their own language; the others are looked at in one.
IN_EACH_LANGUAGE = {"thread", "front", "board", "card"}

# What stands where. Each is found nowhere else, and none is in a dictionary.
WORDS = {
    "title": "Quibblezorp question of the day",
    "title's other half": "金丝雀标题甲",
    "opening post": "Openingzorp words are here to stay.",
    "post": "Bodyzorp is what I pay each month.",
    "other half": "金丝雀正文乙，每个月都付。",
    "member's translation of the title": "金丝雀译题丙",
    "open proposal": "金丝雀提议丁，每个月都要付。",
    "machine's translation": "金丝雀机译戊，每个月都要付。",
    "correction": "Bettterzorp is what I pay each month.",
    "correction's reason": "Reasonzorp because it is more usual.",
    "figure": "Figurezorp",
    "question's note": "Questionzorp, by the month or by the year?",
    "caption": "Captionzorp in a flower pot.",
    "caption's other half": "金丝雀说明己，在花盆里。",
    "description": "Describedzorp cat, asleep.",
    "caption's translation": "金丝雀译说庚，在花盆里睡觉。",
}
CANARIES = {name: re.search(r"\w*zorp|金丝雀\w\w\w", words)[0] for name, words in WORDS.items()}  # type: ignore[index]
# What is said of a picture, and its address, which is known once there is one.
OF_PICTURE = {"caption", "caption's other half", "description", "caption's translation"} | {
    "picture's address"
}
OF_POST = {"post", "other half", "open proposal", "machine's translation"} | {
    "correction",
    "correction's reason",
    "figure",
    "question's note",
    *OF_PICTURE,
}
# Where former versions are meant to be seen, each marked as such.
FORMER = {"history", "translation", "translation_history", "correction"}
# The pages of a former figure, which say that it is one, and those of what was asked about it.
FORMER_FIGURE = {"history", "figure", "exclusion"} | {
    *("figure_question", "question_hiding", "reading", "correction"),
}


@dataclass
class Walk:
    """The post that the walk is about stands in the world's place "walk": first the reply."""

    world: World
    opening: Post
    post: Post

    def turn_to_the_opening(self) -> None:
        self.world.posts["walk"] = self.opening
        self.world.passages["walk"] = self.opening.passage

    def take(self, name: str) -> Client:
        return self.world.browser(name)


@pytest.fixture
def walk(world: World) -> Walk:
    author, member = world.people["author"], world.people["member"]
    rent = world.boards["public"]
    thread = open_thread(
        author, rent, WORDS["title"], WORDS["opening post"], WORDS["title's other half"]
    )
    figure = figure_of(world.items["offered"], city=0, city_name=WORDS["figure"])
    shown = PictureDraft(
        picture(author, "#abc").pk,
        Draft(WORDS["caption"], WORDS["caption's other half"]),
        Draft(WORDS["description"]),
    )
    post = reply(
        author, thread, f"{WORDS['post']} [¥1]", body_other="", entries=[figure], pictures=[shown]
    )
    opening = thread.posts.get(number=1)
    made_of(post, author, member)
    place = "walk"
    world.threads[place], world.posts[place] = thread, post
    world.passages[place], world.pictures[place] = post.passage, post.passage.uploads.get()
    CANARIES["picture's address"] = world.pictures[place].name
    languages.put_by_machine(
        passage=world.pictures[place].description,
        language="zh-hans",
        body=WORDS["caption's translation"],
        version=1,
        engine="test",
    )
    world.figures[place] = post.passage.entries.get()
    world.questions[place] = figures.ask(
        by=member,
        entry=world.figures[place],
        reason="period",
        note=WORDS["question's note"],
        scope=thread.scope,
    )
    return Walk(world, opening, post)


def made_of(post: Post, author: Any, member: Any) -> None:
    """What members and machines make of somebody's words."""
    passage = post.passage
    languages.put_by_machine(
        passage=passage,
        language="zh-hans",
        body=WORDS["machine's translation"],
        version=1,
        engine="test",
    )
    languages.propose(
        by=member, passage=passage, language="zh-hans", body=WORDS["open proposal"], from_version=1
    )
    reason = languages.write(
        by=member,
        scope=passage.scope,
        draft=Draft(WORDS["correction's reason"]),
        markdown=False,
    )
    Correction.objects.create(
        passage=passage,
        source_version=1,
        place=0,
        original=WORDS["post"],
        corrected=WORDS["correction"],
        reason=reason,
        by=member,
    )
    SavedWord.objects.create(owner=member, word="房租", language="zh-hans", passage=passage)


def looks(walk: Walk) -> Iterator[tuple[str, str]]:
    """(name, address) of everything that can be looked at, in each language."""
    yield from looks_elsewhere(walk)
    yield from looks_at_it(walk)


def is_about_it(route: Route) -> bool:
    """Whether the address names the post, or is a list that shows what was kept of it."""
    named = {"thread_id", "post_id", "passage_id"} & set(route.parameters)
    return bool(named) or route.name in IN_EACH_LANGUAGE


def looks_elsewhere(walk: Walk) -> Iterator[tuple[str, str]]:
    """Without the pages for logging in, which hold nobody's words: in the whole walk those too."""
    for each in routes():
        if not is_about_it(each) and (WHOLE or not each.name.startswith("account_")):
            yield each.name, each.at(walk.world, each.places[0])


def looks_at_it(walk: Walk) -> Iterator[tuple[str, str]]:
    thread, post = walk.world.threads["walk"], walk.world.posts["walk"]
    for each in filter(is_about_it, routes()):
        address = each.at(walk.world, "walk" if "missing" in each.places else each.places[0])
        for language in LANGUAGES if each.name in IN_EACH_LANGUAGE else ("en",):
            yield each.name, address.replace("/en/", f"/{language}/", 1)
    yield "quotation", f"/en/threads/{thread.pk}/?quote={post.pk}"
    yield "thread", f"/en/threads/{thread.pk}/?view=mine"
    yield "thread", f"/zh-hans/threads/{thread.pk}/?view=mine"
    upload = walk.world.pictures["walk"]
    said = () if post.is_opening else (upload.caption_id, upload.description_id)
    for passage in (post.passage_id, *said, *((thread.title_id,) if post.is_opening else ())):
        for noun in ("reading", "translation", "correction", "language", "script"):
            yield noun, f"/en/passages/{passage}/{noun}/"
            yield f"{noun} as data", f"/en/passages/{passage}/{noun}/?as=json&to=hant"
        yield "scripts", f"/en/passages/script/?to=hant&ids={passage}"
    yield "reading", f"/en/passages/{walk.world.questions['walk'].note_id}/reading/"
    yield "correction", f"/en/passages/{walk.world.questions['walk'].note_id}/correction/"


def found(
    walk: Walk, people: tuple[str, ...], names: set[str], *, elsewhere: int = 2
) -> set[tuple[str, str, str]]:
    """(who, where, what) of the canaries that somebody can still see.

    Pages about something else differ by who has the most to see there: the first two look at them.
    """
    seen = set()
    for number, person in enumerate(people):
        for where, address in looks(walk) if number < elsewhere else looks_at_it(walk):
            response = walk.take(person).get(address)
            if not getattr(response, "streaming", False):
                seen |= {(person, where, what) for what in words_in(response.content, names)}
    for language in LANGUAGES:
        told = frames_of(walk, language)
        seen |= {("sockets", "frame", what) for what in words_in(told.encode(), names)}
    return seen


def keep_pages(walk: Walk) -> None:
    """Whatever is kept of the post is kept after this; the author's pages are made of the same."""
    for person in ("anonymous", "author") if WHOLE else ("anonymous",):
        for _, address in looks_at_it(walk):
            walk.take(person).get(address)


def words_in(content: bytes, names: set[str]) -> set[str]:
    text = content.decode("utf-8", "replace")
    return {name for name in names if CANARIES[name] in text}


def frames_of(walk: Walk, language: str) -> str:
    events = list(since(walk.world.threads["walk"].scope, 0))
    return json.dumps(live.frames_of(events, language), ensure_ascii=False)


def files_of(walk: Walk) -> list[str]:
    """Where the picture's files stand in the storage."""
    return list(walk.world.pictures["walk"].renditions.values_list("file_id", flat=True))


def answered(walk: Walk) -> set[int]:
    """How the address that pages named for the picture answers."""
    address = f"/pictures/{CANARIES["picture's address"]}/w360.webp"
    return {walk.take(person).get(address).status_code for person in ("anonymous", "site")}


def in_database(names: set[str]) -> set[tuple[str, str]]:
    """(table.column, what) of every text that still holds one."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    left = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, kinds):
                for value in model._default_manager.values_list(field.name, flat=True):
                    for name in names:
                        if CANARIES[name] in json.dumps(value, ensure_ascii=False, default=str):
                            left.add((f"{model._meta.db_table}.{field.column}", name))
    return left


def kept_forms(walk: Walk) -> str:
    keys = [f"post.{post.pk}.{code}" for post in (walk.opening, walk.post) for code in LANGUAGES]
    keys += [f"summary.{key}" for key in keys]
    return repr(list(cache.get_many(keys).values())).encode().decode("unicode_escape")


def test_before_anything_happens_all_of_it_can_be_read(walk: Walk) -> None:
    """Else the walk below would prove nothing."""
    seen = {what for _, _, what in found(walk, ("anonymous", "member"), set(CANARIES))}
    assert seen >= {"title", "title's other half", "opening post", "post", "machine's translation"}
    assert seen >= {"figure", "question's note"} | OF_PICTURE
    assert answered(walk) == {200}
    surfaces = sorted({name for name, _ in looks(walk)})
    assert len(surfaces) > 40
    walk.turn_to_the_opening()
    seen = {what for _, _, what in found(walk, ("anonymous",), set(WORDS), elsewhere=0)}
    assert seen >= {"opening post"}


def test_a_hidden_post_is_gone_for_everybody_but_its_author_and_moderators(walk: Walk) -> None:
    keep_pages(walk)
    moderation.hide(
        moderator=walk.world.people["site"], post=walk.post, rule=walk.world.rules["spam"]
    )
    assert found(walk, STRANGERS, OF_POST) == set()
    assert answered(walk) == {404}
    for person in ("author", "site"):
        shown = walk.take(person).get(f"/en/threads/{walk.post.thread_id}/").content
        assert words_in(shown, OF_POST) >= {"post"}


def test_a_post_that_waits_is_gone_for_everybody_but_its_author_and_moderators(walk: Walk) -> None:
    keep_pages(walk)
    assert boards.hold(post=walk.post)
    assert found(walk, STRANGERS, OF_POST) == set()
    assert answered(walk) == {404}
    for person in ("author", "site"):
        shown = walk.take(person).get(f"/en/threads/{walk.post.thread_id}/").content
        assert words_in(shown, OF_POST) >= {"post"}


def test_an_opening_post_that_waits_takes_the_title_along(walk: Walk) -> None:
    walk.turn_to_the_opening()
    keep_pages(walk)
    assert boards.hold(post=walk.opening)
    gone = {"title", "title's other half", "opening post"}
    assert found(walk, STRANGERS, gone, elsewhere=1) == set()


def test_a_deleted_post_that_waited_is_gone_from_the_database(walk: Walk) -> None:
    boards.hold(post=walk.post)
    boards.delete(author=walk.world.people["author"], post=walk.post)
    assert in_database(OF_POST) == set()


def test_a_hidden_opening_post_takes_the_title_along(walk: Walk) -> None:
    walk.turn_to_the_opening()
    keep_pages(walk)
    moderation.hide(
        moderator=walk.world.people["site"], post=walk.opening, rule=walk.world.rules["spam"]
    )
    gone = {"title", "title's other half", "opening post"}
    assert found(walk, STRANGERS, gone, elsewhere=1) == set()


def test_a_deleted_post_is_gone_for_everybody_and_from_the_database(walk: Walk) -> None:
    keep_pages(walk)
    files = files_of(walk)
    boards.delete(author=walk.world.people["author"], post=walk.post)
    assert found(walk, EVERYBODY, OF_POST) == set()
    assert in_database(OF_POST) == set()
    assert answered(walk) == {404}
    uploads.collect()
    assert files and not any(map(default_storage.exists, files))


def test_a_hidden_picture_is_gone_for_strangers_and_its_post_stays(walk: Walk) -> None:
    keep_pages(walk)
    upload = walk.world.pictures["walk"]
    moderation.hide_picture(
        moderator=walk.world.people["site"],
        post=walk.post,
        upload=upload,
        rule=walk.world.rules["spam"],
    )
    assert answered(walk) == {404}
    # The address that it has now is looked for where its former one was.
    CANARIES["picture's address"] = upload.name
    seen = found(walk, STRANGERS[1:], {*OF_PICTURE, "post"}, elsewhere=1)
    assert {what for _, _, what in seen} == {"post"}
    for person in ("author", "site"):
        shown = walk.take(person).get(f"/en/threads/{walk.post.thread_id}/").content
        assert words_in(shown, OF_PICTURE) >= {"caption", "picture's address"}


def test_a_picture_that_waits_is_nowhere_for_strangers(walk: Walk) -> None:
    uploads.hold(upload=walk.world.pictures["walk"])
    keep_pages(walk)
    seen = found(walk, ("anonymous", "member"), {*OF_PICTURE, "post"}, elsewhere=0)
    assert {what for _, _, what in seen} == {"post"}


def test_a_picture_that_was_edited_away_is_gone_for_everybody(walk: Walk) -> None:
    keep_pages(walk)
    files = files_of(walk)
    fresh = queries.post(walk.world.people["author"], walk.post.pk)
    boards.edit(
        author=fresh.author,
        post=fresh,
        draft=Draft(WORDS["post"]),
        from_version=1,
        pictures=[],
    )
    assert found(walk, ("anonymous", "author"), OF_PICTURE, elsewhere=0) == set()
    assert in_database(OF_PICTURE) == set()
    assert answered(walk) == {404}
    uploads.collect()
    assert files and not any(map(default_storage.exists, files))


def test_a_deleted_opening_post_takes_the_title_along(walk: Walk) -> None:
    walk.turn_to_the_opening()
    keep_pages(walk)
    boards.delete(author=walk.world.people["author"], post=walk.opening)
    gone = {"title", "title's other half", "opening post"}
    assert found(walk, EVERYBODY, gone, elsewhere=1) == set()
    assert in_database(gone) == set()


def test_an_edited_post_s_former_words_are_only_where_versions_are_compared(walk: Walk) -> None:
    keep_pages(walk)
    fresh = queries.post(walk.world.people["author"], walk.post.pk)
    boards.edit(
        author=fresh.author,
        post=fresh,
        draft=Draft("Something else now, and new."),
        from_version=1,
        entries=[],
    )
    left = {(where, what) for _, where, what in found(walk, EVERYBODY, {"post"})}
    assert {where.removesuffix(" as data") for where, _ in left} <= FORMER


def test_a_page_looked_at_after_a_deletion_leaves_no_older_form_of_it_kept(walk: Walk) -> None:
    address = f"/en/threads/{walk.post.thread_id}/"
    walk.take("anonymous").get(address)
    assert CANARIES["post"] in kept_forms(walk)
    boards.delete(author=walk.world.people["author"], post=walk.post)
    for language in LANGUAGES:
        walk.take("anonymous").get(address.replace("/en/", f"/{language}/"))
    assert CANARIES["post"] not in kept_forms(walk)
    assert fragments.KEPT > 0


def test_an_edited_post_s_former_figure_is_only_where_it_is_said_to_be_one(walk: Walk) -> None:
    about_it = {"figure", "question's note"}
    keep_pages(walk)
    fresh = queries.post(walk.world.people["author"], walk.post.pk)
    new = Draft("Something else now, and new.")
    boards.edit(author=fresh.author, post=fresh, draft=new, from_version=1, entries=[])
    left = {where for _, where, _ in found(walk, EVERYBODY, about_it)}
    assert {where.removesuffix(" as data") for where in left} <= FORMER_FIGURE
    assert not Entry.objects.filter(pk=walk.world.figures["walk"].pk, voice=True).exists()


def erase_for_good(walk: Walk, post: Post) -> None:
    staff = walk.world.people["staff"]
    assert moderation.erase(moderator=staff, post=post, rule=walk.world.rules["spam"])


def a_day_later() -> None:
    Post.objects.exclude(erased_at=None).update(erased_at=timezone.now() - timedelta(days=2))
    assert moderation.sweep() == 1


def test_a_post_that_is_erased_is_gone_for_everybody_at_once_and_after_a_day_for_good(
    walk: Walk,
) -> None:
    keep_pages(walk)
    files = files_of(walk)
    erase_for_good(walk, walk.post)
    # Before anything is lost: also for its author, moderators and the staff.
    assert found(walk, ("author", "staff", "site", "anonymous"), OF_POST) == set()
    assert answered(walk) == {404}
    a_day_later()
    assert in_database(OF_POST) == set()
    uploads.collect()
    assert files and not any(map(default_storage.exists, files))


def test_an_erased_opening_post_takes_the_title_along(walk: Walk) -> None:
    walk.turn_to_the_opening()
    keep_pages(walk)
    erase_for_good(walk, walk.opening)
    gone = {"title", "title's other half", "opening post"}
    assert found(walk, ("author", "staff"), gone, elsewhere=1) == set()
    a_day_later()
    assert in_database(gone | {"member's translation of the title"}) == set()
