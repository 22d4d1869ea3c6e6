"""The drawn pictures and the sample posts that carry them. Most tests seed pictures of one colour:
drawing takes longer than all the rest."""

import tomllib
from collections import Counter
from io import BytesIO

import pypdfium2
import pytest
from django.conf import settings as django_settings
from opencc import OpenCC
from PIL import Image

from exchange.boards import actions as boards
from exchange.boards.models import Post
from exchange.config import drawings, seeding, seeding_pictures
from exchange.config.drawings import exam, ink, pages, strokes
from exchange.config.prepared_pictures import drawn, prepared, workers
from exchange.languages.actions import Draft
from exchange.languages.models import Passage, Translation
from exchange.languages.script import detect
from exchange.ledger.models import Event
from exchange.uploads.actions import StorageDown
from exchange.uploads.models import Upload
from tests.config.conftest import one_colour
from tests.security.selection import some

ROWS = tomllib.loads((django_settings.SEEDS_DIR / "pictures.toml").read_text())["picture"]
FORMS = {
    "biscuit": ("JPEG", 840, 1050),
    "calico": ("JPEG", 840, 840),
    "cat_tax": ("PNG", 960, 765),
    "greeting": ("JPEG", 864, 1152),
    "letter": ("JPEG", 1152, 929),
    "long_cat": ("JPEG", 672, 1540),
    "nuomi": ("JPEG", 1216, 912),
    "panda": ("JPEG", 840, 812),
    "sticker": ("PNG", 540, 540),
    "waving": ("GIF", 384, 384),
}


def threads() -> dict[str, dict]:
    files = (django_settings.SEEDS_DIR / "threads").glob("*.toml")
    return {row["key"]: row for row in (tomllib.loads(file.read_text()) for file in files)}


def halves(row: dict) -> list[str]:
    names = ("caption", "caption_other", "alt", "alt_other")
    said = [row[name] for name in names if name in row]
    return [*said, *([row["translation"]["body"]] if "translation" in row else [])]


# The drawings


@pytest.mark.parametrize("row", some(ROWS, 4), ids=lambda row: row.get("of", row["drawing"]))
def test_a_drawing_is_a_file_of_the_said_form_and_the_same_each_time(row):
    data = drawn(row["drawing"], row.get("of", ""))
    if row["drawing"] != "exam_sheet":
        image = Image.open(BytesIO(data))
        assert (image.format, *image.size) == FORMS[row["drawing"]]
        assert getattr(image, "n_frames", 1) == (12 if row["drawing"] == "waving" else 1)
    assert drawn(row["drawing"], row.get("of", "")) == data


def test_a_picture_is_made_safe_in_a_process_of_its_own():
    with workers() as pool:
        made = pool.submit(prepared, "sticker", "ok").result()
    assert (made.kind, made.width, made.height) == ("picture", 540, 540)


def test_the_exam_sheet_has_two_pages_whose_text_can_be_found():
    first, second = (
        page.get_textpage().get_text_range()
        for page in pypdfium2.PdfDocument(drawings.exam_sheet())
    )
    assert "Friendship Exam, Paper One" in first and "Dear Li Hua," in second


def test_without_a_chinese_font_the_exam_sheet_is_in_english_alone(monkeypatch):
    monkeypatch.setattr(exam, "font_path", lambda: None)
    text = "".join(
        page.get_textpage().get_text_range()
        for page in pypdfium2.PdfDocument(drawings.exam_sheet())
    )
    assert "Chickens and rabbits" in text
    assert all(ord(char) < 128 for char in text)


def test_every_letter_is_strokes_within_its_square():
    for letter in [*strokes.HAN, *strokes.LATIN]:
        for stroke in ink.strokes(letter):
            assert len(stroke.points) > 1, letter
            assert all(0 <= x < 1 and 0 <= y < 1 for x, y in stroke.points), letter


