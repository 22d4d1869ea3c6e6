from exchange.boards.queries import thread as get_thread
from exchange.moderation import actions, queries
from tests.cast import open_thread


def entry(reader, verb):
    return next(e for e in queries.entries(reader, 0, 20) if e.event.verb == verb)


def test_the_log_names_a_thread_in_the_pages_language(thread, lin, rules, nobody, client):
    actions.lock(moderator=lin, thread=thread, rule=rules["other"])
    for language, title in [("en", "one-bedroom"), ("zh-hans", "你们租一室一厅要多少钱？")]:
        assert title in client.get(f"/{language}/moderation/log/").content.decode()


def test_the_log_does_not_name_a_thread_whose_title_is_hidden(thread, lin, rules, nobody):
    actions.hide(moderator=lin, post=thread.posts.get(), rule=rules["hate"])
    assert entry(nobody, "post.hidden").title == ""


def test_the_log_says_where_a_thread_was_moved_to(thread, welcome, lin, rules, nobody):
    actions.move(moderator=lin, thread=thread, board=welcome, rule=rules["off-topic"])
    assert entry(nobody, "thread.moved").board == welcome


def test_what_moved_into_a_closed_board_leaves_the_public_log(
    thread, members_board, tom, lin, rules, nobody
):
    actions.move(moderator=lin, thread=thread, board=members_board, rule=rules["off-topic"])
    assert queries.entries(nobody, 0, 20) == []
    assert entry(tom, "thread.moved").board == members_board


def test_a_title_with_one_half_is_named_as_it_is(rent, mei, lin, rules, nobody):
    thread = open_thread(mei, rent, title="押一付三", title_other="")
    actions.pin(moderator=lin, thread=get_thread(lin, thread.pk), rule=rules["other"])
    found = entry(nobody, "thread.pinned")
    assert (found.title, found.title_language) == ("押一付三", "zh-hans")


def test_who_moderates_the_whole_site_reads_what_everybody_reads(thread, lin, rules, nobody):
    actions.lock(moderator=lin, thread=thread, rule=rules["other"])
    everybody = [found.event.pk for found in queries.entries(nobody, 0, 20)]
    assert entry(nobody, "thread.locked").event.pk in everybody
    assert [found.event.pk for found in queries.entries(lin, 0, 20)] == everybody
