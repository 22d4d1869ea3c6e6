"""What pictures cost: photos of 12 megapixels in each format, papers, animations, and hostile files.

One photo of grain over soft shapes is written in each format and made safe by a child as the site does it:
seconds from the file to the answer, the child's start included, and the most memory that it had. A film
or a paper has its own row. Then the table of hostile files (tests/uploads/corpus.py).
"""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from tests.uploads import corpus, files, pdfs
from tests.uploads.heif import heic

from .lanes import ROOT, say

ROUNDS = 3
MOST_SECONDS = 1.5  # of a photo of 12 megapixels


def photo(width: int = 4000, height: int = 3000) -> Image.Image:
    """As much detail as a photo of a street on a phone: 2.5 MB as a JPEG."""
    soft = files.picture(width // 8, height // 8).resize((width, height), Image.Resampling.BICUBIC)
    for size, share in ((40, 0.25), (6, 0.12), (1, 0.03)):
        noise = Image.effect_noise((width // size, height // size), 90).resize((width, height))
        soft = Image.blend(soft, noise.convert("RGB"), share)
    return soft


def samples() -> dict[str, tuple[Callable[[], bytes], float]]:
    """By name: how it is made, and what it may cost in seconds (0: no one has said)."""
    shown = photo()
    film = [files.picture(480, 360).rotate(2 * at) for at in range(200)]
    return {
        "JPEG": (lambda: files.saved(shown, "JPEG", quality=90), MOST_SECONDS),
        "progressive JPEG": (
            lambda: files.saved(shown, "JPEG", quality=90, progressive=True),
            MOST_SECONDS,
        ),
        "CMYK JPEG": (
            lambda: files.saved(shown.convert("CMYK"), "JPEG", quality=80),
            MOST_SECONDS,
        ),
        "PNG": (lambda: files.saved(shown, "PNG", compress_level=3), MOST_SECONDS),
        "WebP": (lambda: files.saved(shown, "WEBP", quality=80, method=0), MOST_SECONDS),
        "AVIF": (lambda: files.saved(shown, "AVIF", quality=60, speed=10), MOST_SECONDS),
        "HEIC": (lambda: heic(8, 6, tile=512), MOST_SECONDS),
        "long screenshot": (lambda: files.saved(photo(1080, 12_000), "JPEG"), 0),
        "GIF, 200 frames": (
            lambda: files.saved(film[0], "GIF", save_all=True, append_images=film[1:]),
            0,
        ),
        "WebP, 200 frames": (
            lambda: files.saved(film[0], "WEBP", save_all=True, append_images=film[1:], method=0),
            0,
        ),
        "PDF, 20 pages": (lambda: pdfs.written(pdfs.paper(20)), 0),
    }


def report() -> None:
    say(f"\npictures: best of {ROUNDS}, a child each, with its start")
    say(f"{'12 megapixels':18} {'KB':>7} {'s':>5} {'x JPEG':>6} {'MB':>5}  KB of each part")
    with TemporaryDirectory(prefix="exchange-bench-") as folder, reader() as process:
        path, base = Path(folder) / "file", 0.0
        for name, (make, most) in samples().items():
            path.write_bytes(make())
            rounds = [ask(process, path) for _ in range(ROUNDS)]
            _, seconds, peak, parts = min(rounds, key=lambda found: found[1])
            base = base or seconds
            told = " ".join(f"{part} {size / 1000:.0f}" for part, size in parts[:5])
            over = "  OVER BUDGET" if most and seconds > most else ""
            size = path.stat().st_size / 1000
            say(
                f"{name:18} {size:7.0f} {seconds:5.2f} {seconds / base:6.1f} {peak:5.0f}  {told}{over}"
            )
    say("\nhostile files")
    corpus.main()


def reader() -> "subprocess.Popen[str]":
    """A small process that starts the children: what a child seems to need begins with its size."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.uploads.measure"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def ask(
    process: "subprocess.Popen[str]", path: Path
) -> tuple[str, float, float, list[tuple[str, int]]]:
    assert process.stdin
    assert process.stdout
    process.stdin.write(f"{path}\n")
    process.stdin.flush()
    answer, seconds, peak, parts = json.loads(process.stdout.readline())
    return answer, seconds, peak, parts


if __name__ == "__main__":
    report()
