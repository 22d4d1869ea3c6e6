"""A paper keeps its words and drawings, and loses everything that could act or tell."""

import itertools
import zlib
from collections.abc import Callable
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from exchange.uploads import papers, streams
from exchange.uploads.made import Made, Refused

from . import pdfs, photos
from .files import picture, saved, zeros


@pytest.fixture(autouse=True)
def no_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """They would be the tests' own process's."""
    monkeypatch.setattr(papers, "allow", lambda seconds: None)
    monkeypatch.setattr(papers, "limit_data", lambda size: None)


def made(data: bytes) -> Made:
    return papers.make_safe(data)


def written(found: Made) -> bytes:
    (file,) = (part for part in found.parts if part.name == "file")
    assert (file.page, file.media_type) == (0, "application/pdf")
    return file.content


def everything(data: bytes) -> bytes:
    """All objects with all streams unpacked, for looking for words."""
    file = BytesIO()
    with pikepdf.open(BytesIO(data)) as paper:
        paper.save(
            file,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            compress_streams=False,
            qdf=True,
        )
    return file.getvalue()


def test_pages_are_drawn_and_their_words_kept() -> None:
    found = made(pdfs.written(pdfs.paper(3)))
    assert found.kind == "paper"
    assert [part.page for part in found.parts if part.name == "w360"] == [1, 2, 3]
    assert [text.strip() for text in found.text] == [
        f"Question {number}. What does this sentence say?" for number in (1, 2, 3)
    ]
    again = pypdfium2.PdfDocument(written(found))
    assert "What does this sentence say?" in again[2].get_textpage().get_text_range()


def test_a_page_may_be_turned_and_inherit() -> None:
    paper = pdfs.paper()
    page = paper.pages[0]
    page.Rotate = 90
    del page.obj["/MediaBox"]
    paper.Root.Pages.MediaBox = Array([0, 0, 120, 150])
    found = made(pdfs.written(paper))
    assert found.width > found.height


def test_nothing_of_a_paper_acts() -> None:
    before = everything(pdfs.acting())
    after = everything(written(made(pdfs.acting())))
    for word in (
        b"JavaScript", b"Launch", b"OpenAction", b"AcroForm", b"XFA", b"Annot", b"URI", b"GoToR",
        b"EmbeddedFile", b"Metadata", b"PieceInfo", b"Author", b"/AA", b"/Names", pdfs.SECRET.encode(),
    ):  # fmt: skip
        assert word in before, word
        assert word not in after, word


def test_postscript_and_references_to_files_stay_behind() -> None:
    after = everything(written(made(pdfs.postscript())))
    assert b"/OPI" not in after
    assert b"/Ref" not in after
    assert pdfs.SECRET.encode() not in after


def test_a_resource_may_have_any_name() -> None:
    paper = pdfs.paper()
    page = paper.pages[0]
    page.Resources.Font = Dictionary(
        {"/Resources": page.Resources.Font.F1, "/JS": page.Resources.Font.F1}
    )
    page.Contents = paper.make_stream(b"BT /JS 6 Tf 5 130 Td (Named so) Tj ET")
    assert made(pdfs.written(paper)).text[0].strip() == "Named so"


def test_what_hides_under_a_resource_stays_behind() -> None:
    paper = pdfs.paper()
    hidden = Dictionary(S=Name.JavaScript, JS=String(pdfs.SECRET))
    paper.pages[0].Resources.Font.F1.A = hidden
    paper.pages[0].Resources.Font["/A"] = Dictionary(
        Resources=Dictionary(Font=hidden), OpenAction=hidden
    )
    after = everything(written(made(pdfs.written(paper))))
    assert pdfs.SECRET.encode() not in after
    assert b"JavaScript" not in after


@pytest.mark.parametrize("progressive", [False, True])
def test_photos_inside_tell_nothing_and_look_the_same(progressive: bool) -> None:
    image = picture(200, 150)
    photo = photos.jpeg(image, film=True, progressive=progressive)
    before = pdfs.with_photo(photo, 200, 150, Metadata=pikepdf.String("x"))
    found = made(before)
    after = everything(written(found))
    assert not [word for word in photos.PLANTED if word.encode() in after]
    assert photos.PLANTED[4].encode() in before
    with pikepdf.open(BytesIO(written(found))) as paper:
        bare = pikepdf.PdfImage(paper.pages[0].Resources.XObject.Im).as_pil_image()
    assert bare.tobytes() == _decoded(photo)


def _decoded(photo: bytes) -> bytes:
    return Image.open(BytesIO(photo), formats=["JPEG"]).tobytes()


def test_a_photo_packed_once_more_is_unpacked() -> None:
    paper = pdfs.paper()
    photo = saved(picture(), "JPEG", comment=photos.PLANTED[0].encode())
    image = paper.make_stream(zlib.compress(photo), Type=Name.XObject, Subtype=Name.Image)
    image.stream_dict.Width, image.stream_dict.Height = 96, 64
    image.stream_dict.ColorSpace, image.stream_dict.BitsPerComponent = Name.DeviceRGB, 8
    image.stream_dict.Filter = Array([Name.FlateDecode, Name.DCTDecode])
    image.stream_dict.DecodeParms = Array(
        [pikepdf.Object.parse(b"null"), Dictionary(ColorTransform=1)]
    )
    after = everything(written(made(pdfs._shown(paper, image))))
    assert photos.PLANTED[0].encode() not in after
    assert b"/DCTDecode" in after


def test_a_jpeg_2000_loses_its_boxes() -> None:
    plain = saved(picture(64, 64), "JPEG2000")
    end = plain.index(b"jp2c") - 4
    secret = photos.PLANTED[0].encode()
    box = (8 + len(secret)).to_bytes(4) + b"uuid" + secret
    assert streams.bare_jpx(plain[:end] + box + plain[end:]) == plain


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: pdfs.encrypted("secret"), "encrypted"),
        (lambda: pdfs.encrypted(""), "encrypted"),
        (lambda: pdfs.written(pdfs.paper(21)), "too_many_pages"),
        (lambda: pdfs.written(pdfs.paper(2))[:-300], "broken"),
        (lambda: pdfs.content(b"q ", "OwnDecode"), "broken"),
        (lambda: pdfs.large_image(6_000, 6_000), "too_many_pixels"),
    ],
)
def test_a_paper_is_refused(make: Callable[[], bytes], code: str) -> None:
    with pytest.raises(Refused) as refused:
        made(make())
    assert refused.value.code == code


def test_growth_is_counted_without_unpacking() -> None:
    assert len(streams.inflated(zeros(3_000_000), 10_000_000)) == 3_000_000
    # a b ab abb … as the format's own example, in 9 bits a code
    codes = [256, 45, 258, 258, 65, 259, 66, 257]
    bits = "".join(f"{code:09b}" for code in codes)
    packed = bytes(
        int("".join(eight).ljust(8, "0"), 2) for eight in itertools.batched(bits, 8, strict=False)
    )
    assert streams.lzw_size(packed, 1000) == len(b"-----A---B")
