"""Files of every format made by code, honest ones and ones whose headers promise too much."""

import io
import random
import struct
import zlib
from typing import Any

from PIL import Image, ImageDraw

PNG = b"\x89PNG\r\n\x1a\n"


def picture(width: int = 96, height: int = 64, seed: int = 1, mode: str = "RGB") -> Image.Image:
    """Shapes on a ground, different for each seed."""
    dice = random.Random(seed)
    drawn = Image.new("RGB", (width, height), tuple(dice.randint(120, 255) for _ in "rgb"))
    pen = ImageDraw.Draw(drawn)
    for _ in range(dice.randint(5, 12)):
        x, y = dice.randint(-width // 8, width), dice.randint(-height // 8, height)
        far = x + dice.randint(width // 12, width // 2), y + dice.randint(height // 12, height // 2)
        shape = dice.choice([pen.ellipse, pen.rectangle])
        shape((x, y, *far), fill=tuple(dice.randint(0, 255) for _ in "rgb"))
    return drawn.convert(mode)


def saved(image: Image.Image, format: str, **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def frames(count: int, width: int = 32, height: int = 24) -> list[Image.Image]:
    return [picture(width, height, seed) for seed in range(count)]


def moving(format: str, count: int, width: int = 32, height: int = 24) -> bytes:
    first, *others = frames(count, width, height)
    return saved(first, format, save_all=True, append_images=others, duration=50, loop=0)


def zeros(size: int) -> bytes:
    """zlib of so many zero bytes, made without having them: one block, said again and again."""
    block = 1 << 20
    press = zlib.compressobj(9)
    head = press.compress(b"\0" * block) + press.flush(zlib.Z_FULL_FLUSH)
    again = press.compress(b"\0" * block) + press.flush(zlib.Z_FULL_FLUSH)
    count, rest = divmod(max(size - block, 0), block)
    end = press.compress(b"\0" * rest) + press.flush(zlib.Z_FINISH)
    total = block + count * block + rest
    adler = (total % 65521) << 16 | 1
    return head + again * count + end[:-4] + adler.to_bytes(4)


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + zlib.crc32(name + content).to_bytes(4)


def png(width: int, height: int, *more: bytes, depth: int = 1, kind: int = 0) -> bytes:
    """All black and truly of that size; `more` are chunks before the pixels."""
    channels = {0: 1, 2: 3, 6: 4}[kind]
    size = height * ((width * depth * channels + 7) // 8 + 1)
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0))
    return PNG + header + b"".join(more) + chunk(b"IDAT", zeros(size)) + chunk(b"IEND", b"")


def with_chunks(data: bytes, *more: bytes) -> bytes:
    """A PNG with more chunks behind its header."""
    return data[:33] + b"".join(more) + data[33:]


def apng(count: int, told: int | None = None) -> bytes:
    """So many frames of one small picture; `told` is how many it says that it has."""
    small = zlib.compress(b"\0\xff" * 8)
    out = [PNG, chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 1, 0, 0, 0, 0))]
    out.append(chunk(b"acTL", struct.pack(">II", count if told is None else told, 0)))
    for at in range(count):
        number = max(0, 2 * at - 1)
        out.append(chunk(b"fcTL", struct.pack(">IIIIIHHBB", number, 8, 8, 0, 0, 1, 10, 0, 0)))
        data = (
            chunk(b"IDAT", small) if at == 0 else chunk(b"fdAT", struct.pack(">I", 2 * at) + small)
        )
        out.append(data)
    return b"".join([*out, chunk(b"IEND", b"")])


def gif(
    count: int, width: int = 1, height: int = 1, screen: tuple[int, int] | None = None
) -> bytes:
    """So many frames, each with one pixel's worth of data."""
    head = (
        b"GIF89a"
        + struct.pack("<HH", *(screen or (width, height)))
        + b"\x80\0\0"
        + b"\0\0\0\xff\xff\xff"
    )
    frame = b"\x21\xf9\x04\0\1\0\0\0" + b"\x2c" + struct.pack("<HHHHB", 0, 0, width, height, 0)
    return head + (frame + b"\x02\x02\x44\x01\0") * count + b";"


def webp(count: int, canvas: tuple[int, int] = (16, 16)) -> bytes:
    """So many frames of one picture, on a canvas that may be any size."""
    still = saved(picture(16, 16), "WEBP")[12:]
    at = struct.pack("<I", 0)[:3]
    head = at + at + b"\x0f\0\0" + b"\x0f\0\0" + b"\x32\0\0" + b"\0"
    frame = b"ANMF" + struct.pack("<I", len(head) + len(still)) + head + still
    size = (canvas[0] - 1).to_bytes(3, "little") + (canvas[1] - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + size
    body += b"ANIM" + struct.pack("<I", 6) + b"\0\0\0\0\0\0" + frame * count
    return b"RIFF" + struct.pack("<I", len(body)) + body


def jpeg_claiming(width: int, height: int) -> bytes:
    data = saved(picture(), "JPEG")
    at = data.index(b"\xff\xc0") + 5
    return data[:at] + struct.pack(">HH", height, width) + data[at + 4 :]


def jpeg_of_scans(count: int, side: int = 4900) -> bytes:
    """A progressive one that tells the same again and again, each time for all of its blocks."""
    data = saved(Image.new("L", (side, side), 90), "JPEG", progressive=True)
    first = data.index(b"\xff\xda")
    second = data.index(b"\xff\xda", first + 2)
    head_end = data.rfind(b"\xff\xc4", first, second)
    end = second if head_end < 0 else head_end
    scan = data[second : data.index(b"\xff", second + 10)]
    return data[:end] + data[end:second] + scan * count + b"\xff\xd9"
