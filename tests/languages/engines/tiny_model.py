"""A translation model small enough to be made in a test, in Marian's binary format and SentencePiece's.

One encoder and one decoder layer whose weights are set by hand: attention by position, and each
piece of the source goes to the piece beside it in `WORDS`. Nothing is trained, and the real engine
loads it.
"""

import array
import struct
from functools import cache
from pathlib import Path

WORDS = {
    "房租": "rent",
    "太": "too",
    "贵": "expensive",
    "了": "!",
    "我": "I",
    "喜欢": "like",
    "火锅": "hotpot",
    "学费": "tuition",
    "你好": "hello",
    "。": ".",
}
# What placeholders are made of comes back as it is.
COPIED = [*"ZQ0123456789"]

SIZE, FEED_FORWARD = 256, 32
HALF = SIZE // 2
POSITIONS = [column for column in range(SIZE) if column % HALF < 16]
PIECES = range(60, HALF)
COSINES = range(HALF + 16, SIZE)
FLOATS, BYTES, INTGEMM = 0x404, 0x101, 0x4101

type Matrix = list[list[float]]


def make(folder: Path, source: str = "zh-Hans", target: str = "en") -> Path:
    """`<folder>/<source>-<target>/` as fxtranslate's cache has it. From Chinese, or to it."""
    place = folder / f"{source}-{target}"
    place.mkdir(parents=True)
    model, source_vocabulary, target_vocabulary = files(from_chinese=target == "en")
    short = f"{source[:2]}{target[:2]}"
    (place / f"model.{short}.intgemm.alphas.bin").write_bytes(model)
    (place / f"srcvocab.{short}.spm").write_bytes(source_vocabulary)
    (place / f"trgvocab.{short}.spm").write_bytes(target_vocabulary)
    return place


@cache
def files(*, from_chinese: bool = True) -> tuple[bytes, bytes, bytes]:
    """Model, vocabulary of the source, vocabulary of the target."""
    chinese = ["</s>", "<unk>", *WORDS, "▁", *COPIED]
    english = ["</s>", "<unk>", *map(_english, WORDS.values()), "▁", *COPIED]
    beside = dict(zip(WORDS, map(_english, WORDS.values()), strict=True))
    if not from_chinese:
        chinese, english = english, chinese
        beside = {there: here for here, there in beside.items()}
    to = [
        english.index(word) if (word := beside.get(one, one)) in english else 1 for one in chinese
    ]
    return _model(to, len(english)), _vocabulary(chinese), _vocabulary(english)


def _english(word: str) -> str:
    return f"▁{word}" if word.isalpha() else word


def _vocabulary(words: list[str]) -> bytes:
    """SentencePiece's ModelProto: pieces with score and type, trainer (unigram), normaliser."""
    kinds = {"</s>": 3, "<unk>": 2}
    pieces = b"".join(
        _field(1, _field(1, word.encode()) + _score(word) + _number(3, kinds.get(word, 1)))
        for word in words
    )
    trainer = _number(3, 1) + _number(40, 1) + _number(42, 0)
    normaliser = _field(1, b"identity") + _number(3, 1) + _number(4, 1) + _number(5, 1)
    return pieces + _field(2, trainer) + _field(3, normaliser)


def _score(word: str) -> bytes:
    return _varint(2 << 3 | 5) + struct.pack("<f", -1.0 if len(word) > 1 else -5.0)


def _varint(number: int) -> bytes:
    out = b""
    while number > 127:
        out, number = out + bytes([number & 127 | 128]), number >> 7
    return out + bytes([number])


def _field(number: int, data: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(data)) + data


def _number(number: int, value: int) -> bytes:
    return _varint(number << 3) + _varint(value)


