"""The pages of a PDF copied into a new one by a list of what may come along.

What is not needed to draw a page stays behind: the catalogue with its scripts and forms, notes and
links, files, names, the structure, and everything that is said about the paper.
"""

import re
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from . import streams
from .limits import MOST_PAGES, MOST_PIXELS, MOST_SIDE
from .made import Refused

_MOST_OBJECTS = 300_000
_MOST_DEPTH = 60
_MOST_IMAGE_PIXELS = 120_000_000  # of all images of a paper: twenty scans at 200 dpi have 80
_MOST_CONTENT = 4_000_000  # bytes of one page's commands, unpacked; 300,000 strokes

_MOST_STATES = 20_000  # that a page's commands keep for later
_MOST_DRAWN = 20_000_000  # bytes of commands with those of all forms, as often as they are drawn
_LARGEST_PAGE = 20_000  # units; the format's own limit is 14,400

_BOXES = ("/MediaBox", "/CropBox", "/Rotate")
# What a page gives names of its own, and what such a thing has or is.
_NAMED: dict[str, tuple[tuple[type, ...], str]] = {
    "/Font": ((Dictionary,), "/Subtype"),
    "/XObject": ((Stream,), "/Subtype"),
    "/ExtGState": ((Dictionary,), ""),
    "/ColorSpace": ((Array, Name), ""),
    "/Pattern": ((Dictionary, Stream), "/PatternType"),
    "/Shading": ((Dictionary, Stream), "/ShadingType"),
    "/CharProcs": ((Stream,), ""),
    "/Colorants": ((Array, Name), ""),
}
_INNER = ("/Resources", "/CharProcs", "/Colorants")
_KEYS = frozenset(
    "/" + key
    for key in """
    Type Subtype Name Resources Filter DecodeParms
    Predictor Colors BitsPerComponent Columns EarlyChange K EndOfLine EncodedByteAlign Rows EndOfBlock
    BlackIs1 DamagedRowsBeforeError JBIG2Globals ColorTransform
    Font XObject ExtGState ColorSpace Pattern Shading
    LW LC LJ ML D RI OP op OPM BG BG2 UCR UCR2 TR TR2 FL SM SA BM SMask CA ca AIS TK
    S G BC CS I
    BaseFont FirstChar LastChar Widths FontDescriptor Encoding ToUnicode DescendantFonts CIDSystemInfo
    DW W DW2 W2 CIDToGIDMap FontBBox FontMatrix CharProcs BaseEncoding Differences CMapName WMode UseCMap
    Registry Ordering Supplement FontName FontFamily FontStretch FontWeight Flags ItalicAngle Ascent
    Descent Leading CapHeight XHeight StemV StemH AvgWidth MaxWidth MissingWidth FontFile FontFile2
    FontFile3 CharSet CIDSet Style FD Length1 Length2 Length3
    Width Height ImageMask Mask Decode Interpolate SMaskInData Matte Intent
    FormType BBox Matrix Group PatternType PaintType TilingType XStep YStep
    ShadingType Background AntiAlias Domain Coords Function Extend BitsPerCoordinate BitsPerFlag
    VerticesPerRow FunctionType Range C0 C1 N Functions Bounds Encode Size Order BitsPerSample
    Alternate WhitePoint BlackPoint Gamma Colorants Process Components
    """.split()
)
_KEEPS = re.compile(rb"(?<![^\s])q(?![^\s])")
_DRAWS = re.compile(rb"/([^\s/<>\[\]()%{}]+)\s+Do\b")
# Kinds of actions and files; none of them is the value of anything that draws.
_ACTING = frozenset(
    "/" + name
    for name in """
    JavaScript Launch URI GoTo GoToR GoToE SubmitForm ResetForm ImportData Rendition Movie Sound Hide
    Named SetOCGState Thread Trans GoTo3DView RichMedia RichMediaExecute EmbeddedFile Filespec Action
    Annot PS Metadata XML
    """.split()
)


