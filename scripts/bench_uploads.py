"""What uploads cost those who only read: pages asked for while ten people send photos at once.

`python -m scripts.bench_uploads` starts a site of its own on the loopback, and ends it.
"""

import io
import statistics
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path

from PIL import Image

from tests.journeys.client import Client
from tests.journeys.site import Site

AT_ONCE = 10
QUIET_LOOKS = 40
BETWEEN = 0.05  # seconds: twenty pages a second


def photo(seed: int) -> bytes:
    """12 megapixels with grain, as a phone takes them: about 3 MB."""
    grain = Image.effect_noise((1000, 750), 40 + seed).resize((4000, 3000))
    shade = Image.radial_gradient("L").resize((4000, 3000))
    content = io.BytesIO()
    Image.merge("RGB", (grain, shade, Image.blend(grain, shade, 0.7))).save(content, "JPEG")
    return content.getvalue()


def look(client: Client, path: str) -> float:
    began = time.perf_counter()
    assert client.get(path).status == 200
    return time.perf_counter() - began


def percentiles(seconds: list[float]) -> str:
    cut = statistics.quantiles(seconds, n=100, method="inclusive")
    return f"p50 {cut[49] * 1000:.0f} ms, p95 {cut[94] * 1000:.0f} ms of {len(seconds)} pages"


def report() -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder) / "data")
        try:
            site.start()
            measure(site)
        finally:
            site.kill()


def measure(site: Site) -> None:
    names = [("mei", "tom")[number % 2] for number in range(AT_ONCE)]
    # A browser each, of two people: connections are not shared.
    people = [replace(site.client(name), timeout=120) for name in names]
    reader, path = site.client(), f"/en/threads/{site.thread('opening')}/"
    photos = [photo(seed) for seed in range(AT_ONCE)]
    quiet = [look(reader, path) for _ in range(QUIET_LOOKS)]
    took: list[float] = []

    def send(number: int) -> None:
        began = time.perf_counter()
        answer = people[number].upload(photos[number])
        assert answer.status == 200, answer.text[:300]
        took.append(time.perf_counter() - began)

    threads = [threading.Thread(target=send, args=[number]) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    busy = []
    while any(thread.is_alive() for thread in threads):
        busy.append(look(reader, path))
        time.sleep(BETWEEN)
    print(f"a page, nobody uploads:      {percentiles(quiet)}")
    print(f"a page, {AT_ONCE} upload at once:   {percentiles(busy)}")
    print(f"an upload of {AT_ONCE} at once:     first {min(took):.1f} s, last {max(took):.1f} s")


if __name__ == "__main__":
    report()
