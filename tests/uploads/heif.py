"""HEIC files made of one coded tile: this library reads the format and nothing here writes it.

`data/tile64.heic` and `data/tile512.heic` hold a picture of noise each. Around their tile any grid can be
built, turned, with Exif and XMP beside it, and with sizes that are not true.
"""

from pathlib import Path

_DATA = Path(__file__).parent / "data"


def heic(
    columns: int = 1,
    rows: int = 1,
    *,
    tile: int = 64,
    turn: int = 0,
    exif: bytes = b"",
    xmp: bytes = b"",
    size: tuple[int, int] | None = None,
) -> bytes:
    """`turn` in quarters against the clock; `size` is what the grid says of itself."""
    source = (_DATA / f"tile{tile}.heic").read_bytes()
    config, coded = _cut(source, b"hvcC"), _cut(source, b"mdat")[8:]
    width, height = size or (columns * tile, rows * tile)
    count = columns * rows
    grid = b"\0\1" + bytes([rows - 1, columns - 1]) + width.to_bytes(4) + height.to_bytes(4)
    main = count + 1
    extras = [(main + 1, b"Exif", b"\0\0\0\0" + exif)] if exif else []
    extras += [(main + 2, b"mime", xmp)] if xmp else []
    properties = [config, _ispe(tile, tile), _ispe(width, height), _box(b"irot", bytes([turn]))]
    kinds = [(at, b"hvc1") for at in range(1, main)] + [(main, b"grid")]
    kinds += [(at, kind) for at, kind, _ in extras]
    links = _link(b"dimg", main, list(range(1, main)))
    links += b"".join(_link(b"cdsc", at, [main]) for at, _, _ in extras)
    uses = b"".join(_use(at, [0x81, 2]) for at in range(1, main)) + _use(main, [3, 0x84])
    head = _box(b"ftyp", b"heic\0\0\0\0mif1heic")

    def meta(start: int) -> bytes:
        """`start` is where the coded tile begins in the file."""
        places = [_place(at, 0, start, len(coded)) for at in range(1, main)]
        places.append(_place(main, 1, 0, len(grid)))
        after = start + len(coded)
        for at, _, content in extras:
            places.append(_place(at, 0, after, len(content)))
            after += len(content)
        return _full(
            b"meta",
            _full(b"hdlr", b"\0\0\0\0pict" + bytes(13))
            + _full(b"pitm", main.to_bytes(2))
            + _full(b"iloc", b"\x44\0" + len(places).to_bytes(2) + b"".join(places), version=1)
            + _full(b"iinf", len(kinds).to_bytes(2) + b"".join(_info(*kind) for kind in kinds))
            + _full(b"iref", links)
            + _box(
                b"iprp",
                _box(b"ipco", b"".join(properties))
                + _full(b"ipma", (count + 1).to_bytes(4) + uses),
            )
            + _box(b"idat", grid),
        )

    start = len(head) + len(meta(0)) + 8
    return head + meta(start) + _box(b"mdat", coded + b"".join(extra[2] for extra in extras))


def _cut(source: bytes, name: bytes) -> bytes:
    at = source.index(name) - 4
    return source[at : at + int.from_bytes(source[at : at + 4])]


def _box(name: bytes, content: bytes) -> bytes:
    return (8 + len(content)).to_bytes(4) + name + content


def _full(name: bytes, content: bytes, version: int = 0, flags: int = 0) -> bytes:
    return _box(name, bytes([version, 0, 0, flags]) + content)


def _ispe(width: int, height: int) -> bytes:
    return _full(b"ispe", width.to_bytes(4) + height.to_bytes(4))


def _place(at: int, method: int, offset: int, length: int) -> bytes:
    numbers = (at, method, 0, 1)
    return b"".join(n.to_bytes(2) for n in numbers) + offset.to_bytes(4) + length.to_bytes(4)


def _info(at: int, kind: bytes) -> bytes:
    more = b"application/rdf+xml\0" if kind == b"mime" else b""
    hidden = kind == b"hvc1"
    return _full(b"infe", at.to_bytes(2) + b"\0\0" + kind + b"\0" + more, 2, hidden)


def _link(kind: bytes, source: int, targets: list[int]) -> bytes:
    listed = b"".join(target.to_bytes(2) for target in targets)
    return _box(kind, source.to_bytes(2) + len(targets).to_bytes(2) + listed)


def _use(at: int, properties: list[int]) -> bytes:
    return at.to_bytes(2) + bytes([len(properties), *properties])
