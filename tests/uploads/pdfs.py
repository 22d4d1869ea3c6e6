"""Papers made by code: honest ones, and ones that would act, hide something or never end."""

import io
import zlib
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from .files import picture, saved, zeros

SECRET = "PLANTED-PDF"


def paper(pages: int = 1, words: str = "What does this sentence say?") -> Pdf:
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    )
    for number in range(1, pages + 1):
        pdf.add_blank_page(page_size=(120, 150))
        page = pdf.pages[-1]
        page.Resources = Dictionary(Font=Dictionary(F1=font))
        said = f"BT /F1 6 Tf 5 130 Td (Question {number}. {words}) Tj ET"
        page.Contents = pdf.make_stream(said.encode())
    return pdf


def written(pdf: Pdf, **options: Any) -> bytes:
    file = io.BytesIO()
    pdf.save(file, **options)
    return file.getvalue()


def with_photo(photo: bytes, width: int, height: int, **more: Any) -> bytes:
    """A page that shows one JPEG, as it is."""
    pdf = paper()
    image = pdf.make_stream(
        photo, Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height
    )
    image.stream_dict.ColorSpace = Name.DeviceRGB
    image.stream_dict.BitsPerComponent = 8
    image.stream_dict.Filter = Name.DCTDecode
    for key, value in more.items():
        image.stream_dict[f"/{key}"] = value
    return _shown(pdf, image)


def _shown(pdf: Pdf, image: Any) -> bytes:
    page = pdf.pages[0]
    page.Resources.XObject = Dictionary(Im=image)
    page.contents_add(b"q 100 0 0 75 10 20 cm /Im Do Q")
    return written(pdf)


def _script(words: str = "app.alert") -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String(f"{words}('{SECRET}')"))


def acting() -> bytes:
    """Everything that acts or hides, in every place that it may stand in."""
    pdf = paper()
    page, root = pdf.pages[0], pdf.Root
    root.OpenAction = _script()
    root.AA = Dictionary(WC=_script(), WS=_script())
    root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), _script()])))
    root.URI = Dictionary(Base=String(f"https://{SECRET}.example"))
    root.AcroForm = Dictionary(
        XFA=pdf.make_stream(f"<xdp>{SECRET}</xdp>".encode()), Fields=Array([])
    )
    root.PieceInfo = Dictionary(X=String(SECRET))
    page.AA = Dictionary(O=_script())
    page.PieceInfo = Dictionary(X=String(SECRET))
    launch = Dictionary(S=Name.Launch, F=String(f"/bin/{SECRET}"))
    link = Dictionary(S=Name.URI, URI=String(f"https://{SECRET}.example"))
    remote = Dictionary(S=Name.GoToR, F=String(f"//{SECRET}/share"))
    page.Annots = Array(
        [
            Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 300, 400], A=action)
            for action in (launch, link, remote, _script())
        ]
    )
    page.Resources.ExtGState = Dictionary(
        G=Dictionary(ca=1, JS=String(SECRET), A=launch, S=Name.Launch)
    )
    page.Resources.Properties = Dictionary(P=Dictionary(Metadata=String(SECRET), A=link))
    pdf.attachments[f"{SECRET}.exe"] = b"MZ" + SECRET.encode()
    with pdf.open_metadata() as metadata:
        metadata["dc:title"] = SECRET
    pdf.docinfo["/Author"] = SECRET
    return written(pdf)


