"""What looking for 5,000 words in a post of 2,000 characters costs, beside rendering it."""

import random
import string

from .bench_words import CHINESE, ENGLISH, measure
from .lanes import say

WORDS, LETTERS = 5_000, 2_000
MOST_MS = 2.0


def report() -> None:
    from exchange.languages.render import bare_links, read, render
    from exchange.safety.watching import Entry, Filters

    say(f"\nlooking for {WORDS:,} words, half of them Chinese, in a post of {LETTERS:,} characters")
    filters = Filters(
        [Entry(number, "word", "hold", word) for number, word in enumerate(_words(), 1)]
    )
    for name, text in (("Chinese", CHINESE), ("English", ENGLISH), ("both", CHINESE + ENGLISH)):
        post = (text * LETTERS)[:LETTERS]
        taken = measure(lambda post=post: filters.hits(post)) / 1000
        bare = measure(lambda post=post: render(post, "mixed")) / 1000
        verdict = "within budget" if taken < MOST_MS else "OVER BUDGET"
        say(f"{name:12} {verdict}: {taken:.2f} ms ({taken / bare:.2f} x rendering it)")
        # Before that: what readers see of it, and where its links lead.
        plain = measure(lambda post=post: bare_links(post)) / 1000
        linked = measure(lambda post=post: read(f"{post} [x](https://a.example)")) / 1000
        say(f"{'':12} its links: {plain:.2f} ms, {linked:.2f} ms where it has Markdown's own")


def _words() -> list[str]:
    chance = random.Random(1)
    han = [chr(chance.randrange(0x4E00, 0x9000)) for _ in range(3000)]
    chinese = ["".join(chance.choices(han, k=chance.choice((2, 3, 4)))) for _ in range(WORDS // 2)]
    letters = string.ascii_lowercase
    english = ["".join(chance.choices(letters, k=chance.choice((5, 7, 9)))) for _ in chinese]
    return chinese + english


if __name__ == "__main__":
    report()
