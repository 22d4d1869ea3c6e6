"""The pages of what is looked for, and of the switches: for who keeps order on the whole site."""

import pytest
from django.utils import timezone

from exchange.ledger.models import Event
from exchange.safety.models import Switch, Watch
from tests.cast import open_thread, reply

ADDED = {"text": "刷单", "sort": "word", "kind": "hold", "language": "zh", "reason": "spam"}
LIST = "/en/moderation/filters/"
SWITCHES = "/en/moderation/switches/"


def add(browser, **changes):
    return browser.post(LIST, ADDED | changes)


def seen(page) -> str:
    return page.content.decode().partition('name="seen" value="')[2].partition('"')[0]


def test_from_a_word_to_its_trial_its_activation_and_its_removal(thread, mei, lin, rules, log_in):
    reply(mei, thread, "有人叫我刷 单，是骗人的吗？")
    open_thread(mei, thread.board, title="兼职刷单靠谱吗？", body="想问问。", title_other="")
    browser = log_in(lin)
    added = add(browser)
    watch = Watch.objects.get()
    assert (added.status_code, added["Location"]) == (302, f"{LIST}{watch.pk}/trial/")
    trial = browser.get(added["Location"])
    page = trial.content.decode()
    assert "It would have caught 2 posts of the last 30 days." in page and "刷 单" in page
    assert "shuadan" in page and "Switch it on" in page
    assert Watch.objects.get().active_at is None
    answer = browser.post(f"{LIST}{watch.pk}/activation/", {"seen": seen(trial)})
    assert (answer.status_code, Watch.objects.get().active_at is not None) == (302, True)
    assert reply(mei, thread, "刷单").state == "held"
    assert browser.get(f"{LIST}{watch.pk}/removal/").status_code == 200
    assert browser.post(f"{LIST}{watch.pk}/removal/").status_code == 302
    assert "刷单" not in browser.get(LIST).content.decode()
    assert browser.get(f"{LIST}{watch.pk}/trial/").status_code == 404


def test_nothing_is_switched_on_without_its_own_trial(lin, rules, log_in):
    browser = log_in(lin)
    add(browser)
    add(browser, text="博彩")
    first, second = Watch.objects.order_by("pk")
    other = seen(browser.get(f"{LIST}{second.pk}/trial/"))
    for sent in ({}, {"seen": "1"}, {"seen": other}, {"seen": other[:-2]}):
        assert browser.post(f"{LIST}{first.pk}/activation/", sent).status_code == 403
    assert not Watch.objects.exclude(active_at=None).exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"sort": "pattern", "text": "(a"}, "A bracket ( is not closed."),
        ({"sort": "pattern", "text": "a*"}, "it would stop every post"),
        ({"sort": "pattern", "text": "."}, "almost every ordinary sentence"),
        ({"sort": "domain", "text": "nowhere"}, "a whole domain"),
        ({"text": ""}, "Please write something"),
        ({"text": "x" * 201}, "too long"),
        ({"reason": ""}, "choose the rule"),
        ({"kind": "burn"}, "burn"),
    ],
)
def test_what_cannot_be_looked_for_comes_back_with_the_reason(changes, said, lin, rules, log_in):
    answer = add(log_in(lin), **changes)
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page
    assert not Watch.objects.exists()
    if text := changes.get("text"):
        assert f'value="{text}"' in page


def test_the_same_again_says_where_it_is(lin, rules, log_in):
    browser = log_in(lin)
    add(browser)
    again = add(browser)
    assert again.status_code == 409
    assert f"{LIST}{Watch.objects.get().pk}/trial/" in again.content.decode()


def test_a_trial_writes_nothing_and_shows_only_the_first_few(thread, mei, lin, rules, log_in):
    for number in range(25):
        reply(mei, thread, f"刷单 {number}")
    browser = log_in(lin)
    add(browser)
    before = Event.objects.count()
    page = browser.get(f"{LIST}{Watch.objects.get().pk}/trial/").content.decode()
    assert "caught 25 posts" in page and page.count('class="sheet case"') == 21
    assert Event.objects.count() == before


def test_old_posts_are_not_tried(thread, mei, lin, rules, log_in):
    post = reply(mei, thread, "刷单")
    type(post).objects.filter(pk=post.pk).update(created_at=timezone.now() - timezone.timedelta(40))
    browser = log_in(lin)
    add(browser)
    page = browser.get(f"{LIST}{Watch.objects.get().pk}/trial/").content.decode()
    assert "caught 0 posts" in page


def test_the_words_stand_in_no_public_page(lin, rules, log_in, client):
    browser = log_in(lin)
    add(browser)
    watch = Watch.objects.get()
    browser.post(
        f"{LIST}{watch.pk}/activation/", {"seen": seen(browser.get(f"{LIST}{watch.pk}/trial/"))}
    )
    log = client.get("/en/moderation/log/").content.decode()
    assert "switched on a word that is looked for" in log and "刷单" not in log


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_switch_is_turned_on_and_off_and_stands_in_the_log(language, lin, log_in, client):
    browser = log_in(lin)
    address = SWITCHES.replace("/en/", f"/{language}/")
    assert browser.get(address).status_code == 200
    assert browser.post(address, {"name": "hold_all", "on": "yes"}).status_code == 302
    assert (
        Switch.objects.get().name == "hold_all" and "lin" in browser.get(address).content.decode()
    )
    browser.post(address, {"name": "hold_all", "on": "no"})
    assert not Switch.objects.exists()
    log = client.get(f"/{language}/moderation/log/").content.decode()
    assert ("protection against attacks" in log) == (language == "en")


@pytest.mark.parametrize("sent", [{}, {"name": "hold_all"}, {"name": "moon", "on": "yes"}])
def test_no_other_switch_can_be_turned(sent, lin, log_in):
    assert log_in(lin).post(SWITCHES, sent).status_code == 422
    assert not Switch.objects.exists()


@pytest.mark.parametrize("address", [LIST, SWITCHES])
def test_for_others_there_are_no_such_pages(address, mei, board_moderator, log_in, client):
    for browser in (client, log_in(mei), log_in(board_moderator)):
        assert browser.get(address).status_code == 404
        assert browser.post(address, ADDED | {"name": "hold_all", "on": "yes"}).status_code == 404