def postscript() -> bytes:
    pdf = paper()
    program = pdf.make_stream(SECRET.encode(), Type=Name.XObject, Subtype=Name.PS)
    form = pdf.make_stream(b"q Q", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
    form.stream_dict.OPI = Dictionary(F=String(SECRET))
    form.stream_dict.Ref = Dictionary(F=String(SECRET))
    form.stream_dict.PS = program
    pdf.pages[0].Resources.XObject = Dictionary(A=program, B=form)
    return written(pdf)


def encrypted(user: str) -> bytes:
    return written(paper(), encryption=pikepdf.Encryption(owner="owner", user=user))


def of_size(width: float, height: float) -> bytes:
    pdf = paper()
    pdf.pages[0].MediaBox = Array([0, 0, width, height])
    return written(pdf)


def of_tree(depth: int, *, looped: bool = False) -> bytes:
    """Each branch stands twice under the one above it: 2 to the power of `depth` pages."""
    pdf = paper()
    node = pdf.pages[0].obj
    for _ in range(depth):
        node = pdf.make_indirect(
            Dictionary(Type=Name.Pages, Kids=Array([node, node]), Count=2**depth)
        )
    if looped:
        node.Kids = Array([node])
    pdf.Root.Pages = node
    return _raw(pdf)


def _raw(pdf: Pdf) -> bytes:
    """Objects as they are, in a file written by hand: the library would mend the tree of pages."""
    objects = [o for o in pdf.objects if not isinstance(o, pikepdf.Object) or o.objgen[0]]
    out, places = b"%PDF-1.7\n", {}
    for found in objects:
        number = found.objgen[0]
        places[number] = len(out)
        body = found.unparse(resolved=True)
        if isinstance(found, pikepdf.Stream):
            raw = found.read_raw_bytes()
            found.stream_dict.Length = len(raw)
            body = found.stream_dict.unparse() + b"\nstream\n" + raw + b"\nendstream"
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    last = max(places) + 1
    table = b"".join(
        b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n"
        for n in range(last)
    )
    root = pdf.Root.objgen[0]
    end = b"trailer\n<< /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF" % (last, root, len(out))
    return out + b"xref\n0 %d\n" % last + table + end


def content(raw: bytes, *filters: str) -> bytes:
    """A page whose commands are `raw`, packed as `filters` say."""
    pdf = paper()
    names = Array([Name(f"/{name}") for name in filters])
    pdf.pages[0].Contents = pdf.make_stream(raw, Filter=names) if filters else pdf.make_stream(raw)
    return written(pdf, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def large_image(width: int, height: int, *, told: tuple[int, int] | None = None) -> bytes:
    pdf = paper()
    image = pdf.make_stream(zeros(width * height), Type=Name.XObject, Subtype=Name.Image)
    image.stream_dict.Width, image.stream_dict.Height = told or (width, height)
    image.stream_dict.ColorSpace = Name.DeviceGray
    image.stream_dict.BitsPerComponent = 8
    image.stream_dict.Filter = Name.FlateDecode
    return _shown(pdf, image)


def laughing(levels: int = 12, times: int = 12) -> bytes:
    """Each form draws the next one many times: few objects, more strokes than there are seconds."""
    pdf = paper()
    inner = pdf.make_stream(b"0 0 300 400 re f", Type=Name.XObject, Subtype=Name.Form)
    inner.stream_dict.BBox = Array([0, 0, 300, 400])
    for _ in range(levels):
        outer = pdf.make_stream(b"/X Do " * times, Type=Name.XObject, Subtype=Name.Form)
        outer.stream_dict.BBox = Array([0, 0, 300, 400])
        outer.stream_dict.Resources = Dictionary(XObject=Dictionary(X=inner))
        inner = outer
    return _shown(pdf, inner)


def own_form() -> bytes:
    """A form that draws itself."""
    pdf = paper()
    form = pdf.make_stream(b"/X Do", Type=Name.XObject, Subtype=Name.Form)
    form.stream_dict.BBox = Array([0, 0, 300, 400])
    form.stream_dict.Resources = Dictionary(XObject=Dictionary(X=form))
    return _shown(pdf, form)


def nested_arrays(depth: int = 100_000) -> bytes:
    data = written(paper(), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return data.replace(
        b"/Resources <<", b"/X " + b"[" * depth + b"]" * depth + b" /Resources <<", 1
    )


def object_stream(size: int = 2_000_000_000) -> bytes:
    """Its objects stand in a stream of which a few thousand bytes become two thousand million."""
    packed = zeros(size)
    head = b"%PDF-1.7\n"
    first = (
        b"1 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n"
        % len(packed)
    )
    body = head + first + packed + b"\nendstream\nendobj\n"
    rows = b""
    for kind, place in ((0, 0), (1, len(head)), (2, 1), (1, len(body))):
        rows += bytes([kind]) + place.to_bytes(4) + b"\0"
    table = zlib.compress(rows)
    return body + (
        b"3 0 obj\n<< /Type /XRef /Size 4 /W [1 4 1] /Root 2 0 R /Filter /FlateDecode /Length %d >>\n"
        b"stream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % (len(table), table, len(body))
    )


def photographed(exif: Any, words: bytes) -> bytes:
    photo = saved(picture(200, 150), "JPEG", exif=exif, comment=words, progressive=True)
    return with_photo(photo, 200, 150)