class _Items:
    """Marian's parameters: name, type, shape, bytes."""

    def __init__(self) -> None:
        self.found: list[tuple[str, int, tuple[int, ...], bytes]] = []

    def floats(self, name: str, rows: Matrix) -> None:
        data = b"".join(array.array("f", row).tobytes() for row in rows)
        self.found.append((name, FLOATS, (len(rows), len(rows[0])), data))

    def bytes(self, name: str, rows: Matrix, *, turned: bool = True) -> None:
        """Eight bits with a multiplier behind them, as intgemm wants weights."""
        scale = 127 / (max(abs(x) for row in rows for x in row) or 1.0)
        stored = zip(*rows, strict=True) if turned else rows
        data = b"".join(struct.pack(f"{len(r)}b", *(round(x * scale) for x in r)) for r in stored)
        data += struct.pack("<f", scale)
        self.found.append((name, INTGEMM, (len(rows), len(rows[0])), data + _padding(data)))

    def weights(self, name: str, rows: Matrix) -> None:
        self.bytes(name, rows)
        self.floats(f"{name}_QuantMultA", [[127 / 16]])

    def norm(self, name: str, scale: list[float] | None = None) -> None:
        self.floats(f"{name}_ln_scale", [scale or [1.0] * SIZE])
        self.floats(f"{name}_ln_bias", [[0.0] * SIZE])

    def attention(self, name: str, *matrices: Matrix) -> None:
        for letter, rows in zip("qkvo", matrices, strict=True):
            self.weights(f"{name}_W{letter}", rows)
            self.floats(f"{name}_b{letter}", [[0.0] * SIZE])

    def feed_forward(self, name: str) -> None:
        self.weights(f"{name}_W1", _zeros(SIZE, FEED_FORWARD))
        self.floats(f"{name}_b1", [[0.0] * FEED_FORWARD])
        self.weights(f"{name}_W2", _zeros(FEED_FORWARD, SIZE))
        self.floats(f"{name}_b2", [[0.0] * SIZE])
        self.norm(f"{name}_ffn")


def _zeros(rows: int, columns: int) -> Matrix:
    return [[0.0] * columns for _ in range(rows)]


def _diagonal(columns: list[int] | range, value: float) -> Matrix:
    rows = _zeros(SIZE, SIZE)
    for column in columns:
        rows[column][column] = value
    return rows


def _embeddings(count: int) -> Matrix:
    """One column a piece. The cosine half of the position encoding is evened out."""
    rows = _zeros(count, SIZE)
    for at, row in enumerate(rows):
        row[PIECES[at]] = 1.0
        for column in COSINES:
            row[column] = -1 / 16
    return rows


def _model(to: list[int], targets: int) -> bytes:
    none, by_position = _zeros(SIZE, SIZE), _diagonal(POSITIONS, 8.0)
    beside = _zeros(SIZE, SIZE)
    for at, there in enumerate(to):
        beside[PIECES[at]][PIECES[there]] = 1.0
    items = _Items()
    items.bytes("encoder_Wemb", _embeddings(len(to)), turned=False)
    items.bytes("decoder_Wemb", _embeddings(targets), turned=False)
    items.floats("none_QuantMultA", [[127 / 16]])
    items.floats("decoder_ff_logit_out_b", [[0.0] * targets])
    items.attention("encoder_l1_self", none, none, none, none)
    items.norm("encoder_l1_self_Wo")
    items.feed_forward("encoder_l1_ffn")
    items.weights("decoder_l1_rnn_W", none)
    items.weights("decoder_l1_rnn_Wf", none)
    items.floats("decoder_l1_rnn_bf", [[0.0] * SIZE])
    items.norm("decoder_l1_rnn_ffn", [0.0 if at in PIECES else 1.0 for at in range(SIZE)])
    items.attention("decoder_l1_context", by_position, by_position, beside, _diagonal(PIECES, 1.0))
    items.norm("decoder_l1_context_Wo")
    items.feed_forward("decoder_l1_ffn")
    return _packed([_description(len(to), targets), *items.found])


def _description(sources: int, targets: int) -> tuple[str, int, tuple[int, ...], bytes]:
    lines = [
        f"dim-emb: {SIZE}",
        "enc-depth: 1",
        "dec-depth: 1",
        "transformer-heads: 1",
        f"transformer-dim-ffn: {FEED_FORWARD}",
        f"dim-vocabs: \n  - {sources}\n  - {targets}\n",
    ]
    text = "\n".join(lines).encode() + b"\0"
    return "special:model.yml", BYTES, (len(text),), text


def _packed(items: list[tuple[str, int, tuple[int, ...], bytes]]) -> bytes:
    names = [name.encode() + b"\0" for name, *_ in items]
    out = struct.pack("<QQ", 1, len(items))
    for (_, kind, shape, data), name in zip(items, names, strict=True):
        out += struct.pack("<QQQQ", len(name), kind, len(shape), len(data))
    out += b"".join(names)
    out += b"".join(struct.pack(f"<{len(shape)}i", *shape) for _, _, shape, _ in items)
    padding = b"\0" * (-(len(out) + 8) % 256)
    return out + struct.pack("<Q", len(padding)) + padding + b"".join(data for *_, data in items)


def _padding(data: bytes) -> bytes:
    return b"\0" * (-len(data) % 256)
