import re

import pytest
from django.contrib.messages import get_messages

from exchange.languages.models import Passage


def there(passage, language="en") -> str:
    return f"/{language}/passages/{passage.pk}/language/"


def say(browser, passage, language, page="en"):
    response = browser.post(there(passage, page), {"language": language})
    return response, [str(m) for m in get_messages(response.wsgi_request)]


def language(passage) -> str:
    return Passage.objects.get(pk=passage.pk).language


def test_the_page_says_what_it_is_and_how_that_was_found(post, client) -> None:
    page = client.get(there(post.passage)).content.decode()
    assert "简体中文" in page and "found by its letters and words." in page
    assert re.search(r'value="zh-hans"[^>]*checked', page)


def test_one_reader_is_told_that_another_has_to_agree(post, tom, sam, log_in) -> None:
    assert say(log_in(tom), post.passage, "zh-hant")[1] == [
        "Thank you. One more reader has to agree before it changes."
    ]
    assert language(post.passage) == "zh-hans"
    response, said = say(log_in(sam), post.passage, "zh-hant")
    assert said == ["Thank you. It is marked as 繁體中文 now."]
    assert language(post.passage) == "zh-hant"
    assert "two readers said so." in log_in().get(response.url).content.decode()


def test_a_moderator_and_the_author_change_it_alone(post, lin, mei, log_in) -> None:
    say(log_in(lin), post.passage, "mixed")
    assert language(post.passage) == "mixed"
    say(log_in(mei), post.passage, "zh-hans")
    assert language(post.passage) == "zh-hans"


def test_what_it_is_already_changes_nothing(post, lin, log_in) -> None:
    assert say(log_in(lin), post.passage, "zh-hans")[1] == ["It is marked as that already."]


@pytest.mark.parametrize("page", ["en", "zh-hans"])
@pytest.mark.parametrize("typed", ["", "fr", "zh-hans\x00"])
def test_a_language_that_there_is_not_is_refused(typed, page, post, tom, log_in) -> None:
    response, _ = say(log_in(tom), post.passage, typed, page)
    assert response.status_code == 422
    expected = {"en": "Choose a language.", "zh-hans": "请选择一种语言。"}
    assert expected[page] in response.content.decode()


def test_a_stranger_is_asked_to_log_in(post, client) -> None:
    response, _ = say(client, post.passage, "en")
    assert response.status_code == 403 and 'value="en"' in response.content.decode()


@pytest.mark.parametrize(
    ("page", "words"),
    [("en", "corrected the language of a text"), ("zh-hans", "更正")],
)
def test_the_public_log_tells_it_and_leads_to_the_post(page, words, post, lin, log_in) -> None:
    say(log_in(lin), post.passage, "mixed")
    log = log_in().get(f"/{page}/moderation/log/").content.decode().partition("<main")[2]
    assert words in log and f'href="/{page}/posts/{post.pk}/"' in log
    assert "简体中文 →" in log


def test_the_log_leads_to_the_thread_of_a_title(untitled, lin, log_in) -> None:
    say(log_in(lin), untitled.title, "zh-hant")
    log = log_in().get("/en/moderation/log/").content.decode().partition("<main")[2]
    assert f'href="/en/threads/{untitled.pk}/"' in log and "押一付三" in log
