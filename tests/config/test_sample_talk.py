"""The sample people and what they say, seeded once for all tests here."""

from collections import Counter

from django.core.management import call_command

from exchange.accounts.models import User
from exchange.boards.models import Board, Moderator, Post, Thread
from exchange.config import seeding
from exchange.languages.models import Translation
from exchange.ledger.models import Event
from exchange.safety.models import Rule


def test_seeding_twice_changes_nothing(demo):
    def state():
        models = (User, Board, Rule, Thread, Post, Event, Moderator, Translation)
        return [model.objects.count() for model in models]

    before = state()
    call_command("seed")
    assert state() == before


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
    assert set(used) == set(Board.objects.values_list("slug", flat=True))


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
