"""The site's own talk: what people translated passes, and no form of a post is lost on the way."""

import random
import re
import tomllib
from collections import Counter
from collections.abc import Iterator

from django.conf import settings

from exchange.languages.engines import translate_body
from exchange.languages.engines.verdict import Said, of_all
from exchange.languages.render import plain
from exchange.languages.script import detect
from exchange.languages.sentences import align
from tests.languages.engines.guests import WordForWord

ENGLISH = (
    "the rent is high and we live near school with many friends who like food when it rains because "
    "our landlord said that winter will be long or short for them"
).split()
CHINESE = (
    "房租很高我们住在学校附近还有许多朋友喜欢吃东西下雨的时候因为房东说冬天会长或者短对他们没有关系"
)
HALF_WIDTH = str.maketrans("，。！？：；（）、“”", ',.!?:;(),""')


def halves() -> Iterator[tuple[str, str]]:
    """Each text of the seeds with its other half, which is "" where it has none."""
    for file in sorted((settings.SEEDS_DIR / "threads").glob("*.toml")):
        thread = tomllib.loads(file.read_text(encoding="utf-8"))
        yield thread["title"], thread.get("title_other", "")
        for post in thread["post"]:
            yield post.get("body", ""), post.get("body_other", "")


PAIRS = [(left, right) for left, right in halves() if left]


class Babbler(WordForWord):
    """Says as much as it should in the right language, but any words; `spoil` comes first."""

    def translate(self, texts, source, target):
        say = self._english if target == "en" else self._chinese
        return [say(self.spoil(text), random.Random(text)) for text in texts]

    def _english(self, text: str, chance: random.Random) -> str:
        def words(found: re.Match[str]) -> str:
            count = max(1, round(len(found[0]) * 0.6))
            return f" {' '.join(chance.choice(ENGLISH) for _ in range(count))} "

        said = re.sub(r"[\u3400-\u9fff]+", words, text).translate(HALF_WIDTH)
        return re.sub(r" +([,.!?:;)])", r"\1", re.sub(" +", " ", said)).strip()

    def _chinese(self, text: str, chance: random.Random) -> str:
        def words(found: re.Match[str]) -> str:
            return "".join(chance.choice(CHINESE) for _ in range(1 + (len(found[0]) > 3)))

        said = re.sub(r"\b(?!Z\d+Q\b)[A-Za-z']+", words, text)
        return re.sub(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])", "", said)


def reasons(engine: Babbler, bodies: list[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for body in bodies:
        source = detect(body).language
        target = "zh-hans" if source == "en" else "en"
        if source != "other":
            found[translate_body(engine, body, source, target).reason] += 1
    return found


def test_every_text_of_the_seeds_keeps_its_form() -> None:
    bodies = [body for pair in PAIRS for body in pair if body]
    told = [body for body in bodies[::2] if detect(body).language != "other"]
    assert len(told) > 230
    assert reasons(Babbler(), told) == {"": len(told)}


def test_so_it_does_where_the_engine_loses_every_placeholder() -> None:
    bodies = [body for pair in PAIRS for body in pair if body]
    losing = Babbler(lambda text: re.sub(r"\s?Z\d+Q\s?", "", text))
    told = [body for body in bodies[1::4] if detect(body).language != "other"]
    assert reasons(losing, told) == {"": len(told)}


def test_what_people_translated_would_pass() -> None:
    """All but those that teach, and so quote the other language at length."""
    found: Counter[str] = Counter()
    for left, right in PAIRS:
        for source, translation in ((left, right), (right, left)):
            language = detect(translation).language
            if language in ("en", "zh-hans", "zh-hant") and source:
                said = [Said(a, b) for a, b in align(plain(source), plain(translation))]
                found[of_all([one for one in said if one.sent and one.came], language)] += 1
    assert found.total() > 400
    assert found[""] >= 0.985 * found.total()
