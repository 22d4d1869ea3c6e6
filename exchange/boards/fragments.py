"""A post as HTML, the same for every reader, rendered once a language and kept as bytes.

It has two forms. The *public* one is kept and broadcast; for a hidden or deleted post it is the
line that says so. The *private* one shows a hidden post's words to its author and moderators: it
is rendered for that request and never kept.
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
from exchange.languages.models import FAMILIES, Passage, Translation
from exchange.languages.queries import best
from exchange.languages.render import plain
from exchange.languages.text import excerpt
from exchange.ledger.queries import last_of
from exchange.safety.queries import rule
from exchange.uploads import queries as uploads
from exchange.web.templatetags.bilingual import localised

from . import gallery, queries
from .models import Post, Thread
from .presenting import gists, reads_better, words
from .rules import Reader

# Bumped with a change of the template, so that a deployment shows no old markup.
FORM = 10
KEPT = 7 * 24 * 3600
# In the form of a post of which a picture is held or hidden (uploads/_pictures.html).
KEPT_BACK = b"data-kept-back"


def shown(reader: Reader, posts: list[Post], language: str) -> list[tuple[Post, SafeString]]:
    """Each post with the form that this reader gets. `posts` are all of one thread."""
    public = public_forms(posts, language)
    private = [
        p for p in posts if _holds_back(p, public[p.pk]) and queries.may_see_pictures(reader, p)
    ]
    forms = public | _render(private, language, private=True)
    return [(post, mark_safe(forms[post.pk].decode())) for post in posts]  # noqa: S308 our template


def _holds_back(post: Post, form: bytes) -> bool:
    """Whether the form that everybody gets leaves something out. The form itself says so of pictures:
    asking for them would cost every page a query."""
    return bool(post.hidden_at) or KEPT_BACK in form


def public_forms(posts: list[Post], language: str) -> dict[int, bytes]:
    """The kept form of each post by its id; what is missing is rendered and kept."""
    found: dict[str, tuple[str, bytes]] = cache.get_many([_key(post, language) for post in posts])
    kept = {post.pk: found.get(_key(post, language), ("", b"")) for post in posts}
    missing = [post for post in posts if kept[post.pk][0] != _stamp(post)]
    fresh = _render(missing, language, private=False)
    if fresh:
        cache.set_many(
            {_key(post, language): (_stamp(post), fresh[post.pk]) for post in missing}, KEPT
        )
    return {pk: html for pk, (_, html) in kept.items()} | fresh


def _key(post: Post, language: str) -> str:
    """One place for a post and a language, so that a newer form takes the older one's words away."""
    return f"post.{post.pk}.{language}"


def _stamp(post: Post) -> str:
    """What a kept form has to be of to be shown."""
    hidden = f"{post.hidden_at.timestamp()}" if post.hidden_at else ""
    return f"{FORM}.{post.state}{hidden}.{post.passage.rendition}"


def _render(posts: list[Post], language: str, *, private: bool) -> dict[int, bytes]:
    if not posts:
        return {}
    readable = [post for post in posts if private or post.state == "shown"]
    queries.halves(readable)
    prefetch_related_objects([post for post in readable if post.is_opening], "attribution")
    passages = [post.passage for post in readable]
    prefetch_related_objects(passages, figures.as_figures(), uploads.as_pictures())
    hidings = last_of("post.hidden", [post.target for post in posts if post.hidden_at])
    reasons = _why_hidden(passages)
    with translation.override(language):
        return {
            post.pk: render_to_string(
                "boards/_post.html",
                _context(post, hidings.get(post.target), private, language, reasons),
            ).encode()
            for post in posts
        }


def _context(
    post: Post, hiding: Any, private: bool, language: str, reasons: dict[str, Any]
) -> dict[str, Any]:
    """All that the template needs; the words only where this form may hold them."""
    readable = private or post.state == "shown"
    passage = post.passage if readable else None
    found = list(passage.translations.all()) if passage else []
    return {
        "post": post,
        "place": _place(post),
        **words(passage, found, language),
        "entries": getattr(passage, "figures", []),
        "pictures": _pictures(post, private, language, reasons) if readable else [],
        "gists": gists(passage, found) if passage else [],
        "attribution": _attribution(post) if readable else None,
        "reason": rule(hiding.reason) if hiding else None,
    }


def card_words(thread: Thread, language: str) -> tuple[list[str], str]:
    """What a thread's picture shows: its title in the page's language first, and its board.

    Nothing of a thread whose title not everybody may read.
    """
    if thread.is_closed:
        return [], ""
    other = thread.title_other if thread.title_other_kind != "machine" else ""
    titles = [thread.title.body, other or ""]
    if thread.titlereads_better(language):
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


def _pictures(
    post: Post, private: bool, language: str, reasons: dict[str, Any]
) -> list[gallery.Shown]:
    return gallery.shown(
        getattr(post.passage, "pictures", []),
        author=post.author.username,
        post_id=post.pk,
        language=language,
        private=private,
        reasons=reasons,
    )


def _why_hidden(passages: list[Passage]) -> dict[str, Any]:
    """The rules for which pictures of these texts were hidden, by the pictures' targets."""
    hidden = [
        upload.target
        for passage in passages
        for upload in getattr(passage, "pictures", [])
        if upload.hidden_at
    ]
    found = last_of("picture.hidden", hidden)
    return {target: rule(event.reason) for target, event in found.items()}


def _attribution(post: Post) -> Any:
    return getattr(post, "attribution", None) if post.is_opening else None
