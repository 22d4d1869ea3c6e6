"""What `seeds/` holds, brought into the database. Doing it twice changes nothing."""

import secrets
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from exchange.accounts.models import User
from exchange.boards import actions as boards
from exchange.boards.models import Board, Post, Thread
from exchange.boards.views import quotation
from exchange.languages import actions as languages
from exchange.languages import marking, text
from exchange.languages.actions import Draft
from exchange.languages.models import Correction, Passage
from exchange.languages.queries import families_without
from exchange.languages.script import detect
from exchange.languages.traditional import traditional
from exchange.moderation import actions as moderation
from exchange.safety.actions import publish_rules
from exchange.safety.models import Rule

OPENING = "opening"
SITE_NAME = "Exchange"
TARGETS = {"en": "en", "zh": "zh-hans"}
FAR = timedelta(days=365 * 100)


def load(path: str) -> dict[str, Any]:
    return tomllib.loads((settings.SEEDS_DIR / path).read_text(encoding="utf-8"))


def with_traditional(texts: dict[str, str]) -> dict[str, str]:
    """`{"en", "zh-hans"}` and the Traditional form made from the Simplified one."""
    return {**texts, "zh-hant": traditional(texts["zh-hans"])}


def seed_boards() -> None:
    for position, row in enumerate(load("boards.toml")["board"]):
        texts = {key: with_traditional(row[key]) for key in ("name", "description")}
        Board.objects.update_or_create(
            slug=row["slug"],
            defaults={"position": position, **texts},
            # Who may read it is the operator's to change afterwards.
            create_defaults={"position": position, "access": row["access"], **texts},
        )


def seed_rules() -> None:
    rows = load("rules.toml")
    texts = ("name", "text")
    rules = [row | {key: with_traditional(row[key]) for key in texts} for row in rows["rule"]]
    publish_rules(rules=rules, edition=rows["edition"])


def site_account() -> User:
    """The account that speaks for the site. Nobody can log in to it."""
    account, _ = User.objects.get_or_create(
        username=SITE_NAME,
        defaults={
            "email": "noreply@exchange.invalid",
            "password": make_password(None),
            "reads": ["en", "zh-hans"],
        },
    )
    return account


def opening_facts() -> dict[str, dict[str, dict[str, str]]]:
    """The facts box of the opening post by key, each with `label` and `value` by language."""
    return {
        fact["key"]: {"key": fact["key"]}
        | {part: with_traditional(fact[part]) for part in ("label", "value")}
        for fact in load("opening-post/facts.toml")["fact"]
    }


def opening_words() -> tuple[Draft, Draft]:
    """Title and text of the opening post, in this site's own words."""
    facts = load("opening-post/facts.toml")
    title = Draft(facts["thread_title"], facts["thread_title_other"], "en")
    return title, Draft(_account("en"), _account("zh-hans"), "en")


def _account(language: str) -> str:
    path = settings.SEEDS_DIR / "opening-post" / f"{language}.md"
    return text.normalise(path.read_text(encoding="utf-8"))


@transaction.atomic
def seed_opening_post() -> None:
    """The pinned opening post. A full text that the operator pinned is left alone."""
    account = site_account()
    title, draft = opening_words()
    thread = Thread.objects.filter(seed_key=OPENING).first()
    if thread is None:
        board = Board.objects.get(slug="welcome")
        thread = boards.open_thread(
            author=account, board=board, title=title, draft=draft, seed_key=OPENING
        )
        moderation.pin(
            moderator=account,
            thread=thread,
            rule=Rule.objects.get(code="other"),
            note="The article that this site began with. 本站由这篇文章而起。",
        )
    post = opening_post()
    attribution = getattr(post, "attribution", None)
    if attribution and attribution.full_text:
        return
    publish(post, title, draft, list(opening_facts().values()), full_text=False)


def opening_post() -> Post:
    """Raises Post.DoesNotExist before the first seeding."""
    return Post.objects.select_related("passage", "thread__title", "attribution").get(
        thread__seed_key=OPENING, number=1
    )


@transaction.atomic
def publish(
    post: Post, title: Draft, draft: Draft, facts: list[dict[str, Any]], *, full_text: bool
) -> bool:
    """Show these words and facts in the opening post. False where it shows them already."""
    attribution = getattr(post, "attribution", None)
    shown = (attribution.facts, attribution.full_text) if attribution else None
    if shown == (facts, full_text) and _holds(post, title, draft):
        return False
    boards.attribute(post=post, facts=facts, full_text=full_text)
    if attribution is None:
        return True  # just opened: the words are there already
    boards.edit(
        author=post.author,
        post=post,
        draft=draft,
        from_version=post.passage.version,
        title=title,
        title_from_version=post.thread.title.version,
    )
    return True


def _holds(post: Post, title: Draft, draft: Draft) -> bool:
    for passage, wanted in ((post.thread.title, title), (post.passage, draft)):
        other = passage.translations.filter(kind="author").first()
        if (passage.body, other.body if other else "") != (wanted.body, wanted.body_other):
            return False
    return True


def demo_password() -> str:
    """The sample people's password: made once, kept in DATA_DIR."""
    kept = Path(settings.DATA_DIR) / "demo-password"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(f"hotpot-{secrets.token_hex(4)}")
    return kept.read_text().strip()