def copied(source: Pdf) -> Pdf:
    """Raises `Refused`, and whatever pikepdf does for what is broken."""
    leaves = _leaves(source)
    new = pikepdf.new()
    copy = _Copy(new)
    for leaf in leaves:
        page = Dictionary(Type=Name.Page)
        for key in _BOXES:
            value = _inherited(leaf, key)
            if value is not None:
                page[key] = copy.of(value)
        page["/Resources"] = copy.of(_inherited(leaf, "/Resources") or Dictionary(), "/Resources")
        page["/Contents"] = copy.contents(leaf.get("/Contents"))
        _check_page(page)
        new.pages.append(pikepdf.Page(new.make_indirect(page)))
    return new


def _leaves(source: Pdf) -> list[Any]:
    """The pages, without trusting their tree: branches may be shared, so that few make millions."""
    found: list[Any] = []
    waiting = [(source.Root.Pages, 0)]
    steps = 0
    while waiting:
        node, depth = waiting.pop()
        steps += 1
        if len(found) > MOST_PAGES or steps > 50 * MOST_PAGES:
            raise Refused("too_many_pages")
        if depth > _MOST_DEPTH or not isinstance(node, Dictionary):
            raise Refused("broken")
        if "/Kids" in node:
            kids = list(node.Kids)[: 2 * MOST_PAGES]  # more than enough to be too many
            waiting += [(kid, depth + 1) for kid in reversed(kids)]
        else:
            found.append(node)
    if not found:
        raise Refused("broken")
    if len(found) > MOST_PAGES:
        raise Refused("too_many_pages")
    return found


def _check_page(page: Any) -> None:
    """What is cheap to say and dear to draw."""
    if any(abs(float(value)) > _LARGEST_PAGE for value in page.get("/MediaBox", [])):
        raise Refused("broken")
    contents = page["/Contents"]
    pieces = list(contents) if isinstance(contents, Array) else [contents]
    size = sum(_drawn(piece, page["/Resources"], {}, 0) for piece in pieces)
    if size > _MOST_DRAWN:
        raise Refused("too_costly")


def _drawn(stream: Any, resources: Any, known: dict[tuple[int, int], int], depth: int) -> int:
    """Bytes of commands until everything is drawn: forms may draw forms, each many times."""
    if stream.objgen in known:
        return known[stream.objgen]
    if depth > _MOST_DEPTH:
        raise Refused("too_costly")
    known[stream.objgen] = 0  # one that draws itself is drawn once
    commands = streams.commands(stream.read_raw_bytes(), _filters(stream), _MOST_CONTENT)
    if len(_KEEPS.findall(commands)) > _MOST_STATES:
        raise Refused("too_costly")
    forms = resources.get("/XObject", Dictionary())
    size = len(commands)
    for name in _DRAWS.findall(commands):
        form = forms.get("/" + name.decode(errors="ignore"))
        if form is not None and str(form.get("/Subtype", "")) == "/Form":
            size += _drawn(form, form.get("/Resources", resources), known, depth + 1)
        if size > _MOST_DRAWN:
            break
    known[stream.objgen] = size
    return size


def _inherited(node: Any, key: str) -> Any:
    for _ in range(_MOST_DEPTH):
        if key in node:
            return node[key]
        node = node.get("/Parent")
        if not isinstance(node, Dictionary):
            break
    return None


