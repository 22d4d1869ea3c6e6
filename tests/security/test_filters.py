"""Check 24: what moderators may look for is refused or run in time linear in the text."""

import time

import pytest

from exchange.safety.folding import folded
from exchange.safety.gates import sites
from exchange.safety.rules import can_watch
from exchange.safety.watching import Entry, Filters

EVIL = [
    r"(a+)+$", r"(a*)*b", r"(a|a)*c", r"(a|aa)+$", r"([a-zA-Z]+)*$", r"(.*a){20}", r"(x+x+)+y",
    r"^(([a-z])+.)+[A-Z]([a-z])+$", r"(\w+\s?)*!", r"(?:a?){30}a{30}", r"((a+)+)+b", r"(.*)*x",
    r"(a{1,100}){1,9}b", r"(微+)+信$", r"(微|微微)*信x", r"(\S+)*@", r"([^,]*,){30}z", r"(0|1|01)*2$",
    r"(?=(a+)+$)", r"(a+)\1+b",
]  # fmt: skip
TEXTS = ["a" * 50_000 + "!", "微" * 50_000, ("ab, " * 12_500), "x" * 49_999 + "z", "01" * 25_000]
# Far above what it takes here, far below what anything exponential does.
ENOUGH = 2.0  # seconds for one pattern and one text, on a busy machine


@pytest.mark.parametrize("pattern", EVIL)
def test_an_evil_pattern_is_refused_or_linear(pattern: str) -> None:
    if can_watch("pattern", pattern):
        return
    filters = Filters([Entry(1, "pattern", "hold", pattern)])
    for text in TEXTS:
        began = time.process_time()
        filters.hits(text)
        assert time.process_time() - began < ENOUGH


def test_twice_the_text_costs_about_twice() -> None:
    filters = Filters([Entry(n, "pattern", "hold", p) for n, p in enumerate(EVIL[:18])])
    costs = []
    for size in (12_500, 50_000):
        began = time.process_time()
        filters.hits("a" * size + "!")
        costs.append(time.process_time() - began)
    assert costs[1] < 16 * max(costs[0], 0.01)


@pytest.mark.parametrize(
    "text",
    [
        "a1" * 25000,
        "1" * 50000,
        "w e i " * 8000,
        "微" * 50000,
        "%61." * 12000,
        "xn--" * 12000,
        ". " * 25000,
        "http://" * 7000,
        "www." * 12000,
        "稍微信任" * 12000,
        "a dot " * 8000,
    ],
)
def test_our_own_patterns_and_foldings_are_linear_too(text: str) -> None:
    words = ["微信", "weixin", "viagra", "稍微", "a dot com", "信任"]
    filters = Filters(
        [Entry(n, "word", "hold", word) for n, word in enumerate(words)]
        + [Entry(9, "domain", "hold", "example.com")]
    )
    began = time.process_time()
    filters.hits(text)
    sites(text)
    assert time.process_time() - began < ENOUGH
    assert len(folded(text).tight) <= len(text)
