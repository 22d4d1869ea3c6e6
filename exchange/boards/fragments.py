"""A post as HTML, the same for every reader, rendered once a language and kept as bytes.

It has two forms. The *public* one is kept and broadcast; for a post that is hidden, deleted or waits
for a moderator's look it is the line that says so, and pictures that wait are not in it. The *private*
one shows a post's words that are hidden or wait, and such pictures, to its author and moderators: it
is rendered for that request and never kept.
"""

import re
from typing import Any

from django.core.cache import cache
from django.db.models import prefetch_related_objects
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from exchange.figures import queries as figures
from exchange.figures.labels import TOKEN
from exchange.languages.models import FAMILIES, Translation
from exchange.languages.queries import best
from exchange.languages.render import plain
from exchange.languages.text import excerpt
from exchange.ledger.models import Event
from exchange.ledger.queries import each_of, last_of
from exchange.safety.gates import WHY_HELD, usually
from exchange.safety.queries import rule
from exchange.uploads import queries as uploads
from exchange.uploads.models import Upload
from exchange.web.templatetags.bilingual import localised

from . import gallery, queries
from .models import Post, Thread
from .presenting import gists, reads_better, words
from .rules import Reader

# Bumped with a change of the template, so that a deployment shows no old markup.
FORM = 18
KEPT = 7 * 24 * 3600

EMPTY_LINES = re.compile(r"(<pre\b.*?</pre>)|\n[ \t]*(?=\n)", re.DOTALL)

# A public form: what it is of, its bytes, and whether there is a private one.
type Kept = tuple[str, bytes, bool]
NOTHING: Kept = ("", b"", False)


def shown(reader: Reader, posts: list[Post], language: str) -> list[tuple[Post, SafeString]]:
    """Each post with the form that this reader gets. `posts` are all of one thread."""
    kept = _public(posts, language)
    forms = {pk: html for pk, (_, html, _) in kept.items()}
    private = [p for p in posts if kept[p.pk][2] and queries.may_see_pictures(reader, p)]
    forms |= _render(private, language, reader=reader)
    return [(post, mark_safe(forms[post.pk].decode())) for post in posts]  # noqa: S308 our template


def public_forms(posts: list[Post], language: str) -> dict[int, bytes]:
    """The kept form of each post by its id; what is missing is rendered and kept."""
    return {pk: html for pk, (_, html, _) in _public(posts, language).items()}


def _public(posts: list[Post], language: str) -> dict[int, Kept]:
    found: dict[str, Kept] = cache.get_many([_key(post, language) for post in posts])
    kept = {post.pk: found.get(_key(post, language), NOTHING) for post in posts}
    missing = [post for post in posts if kept[post.pk][0] != _stamp(post)]
    html = _render(missing, language)
    fresh = {post.pk: (_stamp(post), html[post.pk], _withholds(post)) for post in missing}
    if fresh:
        cache.set_many({_key(post, language): fresh[post.pk] for post in missing}, KEPT)
    return kept | fresh


def _withholds(post: Post) -> bool:
    """Whether the private form shows more. Asked of a post that was just rendered, and kept with it,
    so that a page made of kept forms needs no query to know it."""
    if post.state != "shown":
        return post.state in ("hidden", "held")
    return bool(post.edit_asked_at) or any(upload.state != "shown" for upload in _pictures(post))


def _key(post: Post, language: str) -> str:
    """One place for a post and a language, so that a newer form takes the older one's words away."""
    return f"post.{post.pk}.{language}"


def _stamp(post: Post) -> str:
    """What a kept form has to be of to be shown."""
    since = post.hidden_at or post.held_at or post.edit_asked_at
    return f"{FORM}.{post.state}{since.timestamp() if since else ''}.{post.passage.rendition}"


def _render(posts: list[Post], language: str, *, reader: Reader = None) -> dict[int, bytes]:
    """The public forms, or where `reader` is given the private ones, for an author or a moderator."""
    if not posts:
        return {}
    readable = [post for post in posts if reader or post.state == "shown"]
    queries.halves(readable)
    prefetch_related_objects([post for post in readable if post.is_opening], "attribution")
    passages = [post.passage for post in readable]
    prefetch_related_objects(passages, figures.as_figures(), uploads.as_pictures())
    why, why_pictures = _reasons(posts)
    waits = _waiting(posts) if reader else {}
    with translation.override(language):
        return {
            post.pk: _without_empty_lines(
                render_to_string(
                    "boards/_post.html",
                    _context(post, language, reader)
                    | {
                        **_said_of(why.get(post.target)),
                        "waits": waits.get(post.target),
                        "pictures": _shown_pictures(post, language, reader, why_pictures),
                    },
                )
            ).encode()
            for post in posts
        }