class _Copy:
    """Copies objects into `new`, each once for each place that it is good for."""

    def __init__(self, new: Pdf) -> None:
        self._new = new
        self._known: dict[tuple[tuple[int, int], str], Object] = {}
        self._number = self._depth = self._pixels = 0

    def of(self, value: Any, key: str = "") -> Any:
        """`key` is the one that it stands under where that decides which keys it may have itself."""
        self._number += 1
        if self._number > _MOST_OBJECTS or self._depth > _MOST_DEPTH:
            raise Refused("too_costly")
        if not isinstance(value, Array | Dictionary | Stream):
            return None if isinstance(value, Name) and str(value) in _ACTING else value
        self._depth += 1
        try:
            return self._held(value, key)
        finally:
            self._depth -= 1

    def _held(self, value: Any, key: str) -> Any:
        place = (value.objgen, key)
        if value.is_indirect and place in self._known:
            return self._known[place]
        if isinstance(value, Array):
            return Array([self.of(item) for item in value])
        if isinstance(value, Stream):
            return self._stream(value, place)
        new: Any = Dictionary()
        if value.is_indirect:
            new = self._known[place] = self._new.make_indirect(new)
        self._fill(new, value, key)
        return new

    def _fill(self, new: Any, value: Any, key: str) -> None:
        for name, item in value.items():
            found = None
            if key in _NAMED:
                found = self.of(item) if _is_named(item, key) else None
            elif key == "/Resources":
                found = self.of(item, name) if name in _NAMED else None
            elif name in _KEYS:
                found = self.of(item, name if name in _INNER else "")
            if found is not None:
                new[name] = found

    def contents(self, value: Any) -> Any:
        """All of a page's commands in one stream's place or in an array of them."""
        if isinstance(value, Array):
            return Array([self.of(item) for item in value if isinstance(item, Stream)])
        return self.of(value) if isinstance(value, Stream) else Array([])

    def _stream(self, value: Any, place: tuple[tuple[int, int], str]) -> Any:
        if str(value.get("/Subtype", "")) in _ACTING:
            return None
        filters = _filters(value)
        raw, filters, bare = self._data(value, filters)
        new = self._known[place] = self._new.make_stream(raw)
        self._fill(new.stream_dict, value.stream_dict, "")
        if bare:
            new.stream_dict["/Filter"] = Name("/" + filters[-1])
            _keep_last_parameters(new.stream_dict)
        return new

    def _data(self, value: Any, filters: list[str]) -> tuple[bytes, list[str], bool]:
        """The bytes to write, how they are packed, and whether that is other than it was."""
        raw = value.read_raw_bytes()
        most = streams.MOST_INFLATED
        if str(value.get("/Subtype", "")) == "/Image":
            most = self._check_image(value) + 100_000
        elif not str(value.get("/Type", "")) and not {"/Length1", "/N", "/FunctionType"} & set(
            value.keys()
        ):
            most = _MOST_CONTENT
        streams.check_growth(raw, filters, most)
        if not filters or filters[-1] not in {"DCTDecode", "JPXDecode"}:
            return raw, filters, False
        raw = streams.unwrapped(raw, filters)
        if "FlateDecode" in filters:
            raw = streams.inflated(raw, streams.MOST_INFLATED)
        elif len([name for name in filters if not name.startswith("ASCII")]) > 1:
            raise Refused("too_costly")
        bare = streams.bare_jpeg if filters[-1] == "DCTDecode" else streams.bare_jpx
        return bare(raw), filters[-1:], True

    def _check_image(self, value: Any) -> int:
        """Bytes that it may have unpacked."""
        width, height = int(value.Width), int(value.Height)
        self._pixels += width * height
        too_wide = max(width, height) > MOST_SIDE or width * height > MOST_PIXELS
        if too_wide or self._pixels > _MOST_IMAGE_PIXELS:
            raise Refused("too_many_pixels")
        return width * height * 8


def _is_named(item: Any, key: str) -> bool:
    """Whether it is what may stand among a page's fonts, forms and so on, under any name."""
    types, needed = _NAMED[key]
    fits = isinstance(item, types)
    return fits and (not needed or needed in item)


def _filters(value: Any) -> list[str]:
    """Raises `Refused("broken")` for one that is not known."""
    found = value.get("/Filter", Array([]))
    names = [str(name)[1:] for name in (found if isinstance(found, Array) else [found])]
    if not streams.FILTERS.issuperset(names) or len(names) > 4:
        raise Refused("broken")
    return names


def _keep_last_parameters(stream: Any) -> None:
    parameters = stream.get("/DecodeParms")
    if isinstance(parameters, Array):
        del stream["/DecodeParms"]
        if len(parameters) and isinstance(parameters[-1], Dictionary):
            stream["/DecodeParms"] = parameters[-1]
