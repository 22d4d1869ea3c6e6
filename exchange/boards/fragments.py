"""A post as HTML, the same for every reader, rendered once a language and kept as bytes.

It has two forms. The *public* one is kept and broadcast; for a hidden or deleted post it is the
line that says so, and pictures that wait for a moderator's look are not in it. The *private* one shows
a hidden post's words, and pictures that are hidden or wait, to its author and moderators: it is
rendered for that request and never kept.
"""

from typing import Any

from django.core.cache import cache
from django.db.models import prefetch_related_objects
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from exchange.figures import queries as figures
from exchange.figures.labels import TOKEN
from exchange.languages import align, gist
from exchange.languages.models import FAMILIES, Passage, Translation
from exchange.languages.queries import best, families_without
from exchange.languages.render import plain
from exchange.languages.text import excerpt
from exchange.ledger.queries import each_of, last_of
from exchange.safety.queries import rule
from exchange.uploads import queries as uploads
from exchange.uploads.models import Upload
from exchange.web.templatetags.bilingual import localised

from . import queries
from .models import Post, Thread
from .rules import Reader

# Bumped with a change of the template, so that a deployment shows no old markup.
FORM = 10
KEPT = 7 * 24 * 3600

# A public form: what it is of, its bytes, and whether there is a private one.
type Kept = tuple[str, bytes, bool]
NOTHING: Kept = ("", b"", False)


def shown(reader: Reader, posts: list[Post], language: str) -> list[tuple[Post, SafeString]]:
    """Each post with the form that this reader gets. `posts` are all of one thread."""
    kept = _public(posts, language)
    forms = {pk: html for pk, (_, html, _) in kept.items()}
    private = [p for p in posts if kept[p.pk][2] and queries.sees_hidden(reader, p)]
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
        return post.state == "hidden"
    return any(upload.state != "shown" for upload in _pictures(post.passage))


def _key(post: Post, language: str) -> str:
    """One place for a post and a language, so that a newer form takes the older one's words away."""
    return f"post.{post.pk}.{language}"


def _stamp(post: Post) -> str:
    """What a kept form has to be of to be shown."""
    hidden = f"{post.hidden_at.timestamp()}" if post.hidden_at else ""
    return f"{FORM}.{post.state}{hidden}.{post.passage.rendition}"


def _render(posts: list[Post], language: str, *, reader: Reader = None) -> dict[int, bytes]:
    """The public forms, or where `reader` is given the private ones, for an author or a moderator."""
    if not posts:
        return {}
    readable = [post for post in posts if reader or post.state == "shown"]
    queries.halves(readable)
    prefetch_related_objects([post for post in readable if post.is_opening], "attribution")
    passages = [post.passage for post in readable]
    prefetch_related_objects(passages, figures.as_figures(), uploads.as_pictures())
    reasons = _reasons(posts)
    with translation.override(language):
        return {
            post.pk: render_to_string(
                "boards/_post.html", _context(post, reasons.get(post.target), reader, language)
            ).encode()
            for post in posts
        }


def _reasons(posts: list[Post]) -> dict[str, Any]:
    """Why posts were hidden, by their targets; and, on each of their pictures, why that was."""
    hidings = last_of("post.hidden", [post.target for post in posts if post.hidden_at])
    hidden = [
        (post, upload) for post in posts for upload in _pictures(post.passage) if upload.hidden_at
    ]
    why = {}
    if hidden:
        events = each_of("picture.hidden", {post.target for post, _ in hidden})
        why = {event.data["upload"]: rule(event.reason) for event in events}
    for _, upload in hidden:
        upload.reason = why.get(upload.pk)
    return {target: rule(event.reason) for target, event in hidings.items()}


def _pictures(passage: Passage) -> list[Upload]:
    """What `as_pictures` loaded; nothing of a text that is not shown."""
    return getattr(passage, "pictures", [])


def _context(post: Post, reason: Any, reader: Reader, language: str) -> dict[str, Any]:
    """All that the template needs; the words only where this form may hold them."""
    readable = reader or post.state == "shown"
    passage = post.passage if readable else None
    pictures = _pictures(passage) if passage else []
    return {
        "post": post,
        "place": _place(post),
        **words(passage, list(passage.translations.all()) if passage else [], language),
        "entries": getattr(passage, "figures", []),
        "pictures": [upload for upload in pictures if reader or upload.state != "held"],
        "private": bool(reader),
        # What a moderator has to look at comes up when they want to see it.
        "veiled": bool(reader) and reader.pk != post.author_id,
        "gists": _gists(passage) if passage else [],
        "attribution": _attribution(post) if readable else None,
        "reason": reason,
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
    post = next((post for post in posts if post.state == "shown"), None)
    if post is None:
        return ""
    key = f"summary.{_key(post, language)}"
    stamp, found = cache.get(key) or ("", "")
    if stamp != _stamp(post):
        queries.halves([post])
        half = _by_people(post.passage.translations.all(), language)
        turned = half and _reads_better(half.readers, post.passage.language, language)
        body = half.body if half and turned else post.passage.body
        found = excerpt(TOKEN.sub("", plain(body)), 160)
        cache.set(key, (_stamp(post), found), KEPT)
    return str(found)


def words(passage: Passage | None, found: list[Translation], language: str) -> dict[str, Any]:
    """What `boards/_halves.html` needs for a text, kept or only previewed.

    `half` stands beside the original paragraph by paragraph; a mixed text may have one for each of
    the two languages, then they are the `halves` that readers get one of.
    """
    halves = halves_shown(passage, found) if passage else []
    half = halves[0] if len(halves) == 1 else None
    return {
        "passage": passage,
        "half": half,
        "halves": halves,
        "pairs": align.pairs(passage.html, half.html) if passage and half else [],
        "turned": passage and half and _reads_better(half.readers, passage.language, language),
        "language": language,
    }


def halves_shown(passage: Passage, found: list[Translation]) -> list[Translation]:
    """The author's other half, whatever it is in, and the best half for whom that leaves without."""
    own = [half for half in found if half.kind == Translation.Kind.AUTHOR]
    left = [
        name for name in families_without(passage) if name not in [half.readers for half in own]
    ]
    return own + [half for name in left if (half := best(found, name))]


def _gists(passage: Passage) -> list[tuple[str, list[str]]]:
    """Word by word for whom no half is there: the family of readers, and the lines for it."""
    halves = {half.readers for half in halves_shown(passage, list(passage.translations.all()))}
    left = [name for name in families_without(passage) if name not in halves]
    return [
        (name, lines) for name in left if (lines := gist.lines(TOKEN.sub("", passage.body), name))
    ]


def _by_people(found: Any, language: str) -> Translation | None:
    """The half that a person wrote in a page's language."""
    half = best(found, language[:2] if language[:2] in FAMILIES else "")
    return half if half and half.kind != Translation.Kind.MACHINE else None


def _place(post: Post) -> str:
    """The page a post stands on, up to where a query goes on."""
    page = f"page={post.page}&" if post.page > 1 else ""
    return f"{reverse('thread', args=[post.thread_id])}?{page}"


def _reads_better(half: str, original: str, page: str) -> bool:
    """The half in the page's language comes first, so that each language keeps its column."""
    return half[:2] == page[:2] != original[:2]


def _attribution(post: Post) -> Any:
    return getattr(post, "attribution", None) if post.is_opening else None
