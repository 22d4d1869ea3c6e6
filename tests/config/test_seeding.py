import tomllib

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command

from exchange.accounts.models import User
from exchange.boards.models import Board, Thread
from exchange.config import seeding
from exchange.moderation import actions
from exchange.safety.models import Rule

BOARDS = (
    "welcome rent tuition healthcare daily-life english-corner exam-papers li-hua "
    "pets-and-memes old-friends site"
).split()
RULES = (
    "harassment hate private-data spam scam sexual minors mistranslation off-topic other".split()
)


def rows(name: str) -> list[dict]:
    folder = django_settings.SEEDS_DIR / name
    return [tomllib.loads(file.read_text()) for file in sorted(folder.glob("*.toml"))]


def test_boards_and_rules_are_the_ones_of_the_design_in_three_languages(bare):
    assert list(Board.objects.values_list("slug", flat=True)) == BOARDS
    assert list(Rule.objects.values_list("code", flat=True)) == RULES
    for texts in [*Board.objects.values_list("name", flat=True), Rule.objects.first().text]:
        assert all(texts[language] for language in ("en", "zh-hans", "zh-hant"))


def test_traditional_names_are_made_from_the_simplified_ones(bare):
    board = Board.objects.get(slug="tuition")
    assert (board.name["zh-hans"], board.name["zh-hant"]) == ("学费", "學費")


def test_without_demo_there_are_no_sample_people(bare):
    assert not User.objects.filter(is_sample=True).exists()
    assert Thread.objects.count() == 1


def test_the_opening_post_is_pinned_in_two_halves_with_its_facts(bare, client):
    post = seeding.opening_post()
    assert post.thread.pinned_at
    assert post.passage.language == "en"
    assert post.passage.translations.get().language == "zh-hans"
    for language, words in [("en", "published in Beijing"), ("zh-hans", "曹元龙")]:
        assert words in client.get(f"/{language}/threads/{post.thread_id}/").content.decode()


@pytest.mark.parametrize(
    "fact",
    [
        "Catalina",
        "Simon",
        "22 hours",
        "January 15",
        "January 13",
        "January 19",
        "abainsane",
        "Li Hua",
    ],
)
def test_the_account_tells_every_episode(fact, bare):
    assert fact in " ".join(seeding.opening_post().passage.body.split())


def test_what_an_operator_changed_is_left_alone(bare, lin):
    actions.open_board(by=lin, board=Board.objects.get(slug="site"), access="members")
    call_command("seed")
    assert Board.objects.get(slug="site").access == "members"


def test_seeds_do_not_quote_a_later_post():
    for row in rows("threads"):
        for number, post in enumerate(row["post"], 1):
            assert post.get("quote", 0) < number


def test_who_reads_one_language_and_learns_none_says_that_an_app_wrote_the_other_half():
    people = tomllib.loads((django_settings.SEEDS_DIR / "people.toml").read_text())["person"]
    families = {
        person["username"]: {code[:2] for code in person["reads"] + person["learning"]}
        for person in people
    }
    for row in rows("threads"):
        for post in row["post"]:
            if post.get("body_other") and len(families[post["by"]]) == 1:
                assert post.get("used_translator"), (row["key"], post["by"], post["body"])
