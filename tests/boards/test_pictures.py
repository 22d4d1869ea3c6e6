"""Pictures in the composer: added, captioned, reordered, sent, edited and kept, without scripts."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from exchange.accounts.models import User
from exchange.boards import actions as boards
from exchange.boards import queries
from exchange.boards.models import Post, SavedDraft, Thread
from exchange.languages.actions import Draft
from exchange.languages.models import Passage
from exchange.uploads import actions, limits, receiving
from exchange.uploads.made import CODES
from exchange.uploads.models import Upload
from tests.cast import picture, pictured, reply

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files_say_what_they_are")]

WORDS = {"body": "This is my cat.", "client_id": "c", "pictures_shown": "1"}
JSON = {"accept": "application/json"}


@pytest.fixture
def browser(log_in: Callable[..., Client], mei: User) -> Client:
    return log_in(mei)


def file(content: str = "#c63", name: str = "cat.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode(), "image/png")


def row(number: int, upload: Any, **fields: str) -> dict[str, str]:
    values = {"id": str(getattr(upload, "pk", upload)), **fields}
    return {f"picture-{number}-{name}": value for name, value in values.items()}


def send(browser: Client, thread: Thread, *files: Any, language: str = "en", **fields: Any) -> Any:
    data = WORDS | fields | ({"pictures": list(files)} if files else {})
    return browser.post(f"/{language}/threads/{thread.pk}/posts/", data)


def errors(response: Any) -> str:
    """What the page says is wrong, the isolating marks around names taken out."""
    found = re.findall(
        r'<ul class="errors".*?</ul>|id="errors".*?</div>', text(response), re.DOTALL
    )
    return re.sub(r"<[^>]*>|[\u2068\u2069]", "", " ".join(found))


def text(response: Any) -> str:
    return html.unescape(response.content.decode())


def ids(response: Any) -> list[int]:
    """The pictures of the form on a page."""
    found = re.findall(r'name="picture-\d-id" value="(\d+)"', response.content.decode())
    return [int(value) for value in found]


def standing(post: Post | None = None) -> list[Upload]:
    found = (post or Post.objects.latest("pk")).passage.uploads.order_by("position")
    return list(found.select_related("caption", "description"))


def test_pictures_are_added_captioned_and_sent_without_scripts(
    browser: Client, thread: Thread
) -> None:
    page = browser.get(f"/en/threads/{thread.pk}/").content.decode()
    assert 'enctype="multipart/form-data"' in page and 'type="file"' in page
    first = send(browser, thread, file("#111"), file("#222"), picture_add="1")
    assert (first.status_code, len(ids(first))) == (200, 2)
    assert "This is my cat." in text(first) and Post.objects.count() == 1
    cat, dog = ids(first)
    typed = row(0, cat, caption="我的猫", caption_other="My cat", description="一只橘猫")
    second = send(browser, thread, picture_down="0", **typed, **row(1, dog, handwriting="on"))
    assert ids(second) == [dog, cat] and "我的猫" in text(second)
    typed = row(1, cat, caption="我的猫", caption_other="My cat", description="一只橘猫")
    sent = send(browser, thread, **row(0, dog, handwriting="on"), **typed, used_translator="on")
    assert sent.status_code == 302
    one, two = standing()
    assert (one.pk, one.is_handwriting, one.caption, two.pk) == (dog, True, None, cat)
    assert two.caption and two.description
    assert (two.caption.body, two.description.body) == ("我的猫", "一只橘猫")
    assert two.caption.translations.get(kind="author").body == "My cat"
    assert two.caption.used_translator and two.description.used_translator


def test_files_are_sent_with_the_words_in_one_go(browser: Client, thread: Thread) -> None:
    assert send(browser, thread, file("#111"), file("#111"), file("#222")).status_code == 302
    assert [upload.position for upload in standing()] == [0, 1]


def test_a_thread_is_opened_with_its_picture(browser: Client, rent: Any) -> None:
    data = WORDS | {"board": "rent", "title": "Cats", "pictures": file()}
    assert browser.post("/en/threads/new/", data).status_code == 302
    assert len(standing()) == 1


@pytest.mark.parametrize("button", ["preview", "figure_add", "picture_up"])
def test_no_button_loses_a_chosen_file(browser: Client, thread: Thread, button: str) -> None:
    response = send(browser, thread, file(), **{button: "1"})
    assert (response.status_code, len(ids(response))) == (200, 1)
    assert Upload.objects.filter(passage=None).count() == 1


def test_the_preview_shows_the_pictures_with_their_captions(
    browser: Client, thread: Thread, mei: User
) -> None:
    said = {"caption": "**My** cat", "caption_other": "我的猫", "handwriting": "on"}
    response = send(browser, thread, file("#222"), preview="1", **row(0, picture(mei), **said))
    shown = text(response)[text(response).index('class="preview"') :]
    assert '<div class="pictures of-2">' in shown and "<strong>My</strong> cat" in shown
    assert "我的猫" in shown and "What it says" in shown
    assert Post.objects.count() == 1 and not Passage.objects.filter(body__contains="My").exists()


def test_scripts_get_the_rows_alone(browser: Client, thread: Thread, mei: User) -> None:
    data = WORDS | {"picture_add": "1"} | row(0, picture(mei), caption="猫")
    address = f"/en/threads/{thread.pk}/posts/"
    response = browser.post(address, data, headers={"HX-Request": "true"})
    assert response.content.decode().split("\n")[1].startswith('<fieldset class="add-pictures"')
    assert "猫" in text(response)


NOT_TAKEN = [
    ("empty", "is an empty file"),
    ("too_large", "up to 20 MB"),
    ("unknown_type", "no picture that we can open"),
    ("vector", "save it as PNG"),
    ("broken", "damaged"),
    ("too_many_pixels", "up to 25 million"),
    ("too_many_frames", "up to 200 frames"),
    ("too_many_pages", "up to 20 can"),
    ("encrypted", "password"),
    ("too_costly", "too much work"),
    ("busy", "try again in a minute"),
]


@pytest.mark.parametrize(("code", "said"), NOT_TAKEN)
def test_what_cannot_be_taken_is_said_and_the_rest_is_kept(
    browser: Client, thread: Thread, code: str, said: str
) -> None:
    response = send(browser, thread, file("#111"), file(code, "holiday.png"), body="Words stay.")
    assert response.status_code == 422
    assert said in errors(response) and "“holiday.png”" in errors(response)
    assert len(ids(response)) == 1 and "Words stay." in text(response)
    assert Post.objects.count() == 1
    assert {code for code, _ in NOT_TAKEN} == set(CODES)


def test_a_name_from_hell_stays_in_its_place(browser: Client, thread: Thread) -> None:
    response = send(browser, thread, file("broken", "../\u202egnp.<b>" + "x" * 300 + ".png"))
    assert "<bdi>“gnp.&lt;b&gt;" in response.content.decode()
    assert "\u202e" not in response.content.decode()
    nameless = send(browser, thread, file("broken", ".png"))
    assert "Picture 1 is damaged" in errors(nameless)


def test_a_fifth_file_is_left_out_and_named(browser: Client, thread: Thread, mei: User) -> None:
    files = [file(f"#{n}00", f"{n}.png") for n in range(4)]
    response = send(browser, thread, *files, **row(0, picture(mei, "#f00")))
    assert response.status_code == 422 and len(ids(response)) == 4
    assert "up to four pictures, so “3.png” was left out" in errors(response)


def test_too_large_a_file_keeps_the_words(
    browser: Client, thread: Thread, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "MOST_BYTES", 10)
    response = send(browser, thread, file("x" * 11, "big.png"), file("#111"), body="Words stay.")
    assert response.status_code == 422 and len(ids(response)) == 1
    assert "“big.png” is too large" in errors(response) and "Words stay." in text(response)


def test_a_storage_that_is_down_keeps_the_words(
    browser: Client, thread: Thread, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*args: Any, **kwargs: Any) -> None:
        raise OSError

    monkeypatch.setattr(default_storage, "save", down)
    response = send(browser, thread, file(), language="zh-hans", body="Words stay.")
    assert response.status_code == 422 and "Words stay." in text(response)
    assert "暂时无法保存图片" in errors(response)
    assert send(browser, thread, body="Words stay.").status_code == 302


@pytest.mark.parametrize(
    ("limit", "said"), [("MOST_STORED", "no room"), ("MOST_IN_HALF_AN_HOUR", "half an hour")]
)
def test_quotas_are_said(
    browser: Client, thread: Thread, monkeypatch: pytest.MonkeyPatch, limit: str, said: str
) -> None:
    monkeypatch.setattr(actions, limit, 0)
    assert said in errors(send(browser, thread, file()))


def test_a_removed_picture_leads_to_the_rules(browser: Client, thread: Thread, mei: User) -> None:
    send(browser, thread, file("#abc"))
    actions.hide(upload=standing()[0])
    response = send(browser, thread, file("#abc"), client_id="d")
    assert "was taken off this site before" in errors(response)
    assert 'href="/en/rules/">House rules</a></li>' in text(response).replace("\n", "").replace(
        "  ", ""
    )


def test_a_picture_that_is_gone_is_named_and_what_was_said_of_it_kept(
    browser: Client, thread: Thread, mei: User
) -> None:
    cat, dog = picture(mei, "#111"), picture(mei, "#222")
    actions.discard(owner=mei, upload=cat)
    response = send(browser, thread, **row(0, cat, caption="Asleep again."), **row(1, dog))
    assert response.status_code == 422 and ids(response) == [dog.pk]
    assert "Picture 1 is no longer there" in errors(response)
    assert "Asleep again." in text(response) and "This is my cat." in text(response)
    assert send(browser, thread, **row(1, dog)).status_code == 302


def test_sent_twice_it_is_one_post(browser: Client, thread: Thread, mei: User) -> None:
    once = send(browser, thread, **row(0, picture(mei), caption="猫"))
    again = send(browser, thread, **row(0, standing()[0], caption="猫"))
    assert once.status_code == again.status_code == 302 and once.url == again.url
    assert Post.objects.count() == 2
    other = send(browser, thread, **row(0, standing()[0], caption="狗"))
    assert other.status_code == 409 and "狗" in text(other)


def test_files_sent_twice_are_one_post(browser: Client, thread: Thread) -> None:
    once, again = send(browser, thread, file()), send(browser, thread, file())
    assert once.status_code == again.status_code == 302 and once.url == again.url
    assert Post.objects.count() == 2 and len(standing()) == 1


def test_the_second_tab_with_the_same_picture_is_refused_with_its_words(
    browser: Client, thread: Thread, mei: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    cat = picture(mei)
    send(browser, thread, **row(0, cat))
    response = send(browser, thread, body="Second tab", client_id="d", **row(0, cat, caption="猫"))
    assert response.status_code == 422 and ids(response) == []
    assert "stands in another post of yours" in errors(response)
    assert "Second tab" in text(response) and "猫" in text(response)

    def gone(*args: Any, **fields: Any) -> None:
        raise actions.Missing

    monkeypatch.setattr(actions, "_place", gone)  # between looking and writing
    response = send(
        browser, thread, body="Third tab", client_id="e", **row(0, picture(mei, "#444"))
    )
    assert response.status_code == 403 and "Third tab" in text(response)
    edit = reply(mei, thread, "Mine.")
    fields = WORDS | {"body": "Edited", "version": "1"} | row(0, picture(mei, "#555"))
    response = browser.post(f"/en/posts/{edit.pk}/edit/", fields)
    assert response.status_code == 403 and "Edited" in text(response)
    assert "no longer there" in text(response)


@pytest.fixture
def post(mei: User, thread: Thread) -> Post:
    drafts = [pictured(picture(mei, "#111"), "我的猫", "一只橘猫"), pictured(picture(mei, "#222"))]
    return reply(mei, thread, "看。", pictures=drafts)


def test_an_edit_shows_adds_removes_reorders_and_recaptions(browser: Client, post: Post) -> None:
    address = f"/en/posts/{post.pk}/edit/"
    cat, dog = standing(post)
    form = browser.get(address)
    assert ids(form) == [cat.pk, dog.pk] and "一只橘猫" in text(form)
    fields = WORDS | {"body": "看。", "version": "1", "pictures": file("#333")}
    typed = row(0, dog, caption="A dog") | row(1, cat, caption="我的老猫")
    assert browser.post(address, fields | typed).status_code == 302
    assert [upload.pk for upload in standing(post)[:2]] == [dog.pk, cat.pk]
    assert [bool(upload.description) for upload in standing(post)] == [False] * 3
    only = WORDS | {"body": "看。", "version": "2"} | row(2, cat, caption="我的老猫")
    assert browser.post(address, only).status_code == 302
    assert [upload.pk for upload in standing(post)] == [cat.pk]
    assert browser.post(address, WORDS | {"version": "3"}).status_code == 302
    assert standing(post) == []


def test_an_edit_from_a_page_without_pictures_leaves_them(browser: Client, post: Post) -> None:
    fields = {"body": "Older page", "version": "1"}
    assert browser.post(f"/en/posts/{post.pk}/edit/", fields).status_code == 302
    assert len(standing(post)) == 2 and standing(post)[0].caption


def test_a_conflict_keeps_the_pictures_of_both(browser: Client, post: Post, mei: User) -> None:
    cat, dog = standing(post)
    fresh = queries.post(mei, post.pk)
    boards.edit(author=mei, post=fresh, draft=Draft("新"), from_version=1, pictures=[pictured(dog)])
    fields = (
        WORDS | {"body": "Mine", "version": "1"} | row(0, dog, caption="狗") | row(1, picture(mei))
    )
    response = browser.post(f"/en/posts/{post.pk}/edit/", fields)
    assert response.status_code == 409 and len(ids(response)) == 2 and "狗" in text(response)
    assert [row.upload for row in response.context["newest_pictures"]] == [dog]
    stale = browser.post(f"/en/posts/{post.pk}/edit/", fields | row(2, cat))
    assert stale.status_code == 422 and "no longer there" in errors(stale)


def test_drafts_keep_pictures_and_what_was_said(browser: Client, thread: Thread, mei: User) -> None:
    address = f"/en/threads/{thread.pk}/draft/"
    cat = picture(mei)
    fields = {"body": "", "pictures_shown": "1"} | row(0, cat, caption="我的猫", handwriting="on")
    assert browser.post(address, fields, headers=JSON).status_code == 200
    assert SavedDraft.objects.get().pictures == [cat.pk]
    assert "With 1 picture<" in text(browser.get("/en/drafts/"))
    page = browser.get(f"/en/threads/{thread.pk}/")
    assert ids(page) == [cat.pk] and "我的猫" in text(page)
    assert 'name="picture-0-handwriting" checked' in text(page)
    actions.discard(owner=mei, upload=cat)
    page = browser.get(f"/en/threads/{thread.pk}/")
    assert "no longer there" in errors(page) and "我的猫" in text(page)


def test_an_edit_s_draft_brings_its_own_pictures_back(browser: Client, post: Post) -> None:
    cat, dog = standing(post)
    address = f"/en/posts/{post.pk}/draft/"
    fields = {"body": "看。", "version": "1", "pictures_shown": "1"}
    browser.post(address, fields | row(0, dog), headers=JSON)
    form = browser.get(f"/en/posts/{post.pk}/edit/")
    assert ids(form) == [dog.pk] and "我的猫" not in text(form)
    browser.post(address, fields | {"draft_version": "1"}, headers=JSON)
    assert ids(browser.get(f"/en/posts/{post.pk}/edit/")) == []
    whole = row(0, cat, caption="我的猫", description="一只橘猫") | row(1, dog)
    browser.post(address, fields | whole | {"draft_version": "2"}, headers=JSON)
    assert SavedDraft.objects.count() == 0  # as it stands


def test_who_may_not_post_leaves_no_file(
    thread: Thread, log_in: Callable[..., Client], mei: User, client: Client
) -> None:
    Thread.objects.filter(pk=thread.pk).update(locked_at="2026-01-01T00:00Z")
    refused = send(log_in(mei), thread, file())
    assert refused.status_code == 403 and not Upload.objects.exists()
    stranger = send(client, thread, file(), caption="x", **row(0, 1, caption="Mine"))
    assert stranger.status_code == 403 and not Upload.objects.exists()
    assert "choose them again" in text(stranger) and 'name="kept.picture-0-caption"' in text(
        stranger
    )


def test_invisible_characters_in_a_caption_are_asked_about(
    browser: Client, thread: Thread, mei: User
) -> None:
    response = send(browser, thread, **row(0, picture(mei), caption="a\x00b\x08c"))
    assert response.status_code == 422 and "2 invisible characters" in text(response)
    assert "abc</textarea>" in text(response)


def test_a_form_with_files_that_is_far_too_long_is_not_read(
    browser: Client, thread: Thread, settings: Any
) -> None:
    settings.MOST_UPLOADED = 4 * limits.MOST_BYTES // 1_000_000
    response = send(browser, thread, file())
    assert response.status_code == 413 and "up to four, of at most 20 MB" in text(response)
