"""No uploaded file does anything but become a clean picture or paper, or be refused."""

from io import BytesIO
from itertools import batched

import pikepdf
import pytest
from PIL import Image

from exchange.uploads import sandbox
from exchange.uploads.made import CODES, Made, Refused
from tests.security.selection import WHOLE, some

from .corpus import SECRETS, Hostile, hostile
from .many import Reader
from .mutants import EACH, PARENTS, mutants

CORPUS = {one.name: one for one in hostile()}
BATCH = 50
# Through a real child, as the site reads them: one for each kind of end that a child can come to.
REAL = (
    "JPEG of 5,000 scans",
    "PDF with a million strokes",
    "PDF whose objects unpack to 2 GB",
    "JPEG with a ZIP behind it",
    "HEIC with holes",
)
# Half a second and more each.
LONG = ("PDF of 20 pages", "PDF with a million strokes", "PNG of 5,000 x 5,000")


def check_clean(made: Made) -> None:
    """Parts are what they are called, and hold nothing that the file brought along."""
    assert made.parts
    for part in made.parts:
        assert not [word for word in SECRETS if word in part.content]
        if part.media_type == "application/pdf":
            with pikepdf.open(BytesIO(part.content)) as paper:
                assert set(paper.Root.keys()) <= {"/Type", "/Pages"}
            continue
        with Image.open(BytesIO(part.content), formats=["WEBP", "JPEG"]) as picture:
            picture.load()
            assert picture.size == (part.width, part.height)
            assert Image.MIME[str(picture.format)] == part.media_type
            assert not {"exif", "icc_profile", "xmp", "comment"} & set(picture.info)


def told(answer: Made | Refused) -> str:
    return answer.code if isinstance(answer, Refused) else answer.kind


def asked(one: Hostile) -> str:
    try:
        made = sandbox.make_safe(BytesIO(one.data))
    except Refused as refused:
        return refused.code
    check_clean(made)
    return made.kind


def test_there_are_many_hostile_files() -> None:
    assert len(CORPUS) == len(hostile()) >= 130
    assert sum(one.bomb for one in CORPUS.values()) >= 45


def test_each_hostile_file_is_refused_or_made_clean(reader: Reader) -> None:
    for name, one in CORPUS.items():
        if name in LONG and not WHOLE:
            continue
        (answer,) = reader.answers([one.data])
        one.forget()
        assert told(answer) in one.answers, name
        if isinstance(answer, Made):
            check_clean(answer)


@pytest.mark.parametrize("name", list(CORPUS) if WHOLE else REAL)
def test_a_real_child_says_the_same(name: str) -> None:
    assert asked(CORPUS[name]) in CORPUS[name].answers


@pytest.mark.parametrize("number", range(len(PARENTS)), ids=list(PARENTS))
def test_what_is_broken_at_random_is_refused_or_made_clean(reader: Reader, number: int) -> None:
    name = list(PARENTS)[number]
    (whole,) = reader.answers([PARENTS[name]()])
    assert isinstance(whole, Made)
    broken = some(mutants(name), 10, number)
    assert len(broken) in {EACH, EACH // 10}
    for batch in batched(broken, BATCH, strict=False):
        for answer in reader.answers(batch):
            if isinstance(answer, Made):
                check_clean(answer)
            else:
                assert answer.code in CODES