def test_handwriting_is_written_out_in_its_caption():
    rows = {row["drawing"]: row["caption"] for row in ROWS if row.get("handwriting")}
    assert rows["greeting"].splitlines() == list(pages.GREETING)
    assert rows["letter"].split() == " ".join((*pages.LETTER, *pages.SIGNED)).split()


# What is said of them


def test_every_picture_stands_on_a_post_and_is_described():
    known = threads()
    for row in ROWS:
        assert row["post"] <= len(known[row["thread"]]["post"]), row["thread"]
        assert row["caption"] and row["alt"] and callable(getattr(drawings, row["drawing"]))


def test_all_ways_of_posting_pictures_are_there():
    galleries = Counter((row["thread"], row["post"]) for row in ROWS)
    assert set(galleries.values()) == {1, 2, 3, 4}
    said = {(detect(row["caption"]).language[:2], "caption_other" in row) for row in ROWS}
    assert said == {("en", True), ("en", False), ("zh", True), ("zh", False)}
    assert {"waving", "exam_sheet"} <= {row["drawing"] for row in ROWS}
    assert sum("translation" in row for row in ROWS) == 1


def test_halves_are_in_two_languages_and_chinese_is_simplified():
    simplified = OpenCC("t2s").convert
    for row in ROWS:
        for name in ("caption", "alt"):
            first, other = row[name], row.get(f"{name}_other")
            assert not other or detect(first).language[:2] != detect(other).language[:2], first
        for words in halves(row):
            assert simplified(words) == words


def test_who_reads_one_language_and_learns_none_says_that_an_app_wrote_the_other_caption():
    people = tomllib.loads((django_settings.SEEDS_DIR / "people.toml").read_text())["person"]
    alone = {p["username"] for p in people if len({c[:2] for c in p["reads"] + p["learning"]}) == 1}
    for row in ROWS:
        author = threads()[row["thread"]]["post"][row["post"] - 1]["by"]
        assert author not in alone or "caption_other" not in row or row.get("used_translator")


# Seeding


@pytest.fixture
def people(db, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    seeding.seed_boards()
    found = seeding.seed_people()
    seeding._seed_thread(threads()["cat-tax-in-pictures"], found)
    with one_colour():
        yield found


def post(number: int) -> Post:
    return Post.objects.get(thread__seed_key="cat-tax-in-pictures", number=number)


def state() -> list[int]:
    return [model.objects.count() for model in (Upload, Passage, Translation, Event)]


def test_seeding_twice_changes_nothing(people):
    seeding_pictures.seed_pictures(people)
    before = state()
    seeding_pictures.seed_pictures(people)
    assert state() == before
    assert Upload.objects.count() == 7


def test_sample_pictures_are_shown_at_once_in_their_order_and_as_old_as_their_posts(people):
    seeding_pictures.seed_pictures(people)
    found = Upload.objects.filter(passage=post(4).passage).order_by("position")
    assert [upload.caption.body[:2] for upload in found] == ["三花", "量身", "量完"]
    assert {upload.state for upload in found} == {"shown"}
    assert {upload.created_at for upload in found} == {post(4).created_at}


def test_a_member_translated_a_caption(people):
    seeding_pictures.seed_pictures(people)
    caption = Upload.objects.get(passage=post(2).passage).caption
    assert caption.translations.get(kind="member").by.username == "jiajia"


def test_posts_that_were_edited_or_taken_back_are_left_alone(people):
    first, second = post(1), post(2)
    boards.edit(
        author=first.author,
        post=first,
        draft=Draft("没有图。"),
        from_version=first.passage.version,
    )
    boards.delete(author=second.author, post=second)
    seeding_pictures.seed_pictures(people)
    assert not Upload.objects.filter(passage__in=(first.passage, second.passage)).exists()


def test_without_a_storage_the_site_starts_and_the_next_start_tries_again(people, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr("exchange.uploads.actions._store", _down)
        seeding_pictures.seed_pictures(people)
    assert not Upload.objects.exists()
    seeding_pictures.seed_pictures(people)
    assert Upload.objects.count() == 7


def _down(part):
    raise StorageDown
