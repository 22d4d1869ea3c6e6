import pytest

from exchange.boards.models import Post
from tests.cast import open_thread, person, reply

# What one reads, and one's own translation of it.
CHINESE = "房租太贵了。水电另算。\n\n你们那儿呢？"
ENGLISH = "The rent is too high. Water and power cost extra.\n\nHow is it where you are?"


@pytest.fixture
def post(mei, thread) -> Post:
    """Mei's, in Chinese alone."""
    return reply(mei, thread, CHINESE)


@pytest.fixture
def untitled(mei, rent):
    """Mei's thread, whose title nobody translated."""
    return open_thread(mei, rent, title="押一付三", body=CHINESE, title_other="")


@pytest.fixture
def readers(db):
    """Three who may agree."""
    return [person(name, reads=["en"]) for name in ("kim", "joe", "ann")]
