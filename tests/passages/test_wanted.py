import pytest

from exchange.boards.models import Post
from exchange.languages import actions
from exchange.languages.models import Passage
from tests.boards.test_budgets import queries_of
from tests.cast import open_thread, reply

LIST = "/en/translations/wanted/"


def listed(browser, query="?into=en") -> str:
    response = browser.get(LIST + query)
    assert response.status_code == 200
    return response.content.decode().partition("<main")[2]


def ask(by, passage, language="en") -> None:
    actions.ask_for_translation(by=by, passage=passage, language=language)


def test_what_nobody_translated_stands_there_and_the_rest_does_not(post, mei, client) -> None:
    reply(mei, post.thread, "有两半的帖子。", body_other="A post with both halves.")
    page = listed(client)
    assert f'href="/en/passages/{post.passage_id}/translation/?into=en"' in page
    assert "有两半的帖子" not in page and "one-bedroom" not in page.partition("<ol")[0]
    assert "I pay about a third" in listed(client, "?into=zh")


def test_what_is_asked_for_most_comes_first_then_the_newest(post, mei, tom, sam, client) -> None:
    newer = reply(mei, post.thread, "第二个帖子，说的是学费。")
    newest = reply(mei, post.thread, "第三个帖子，说的是看病。")
    for by, passage in ((tom, post.passage), (sam, post.passage), (tom, newer.passage)):
        ask(by, passage)
    page = listed(client)
    order = [page.index(f"/passages/{p.passage_id}/") for p in (post, newer, newest)]
    assert order == sorted(order)
    assert "<b>2</b>" in page and "ask for it" in page


def test_titles_are_texts_too(untitled, client) -> None:
    page = listed(client)
    assert f"/passages/{untitled.title_id}/translation/" in page and "押一付三" in page


def test_a_translated_text_leaves_the_list(post, tom, mei, client) -> None:
    proposal = actions.propose(
        by=tom, passage=post.passage, language="en", body="Too high.", from_version=1
    )
    actions.accept(by=mei, proposal=proposal)
    assert f"/passages/{post.passage_id}/" not in listed(client)


def test_a_machine_s_words_do_not_take_it_off(post, client) -> None:
    actions.put_by_machine(
        passage=post.passage, language="en", body="Too high.", version=1, engine="x"
    )
    assert f"/passages/{post.passage_id}/" in listed(client)


@pytest.mark.parametrize("field", ["hidden_at", "deleted_at"])
def test_hidden_and_deleted_posts_are_not_in_it(field, post, client) -> None:
    Post.objects.filter(pk=post.pk).update(**{field: post.created_at})
    assert f"/passages/{post.passage_id}/" not in listed(client)


def test_closed_boards_are_not_in_it(mei, tom, members_board, client, log_in) -> None:
    thread = open_thread(mei, members_board, title="只给成员看", title_other="", body="秘密。")
    assert f"/passages/{thread.title_id}/" not in listed(client)
    assert f"/passages/{thread.title_id}/" in listed(log_in(tom))


def test_texts_in_neither_language_are_not_in_it(post, client) -> None:
    Passage.objects.filter(pk=post.passage_id).update(language="other")
    assert f"/passages/{post.passage_id}/" not in listed(client)


def test_readers_get_what_they_can_write_unasked(post, mei, tom, log_in) -> None:
    assert "房租太贵了" in listed(log_in(tom), "")
    assert "房租太贵了" not in listed(log_in(mei), "")


@pytest.mark.parametrize("query", ["?into=fr", "?page=0", "?page=x", "?into=en&page=99"])
def test_a_list_that_there_is_not_is_not_found(query, client, post) -> None:
    assert client.get(LIST + query).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_with_1_or_3_rows(rows, post, mei, tom, client) -> None:
    for number in range(rows - 1):
        more = reply(mei, post.thread, f"再来一个帖子，第{number}个，说房租。")
        ask(tom, more.passage)
    # asked for, how many, the others, posts, threads
    assert queries_of(client, LIST + "?into=en") == 5


def test_pages_of_it_hold_each_text_once(mei, tom, thread, client, monkeypatch) -> None:
    monkeypatch.setattr("exchange.passages.queries.WANTED_PER_PAGE", 2)
    posts = [reply(mei, thread, f"第{number}个帖子，说的是房租。") for number in range(5)]
    ask(tom, posts[1].passage)
    pages = "".join(listed(client, f"?into=en&page={number}") for number in (1, 2, 3))
    found = [pages.count(f"/passages/{post.passage_id}/translation/") for post in posts]
    assert found == [1] * 5


def test_lists_of_threads_and_the_menu_lead_there(thread, tom, log_in) -> None:
    page = log_in(tom).get("/en/").content.decode()
    assert page.count(f'href="{LIST}"') == 2
