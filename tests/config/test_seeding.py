import tomllib
from collections import Counter

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command

from exchange.accounts.models import User
from exchange.boards.models import Board, Moderator, Post, Thread
from exchange.config import seeding
from exchange.languages.models import Translation
from exchange.ledger.models import Event
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


@pytest.fixture
def bare(db, settings):
    settings.DEMO = False
    call_command("seed")


@pytest.fixture
def demo(db, settings, tmp_path):
    settings.DEMO, settings.DATA_DIR = True, tmp_path
    call_command("seed")


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


def test_seeding_twice_changes_nothing(demo):
    def state():
        models = (User, Board, Rule, Thread, Post, Event, Moderator, Translation)
        return [model.objects.count() for model in models]

    before = state()
    call_command("seed")
    assert state() == before


def test_what_an_operator_changed_is_left_alone(bare, lin):
    actions.open_board(by=lin, board=Board.objects.get(slug="site"), access="members")
    call_command("seed")
    assert Board.objects.get(slug="site").access == "members"


def test_an_interrupted_seeding_goes_on_where_it_stopped(demo, monkeypatch):
    thread = Thread.objects.filter(seed_key__isnull=False).order_by("-id").first()
    key = thread.seed_key
    Thread.objects.filter(pk=thread.pk).update(seed_key="renamed")
    call_command("seed")
    assert Thread.objects.filter(seed_key=key).exists()


def test_the_sample_talk_is_as_large_as_promised(demo):
    posts = Post.objects.filter(author__is_sample=True)
    halved = posts.filter(passage__translations__kind="author").distinct().count()
    assert Thread.objects.exclude(seed_key="opening").count() >= 16
    assert posts.count() >= 80
    assert halved / posts.count() >= 0.8


def test_every_board_has_talk(demo):
    used = Counter(Thread.objects.values_list("board__slug", flat=True))
    assert set(used) == set(BOARDS)


def test_sample_posts_say_that_they_are_samples(demo, client):
    thread = Thread.objects.get(seed_key="first-sentence")
    html = client.get(f"/en/threads/{thread.pk}/").content.decode()
    assert html.count(">sample<") == min(thread.last_number, 20)


def test_sample_people_can_log_in_with_the_password_that_is_kept(demo, client):
    password = seeding.demo_password()
    for name in ("mei", "tom", "lin", "sam"):
        fields = {"login": f"{name}@example.org", "password": password}
        answer = client.post("/en/accounts/login/", fields)
        assert answer.status_code == 302, name
        client.logout()
    fields = {"login": "bo@example.org", "password": password}
    assert client.post("/en/accounts/login/", fields).status_code == 200


def test_lin_moderates_the_site_and_the_log_shows_it(demo):
    lin = User.objects.get(username="lin")
    assert Moderator.objects.get(user=lin).board is None
    event = Event.objects.get(verb="moderator.appointed")
    assert event.target_id == lin.pk and event.public


def test_sample_talk_is_older_than_now_and_in_order(demo):
    for thread in Thread.objects.exclude(seed_key="opening"):
        times = list(thread.posts.order_by("number").values_list("created_at", flat=True))
        assert times == sorted(times) and thread.last_post_at == times[-1]


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