def _without_empty_lines(html: str) -> str:
    """What a template's tags leave behind is a twentieth of a page. In code they mean something."""
    return EMPTY_LINES.sub(lambda found: found[1] or "", html)


def _reasons(posts: list[Post]) -> tuple[dict[str, Event], dict[int, Any]]:
    """What says why posts are not shown or shall be changed, by their targets, and why pictures of them
    are not, by the pictures' ids."""
    stamps = {
        "post.edit_requested": "edit_asked_at",
        "post.hidden": "hidden_at",
        "post.erased": "erased_at",
    }
    why: dict[str, Event] = {}
    for verb, stamp in stamps.items():
        if named := [post.target for post in posts if getattr(post, stamp)]:
            why |= last_of(verb, named)
    return why, why_hidden(posts)


def _said_of(event: Event | None) -> dict[str, Any]:
    return {"reason": event and rule(event.reason), "for_now": event and event.for_now}


def _waiting(posts: list[Post]) -> dict[str, list[Any]]:
    """Why posts wait, and how long it usually takes, by their targets: for who may read them."""
    held = [post for post in posts if post.state == "held"]
    if not held:
        return {}
    usual = usually(queries.usual_wait())
    why = queries.why_held(held)
    return {post.target: [WHY_HELD.get(why.get(post.target, "")), usual] for post in held}


def why_hidden(posts: list[Post]) -> dict[int, Any]:
    """The rules for which pictures of these posts, loaded with them, were hidden, by the pictures' ids."""
    hidden = [post.target for post in posts for one in _pictures(post) if one.hidden_at]
    events = each_of("picture.hidden", hidden) if hidden else ()
    return {event.data["upload"]: rule(event.reason) for event in events}


def _pictures(post: Post) -> list[Upload]:
    """What `as_pictures` loaded: nothing of a text that is not shown."""
    return getattr(post.passage, "pictures", [])


def _shown_pictures(
    post: Post, language: str, reader: Reader, reasons: dict[int, Any]
) -> list[gallery.Shown]:
    if not (reader or post.state == "shown"):
        return []
    return gallery.shown(
        [upload for upload in _pictures(post) if reader or upload.state != "held"],
        author=post.author.username,
        post_id=post.pk,
        language=language,
        private=bool(reader),
        reasons=reasons,
    )


def _context(post: Post, language: str, reader: Reader) -> dict[str, Any]:
    """All that the template needs; the words only where this form may hold them."""
    readable = reader or post.state == "shown"
    passage = post.passage if readable else None
    found = list(passage.translations.all()) if passage else []
    return {
        "post": post,
        "place": _place(post),
        **words(passage, found, language),
        "entries": getattr(passage, "figures", []),
        "gists": gists(passage, found) if passage else [],
        "attribution": _attribution(post) if readable else None,
        "private": bool(reader),
        # What moderators have to look at comes up only when they want to see it.
        "veiled": bool(reader) and reader.pk != post.author_id,
    }


def card_words(thread: Thread, language: str) -> tuple[list[str], str]:
    """What a thread's picture shows: its title in the page's language first, and its board.

    Nothing of a thread whose title not everybody may read.
    """
    if thread.is_closed:
        return [], ""
    other = thread.title_other if thread.title_other_kind != "machine" else ""
    titles = [thread.title.body, other or ""]
    if thread.title_reads_better(language):
        titles.reverse()
    return [title for title in titles if title], localised(thread.board.name)


def summary(posts: list[Post], language: str) -> str:
    """The first words of the first readable post, for search engines and links shown elsewhere.

    In the page's language where its author wrote both. Kept, so that it costs no query once the
    posts' forms are kept too; asked after them it never costs one.
    """
    post = next((post for post in posts if post.state == "shown" and post.passage.body), None)
    if post is None:
        return ""
    key = f"summary.{_key(post, language)}"
    stamp, found = cache.get(key) or ("", "")
    if stamp != _stamp(post):
        queries.halves([post])
        half = _by_people(post.passage.translations.all(), language)
        turned = half and reads_better(half.readers, post.passage.language, language)
        body = half.body if half and turned else post.passage.body
        found = excerpt(TOKEN.sub("", plain(body)), 160)
        cache.set(key, (_stamp(post), found), KEPT)
    return str(found)


def _by_people(found: Any, language: str) -> Translation | None:
    """The half that a person wrote in a page's language."""
    half = best(found, language[:2] if language[:2] in FAMILIES else "")
    return half if half and half.kind != Translation.Kind.MACHINE else None


def _place(post: Post) -> str:
    """The page a post stands on, up to where a query goes on."""
    page = f"page={post.page}&" if post.page > 1 else ""
    return f"{reverse('thread', args=[post.thread_id])}?{page}"


def _attribution(post: Post) -> Any:
    return getattr(post, "attribution", None) if post.is_opening else None