@transaction.atomic
def seed_people() -> dict[str, User]:
    """The sample people by name; new ones get the sample password and a confirmed address."""
    rows = load("people.toml")["person"]
    people = User.objects.filter(is_sample=True).in_bulk(field_name="username")
    missing = [row for row in rows if row["username"] not in people]
    if missing:
        hashed = make_password(demo_password())  # once: hashing is meant to be slow
        people |= {row["username"]: _person(row, hashed) for row in missing}
    return people


def _person(row: dict[str, Any], hashed: str) -> User:
    person = User.objects.create(
        username=row["username"],
        email=row.get("email") or f"{row['username']}@example.org",
        password=hashed,
        reads=row["reads"],
        learning=row["learning"],
        is_sample=True,
        suspended_until=timezone.now() + FAR if row.get("suspended") else None,
    )
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    if row.get("role") == "moderator":
        moderation.appoint(by=site_account(), person=person, role="moderator")
    return person


def seed_threads(people: dict[str, User]) -> int:
    """The sample talk. Gives the number of threads that were new."""
    known = set(Thread.objects.exclude(seed_key=None).values_list("seed_key", flat=True))
    files = sorted((settings.SEEDS_DIR / "threads").glob("*.toml"))
    rows = [load(f"threads/{file.name}") for file in files]
    fresh = [row for row in rows if row["key"] not in known]
    # The oldest first, so that posts are numbered in the order in which they were "written".
    for row in sorted(fresh, key=lambda row: -row["days_ago"]):
        _seed_thread(row, people)
    return len(fresh)


@transaction.atomic
def _seed_thread(row: dict[str, Any], people: dict[str, User]) -> None:
    opened = timezone.now() - timedelta(days=row["days_ago"])
    first, *rest = row["post"]
    thread = boards.open_thread(
        author=people[first["by"]],
        board=Board.objects.get(slug=row["board"]),
        title=Draft(row["title"], row.get("title_other", "")),
        draft=_draft(first, []),
        seed_key=row["key"],
    )
    posts = [Post.objects.get(thread=thread, number=1)]
    for line in rest:
        author = people[line["by"]]
        posts.append(boards.reply(author=author, thread=thread, draft=_draft(line, posts)))
    for post, line in zip(posts, row["post"], strict=True):
        at = opened + timedelta(minutes=line["minutes"])
        Post.objects.filter(pk=post.pk).update(created_at=at)
    Thread.objects.filter(pk=thread.pk).update(created_at=opened, last_post_at=at)


def _draft(line: dict[str, Any], before: list[Post]) -> Draft:
    halves = [text.normalise(line["body"]), text.normalise(line.get("body_other", ""))]
    if quoted := line.get("quote"):
        post = before[quoted - 1]
        halves = [quotation(post) + half if half else "" for half in halves]
    return Draft(
        halves[0],
        halves[1],
        used_translator=line.get("used_translator", False),
        wants_correction=line.get("wants_correction"),
    )


@transaction.atomic
def seed_translations(people: dict[str, User]) -> None:
    """What sample members made of texts that nobody has touched since; twice changes nothing."""
    rows = load("translations.toml")
    for row in rows["translation"]:
        if (passage := _text(row)) and not passage.proposals.exists() and passage.version == 1:
            _seed_translation(row, passage, people)
    for row in rows["request"]:
        passage = _text(row)
        if passage and (into := families_without(passage)) and into[0] not in passage.human_in:
            for name in row["by"]:
                by = people[name]
                languages.ask_for_translation(by=by, passage=passage, language=TARGETS[into[0]])


def _seed_translation(row: dict[str, Any], passage: Passage, people: dict[str, User]) -> None:
    proposal = languages.propose(
        by=people[row["by"]],
        passage=passage,
        language=detect(row["body"]).language,
        body=row["body"],
        from_version=passage.version,
    )
    if row["accepted_by"]:
        languages.accept(by=people[row["accepted_by"]], proposal=proposal)


def _text(row: dict[str, Any]) -> Passage | None:
    """The text of a sample post, or of a thread's title; None where its author took it back."""
    place = {"thread__seed_key": row["thread"], "number": row["post"] or 1, "deleted_at": None}
    post = Post.objects.filter(**place).select_related("passage", "thread__title").first()
    if post is None:
        return None
    return post.passage if row["post"] else post.thread.title


def seed_corrections(people: dict[str, User]) -> None:
    """Sample corrections of the sample talk. A post that has any, or was edited, is left alone."""
    rows: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for row in load("corrections.toml")["correction"]:
        rows.setdefault((row["thread"], row["post"]), []).append(row)
    for (key, number), wanted in rows.items():
        found = Post.objects.select_related("passage", "author")
        post = found.filter(thread__seed_key=key, number=number, edited_at=None).first()
        if post and post.state == "shown" and not post.passage.corrections.exists():
            _seed_corrections(post, wanted, people)


@transaction.atomic
def _seed_corrections(post: Post, rows: list[dict[str, Any]], people: dict[str, User]) -> None:
    read = marking.read(post.passage.body)
    for row in rows:
        sentence = next(s for s in read if s.text == row["sentence"])
        offered = languages.offer(
            by=people[row["by"]],
            passage=post.passage,
            place=sentence.place,
            corrected=row["corrected"],
            reason=row.get("why", ""),
            from_version=post.passage.version,
        )
        at = post.created_at + timedelta(hours=5, minutes=11 * sentence.place)
        Correction.objects.filter(pk=offered.pk).update(created_at=at)
        if row.get("thanked"):
            languages.thank(by=post.author, correction=offered)
