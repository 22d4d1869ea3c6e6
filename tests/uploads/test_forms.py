"""The rows of pictures in a form, and what is said of files."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from exchange.accounts.models import User
from exchange.languages.actions import Draft
from exchange.uploads import forms, sandbox
from exchange.uploads.forms import Pictures
from exchange.uploads.labels import MESSAGES, Problem, shown_name
from exchange.uploads.made import CODES, Refused
from tests.cast import made, open_thread, picture, pictured, reply

pytestmark = pytest.mark.django_db


def row(number: int, upload: Any, **fields: str) -> dict[str, str]:
    values = {"id": str(getattr(upload, "pk", upload)), **fields}
    return {f"picture-{number}-{name}": value for name, value in values.items()}


def codes(pictures: Pictures) -> list[str]:
    return [problem.code for problem in pictures.problems]


def test_rows_come_in_their_order_with_what_was_typed(mei: User) -> None:
    cat, dog = picture(mei, "#111"), picture(mei, "#222")
    typed = row(3, cat, caption="猫", handwriting="on") | row(1, dog, description_other="A dog")
    pictures = Pictures(typed, {}, owner=mei)
    assert pictures.is_valid() and [r.upload for r in pictures.rows] == [dog, cat]
    first, second = pictures.drafts(Draft("正文", language="zh-hans", used_translator=True))
    assert (first.caption, first.description) == (None, Draft("A dog", used_translator=True))
    assert second.caption == Draft("猫", used_translator=True)
    assert second.is_handwriting and not first.is_handwriting


def test_the_same_picture_twice_is_one(mei: User) -> None:
    cat = picture(mei)
    pictures = Pictures(
        row(0, cat, caption="猫") | row(1, cat) | row(2, f"0{cat.pk}"), {}, owner=mei
    )
    assert pictures.is_valid() and len(pictures.rows) == 1


def test_a_fifth_picture_is_said(mei: User) -> None:
    typed: dict[str, str] = {}
    for number in range(5):
        typed |= row(number, picture(mei, f"#{number}00"))
    pictures = Pictures(typed, {}, owner=mei)
    assert not pictures.is_valid() and codes(pictures) == ["crowded"]
    assert len(pictures.rows) == 4 and not pictures.has_room


@pytest.mark.parametrize(
    "odd", ["", "x", "-1", "1.5", "１", "9" * 18, "9" * 5000, "0", "[1]", "1 "]
)
def test_an_odd_id_is_no_picture(odd: str, mei: User) -> None:
    pictures = Pictures(row(0, odd, caption="Mine"), {}, owner=mei)
    assert pictures.rows == []
    assert codes(pictures) == (["gone"] if odd else [])


def test_the_pictures_of_others_and_of_other_posts_are_none(
    mei: User, tom: User, rent: Any
) -> None:
    thread = open_thread(mei, rent)
    standing, theirs, loose = picture(mei, "#111"), picture(tom, "#222"), picture(mei, "#333")
    post = reply(mei, thread, pictures=[pictured(standing)])
    typed = row(0, theirs) | row(1, standing, caption="写过的") | row(2, loose)
    pictures = Pictures(typed, {}, owner=mei)
    assert codes(pictures) == ["gone", "used"] and len(pictures.rows) == 1
    assert (pictures.problems[1].words, pictures.problems[1].number) == ("写过的", 2)
    assert codes(Pictures(typed, {}, owner=mei, stands_on=lambda: post.passage_id)) == ["gone"]


def test_too_long_words_are_refused_in_their_row(mei: User) -> None:
    cat = picture(mei)
    pictures = Pictures(row(0, cat, caption="长" * 501, description="x" * 501), {}, owner=mei)
    assert not pictures.is_valid()
    assert set(pictures.rows[0].errors) == {"caption", "description"}
    whole = row(0, cat, caption="长" * 500, description="x" * 500)
    assert Pictures(whole, {}, owner=mei).is_valid()


STEPS = [
    ({"picture_up": "2"}, "BAC"),
    ({"picture_up": "3"}, "ACB"),
    ({"picture_up": "0"}, "ABC"),
    ({"picture_down": "0"}, "BAC"),
    ({"picture_down": "3"}, "ABC"),
    ({"picture_drop": "0"}, "BC"),
    ({"picture_drop": "2"}, "AC"),
    ({"picture_drop": "7"}, "ABC"),
    ({"picture_up": "x"}, "ABC"),
    ({"picture_add": "1"}, "ABC"),
]


@pytest.mark.parametrize(("step", "order"), STEPS, ids=str)
def test_a_step_changes_the_rows_and_nothing_else(step: dict[str, str], order: str) -> None:
    typed = (
        row(0, 7, caption="A") | row(2, 8, caption="B", caption_other="乙") | row(3, 9, caption="C")
    )
    fields = forms.stepped({"body": "Words", "csrfmiddlewaretoken": "t"} | typed | step)
    captions = [fields.get(f"picture-{number}-caption") for number in range(4)]
    assert "".join(filter(None, captions)) == order
    assert captions[len(order) :] == [None] * (4 - len(order))
    assert fields["body"] == "Words" and not forms.is_step(fields)
    at = order.find("B")
    assert at < 0 or fields[f"picture-{at}-caption_other"] == "乙"


NAMES = [
    ("cat.jpg", "cat.jpg"),
    ("../../etc/passwd", "passwd"),
    ("C:\\Users\\tom\\cat.png", "cat.png"),
    ("..", ""),
    ("", ""),
    (".jpg", ""),
    ("photo\u202egpj.exe", "photogpj.exe"),
    ("a\x00b\x1b[31m\u2028c.png", "ab[31mc.png"),
    ("猫" * 300 + ".jpeg", "猫" * 11 + "….jpeg"),
    ("x" * 300, "x" * 23 + "…"),
    ("  two   words\n.gif", "two words.gif"),
    ("<script>alert(1)</script>.png", "script>.png"),
    ("100%(name)s.png", "100%(name)s.png"),
]


@pytest.mark.parametrize(("name", "shown"), NAMES, ids=lambda value: ascii(value)[:30])
def test_a_file_s_name_is_one_short_line(name: str, shown: str) -> None:
    assert shown_name(name) == shown


def test_every_refusal_has_its_words_in_each_language() -> None:
    assert set(CODES) < set(MESSAGES)
    for code in MESSAGES:
        said = {}
        for language in ("en", "zh-hans", "zh-hant"):
            with translation.override(language):
                said[language] = Problem(code, "<b>.png").html
                assert "<bdi>“&lt;b&gt;.png”</bdi>" in said[language] or code == "many"
                assert "\u2068“<b>.png”\u2069" in Problem(code, "<b>.png").plain or code == "many"
        assert len(set(said.values())) == 3, code
    assert "Picture 2" in Problem("gone", number=2).plain


def test_files_become_rows_and_what_was_not_taken_is_named(
    mei: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make_safe(file: Any) -> Any:
        content = file.read()
        file.seek(0)
        if content == b"torn":
            raise Refused("broken")
        return made(content.decode())

    monkeypatch.setattr(sandbox, "make_safe", make_safe)
    standing = picture(mei)
    contents = ["#111", "torn", "#111", "#222", "#333", "#444"]
    files = [SimpleUploadedFile(f"{n}.png", text.encode()) for n, text in enumerate(contents)]
    posted = forms.with_files(mei, {"body": "Words"} | row(0, standing, caption="旧的"), files)
    assert [(problem.code, problem.name) for problem in posted.problems] == [
        ("broken", "1.png"),
        ("crowded", "5.png"),
    ]
    pictures = Pictures(posted.data, {}, owner=mei)
    assert len(pictures.rows) == 4 and pictures.rows[0].upload == standing
    assert posted.data["picture-0-caption"] == "旧的" and posted.data["body"] == "Words"


def test_after_four_files_that_were_refused_no_more_are_looked_at(
    mei: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each takes the child's time from everybody else."""
    asked: list[Any] = []

    def refuse(file: Any) -> None:
        asked.append(file)
        raise Refused("broken")

    monkeypatch.setattr(sandbox, "make_safe", refuse)
    files = [SimpleUploadedFile(f"{number}.png", b"%d" % number) for number in range(6)]
    posted = forms.with_files(mei, {"body": "x"}, files)
    assert len(asked) == 4
    assert [one.code for one in posted.problems] == ["broken"] * 4 + ["crowded"] * 2
