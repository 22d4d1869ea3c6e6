"""What is said of a picture is a text like others: translated, corrected, read, named in the log."""

import pytest

from exchange.boards.models import Post
from exchange.languages import actions as languages
from exchange.languages.actions import jobs
from exchange.languages.models import Passage
from exchange.languages.tasks import handle
from exchange.ledger.models import Event
from exchange.live import frames
from exchange.passages import queries
from exchange.uploads import actions as uploads
from exchange.uploads.actions import Draft, PictureDraft
from exchange.uploads.models import Upload
from tests.cast import picture, reply

PAGES = ("translation/", "language/", "reading/", "reading/?as=json", "script/?to=hant")


@pytest.fixture
def upload(mei, thread) -> Upload:
    said = Draft("豆豆睡了。它很乱。", wants_correction=True)
    shown = PictureDraft(picture(mei).pk, said, Draft("一只黄猫。"))
    return reply(mei, thread, pictures=[shown]).passage.uploads.get()


@pytest.fixture
def post(upload) -> Post:
    return Post.objects.get(passage=upload.passage_id)


def address(passage: Passage, page: str) -> str:
    return f"/en/passages/{passage.pk}/{page}"


def html_of(post: Post, client) -> str:
    return client.get(f"/en/threads/{post.thread_id}/").content.decode()


def frames_of(thread) -> list[dict]:
    events = list(Event.objects.filter(scope=thread.scope).order_by("id"))
    return frames.build(events, frames.things_of(events, at=0), "en")


def test_every_page_about_a_text_is_there_and_leads_back_to_the_picture(post, upload, client):
    for passage in (upload.caption, upload.description):
        for page in PAGES:
            assert client.get(address(passage, page)).status_code == 200, page
    where = f"/en/posts/{post.pk}/pictures/{upload.pk}/"
    assert f'href="{where}"' in client.get(address(upload.caption, "translation/")).content.decode()


@pytest.mark.parametrize("act", ["hold", "hide"])
def test_of_a_picture_that_is_not_shown_they_are_not(act, upload, mei, tom, lin, log_in):
    getattr(uploads, act)(upload=upload)
    for passage in (upload.caption, upload.description):
        for person, status in ((None, 404), (tom, 404), (mei, 200), (lin, 200)):
            for page in ("translation/", "reading/"):
                answer = log_in(person).get(address(passage, page))
                assert answer.status_code == status, (person, page)
    ids = [upload.caption_id, upload.description_id]
    assert queries.readable(tom, ids) == []
    assert {text.passage.pk for text in queries.readable(mei, ids)} == set(ids)
    assert all(not text.public for text in queries.readable(mei, ids))


def test_of_a_picture_that_was_taken_out_nothing_is_found(post, upload, mei, client):
    uploads.rewrite(by=mei, passage=post.passage, drafts=[], held=False)
    assert client.get(address(upload.caption, "translation/")).status_code == 404


def test_many_are_converted_at_once(upload, client):
    answer = client.get(f"/en/passages/script/?to=hant&ids={upload.caption_id}").json()
    ((half,),) = answer["texts"].values()
    assert half["text"].strip() == "豆豆睡了。它很亂。"
    assert half["selector"] == f'[data-passage="{upload.caption_id}"] .half.original'


def test_a_translation_of_it_is_shown_and_sent_with_its_post(post, upload, mei, tom, client):
    html_of(post, client)
    proposal = languages.propose(
        by=tom, passage=upload.caption, language="en", body="Doudou sleeps.", from_version=1
    )
    assert languages.accept(by=mei, proposal=proposal)
    assert "Doudou sleeps." in html_of(post, client)
    last = frames_of(post.thread)[-1]
    assert (last["verb"], last["post"]) == ("translation.accepted", post.pk)
    assert "Doudou sleeps." in last["html"]


def test_a_machine_translates_it_as_well(post, upload, client):
    handle(Event.objects.get(verb="post.created", target=post.target))
    found = {}
    while job := jobs.claim(engine="test engine"):
        found[job.passage_id] = job
    assert {upload.caption_id, upload.description_id} <= set(found)
    jobs.finish(job=found[upload.caption_id], body="Doudou fell asleep.", spent=9)
    assert "Doudou fell asleep." in html_of(post, client)


def test_the_list_of_what_is_wanted_has_it_while_it_is_shown(post, upload, client):
    def listed() -> str:
        return client.get("/en/translations/wanted/?into=en").content.decode()

    for passage in (upload.caption, upload.description):
        assert f"/passages/{passage.pk}/translation/" in listed()
    uploads.hide(upload=upload)
    assert f"/passages/{upload.caption_id}/translation/" not in listed()


def test_its_author_takes_a_correction_over(post, upload, mei, tom, log_in):
    caption = upload.caption
    sent = {"sentence": "0", "corrected": "豆豆睡着了。", "why": "", "version": "1"}
    assert log_in(tom).post(address(caption, "correction/"), sent).status_code == 302
    correction = caption.corrections.get()
    assert f'href="{address(caption, "correction/")}"' in html_of(post, log_in(mei))
    where = address(caption, f"correction/{correction.pk}/taking/")
    assert log_in(tom).post(where).status_code == 403
    assert log_in(mei).post(where).status_code == 302
    caption.refresh_from_db()
    assert (caption.body, caption.version) == ("豆豆睡着了。它很乱。", 2)
    post.refresh_from_db()
    assert post.edited_at and post.passage.body == "三分之一？我也是。"
    assert "豆豆睡着了。" in frames_of(post.thread)[-1]["html"]


def test_its_language_is_corrected_and_the_log_names_the_post(post, upload, lin, client, log_in):
    answer = log_in(lin).post(address(upload.caption, "language/"), {"language": "zh-hant"})
    assert answer.status_code == 302
    upload.caption.refresh_from_db()
    assert upload.caption.language == "zh-hant"
    log = client.get("/en/moderation/log/").content.decode()
    assert f'href="/en/posts/{post.pk}/"' in log
