"""A member's own word list, and the files that it leaves as."""

import csv
import io

import pytest

from exchange.languages.actions import words as actions
from exchange.languages.models import SavedWord
from exchange.moderation import actions as moderation
from exchange.passages.wordlist import sentence_with
from tests.cast import reply

pytestmark = pytest.mark.django_db


def keep(browser, word: str, **fields):
    return browser.post("/en/words/", {"word": word, **fields})


def exported(browser, kind: str) -> str:
    response = browser.get(f"/en/words/export/?as={kind}")
    assert response.status_code == 200 and "attachment" in response["Content-Disposition"]
    return response.content.decode()


def test_a_word_is_kept_once_with_the_sentence_it_was_met_in(thread, mei, tom, log_in) -> None:
    post = reply(mei, thread, "你好。房租**太**贵了！再见。")
    browser = log_in(tom)
    assert keep(browser, "房租", passage=post.passage_id).status_code == 302
    keep(browser, "房租")
    saved = SavedWord.objects.get(owner=tom)
    assert (saved.word, saved.language, saved.passage) == ("房租", "zh-hans", post.passage)
    page = browser.get("/en/words/").content.decode()
    assert "fángzū" in page and "rent for a room or house" in page and "房租太贵了！" in page


def test_the_newest_word_comes_first_and_can_be_taken_off(tom, log_in) -> None:
    browser = log_in(tom)
    for word in ("银行", "deposit"):
        keep(browser, word)
    page = browser.get("/en/words/").content.decode()
    assert page.index(">deposit</b>") < page.index(">银行</b>")
    browser.post("/en/words/", {"word": "银行", "_method": "DELETE"})
    assert list(SavedWord.objects.values_list("word", flat=True)) == ["deposit"]


def test_a_script_gets_an_answer_without_a_page(tom, log_in) -> None:
    browser = log_in(tom)
    headers = {"accept": "application/json"}
    assert browser.post("/en/words/", {"word": "银行"}, headers=headers).json() == {"kept": "银行"}
    refused = browser.post("/en/words/", {"word": " "}, headers=headers)
    assert refused.status_code == 422 and "no word" in refused.json()["reason"]


@pytest.mark.parametrize("word", ["", "  ", "\u200b", "字" * 81])
def test_what_is_no_word_is_refused(tom, log_in, word: str) -> None:
    assert keep(log_in(tom), word).status_code == 422
    assert not SavedWord.objects.exists()


def test_a_full_list_refuses_with_its_reason(tom, log_in, monkeypatch) -> None:
    monkeypatch.setattr(actions, "MOST_WORDS", 1)
    browser = log_in(tom)
    keep(browser, "银行")
    response = keep(browser, "房租")
    assert response.status_code == 409 and "Your word list is full" in response.content.decode()
    assert keep(browser, "银行").status_code == 302  # it is there already


def test_each_member_has_a_list_of_their_own(tom, mei, log_in) -> None:
    keep(log_in(tom), "银行")
    assert "银行" not in log_in(mei).get("/en/words/").content.decode()
    log_in(mei).post("/en/words/", {"word": "银行", "_method": "DELETE"})
    assert SavedWord.objects.filter(owner=tom).count() == 1


def test_a_stranger_is_asked_to_log_in(client) -> None:
    for response in (client.get("/en/words/"), keep(client, "银行"), client.get("/en/words/export/")):
        assert response.status_code == 403


def test_a_text_that_may_not_be_read_lends_no_sentence(thread, mei, tom, lin, log_in, rules) -> None:
    post = reply(mei, thread, "秘密的房租。")
    browser = log_in(tom)
    keep(browser, "房租", passage=post.passage_id)
    assert "秘密" in exported(browser, "csv")
    moderation.hide(moderator=lin, post=post, rule=rules["spam"])
    assert "秘密" not in exported(browser, "csv") + browser.get("/en/words/").content.decode()
    keep(browser, "银行", passage=post.passage_id)
    assert SavedWord.objects.get(word="银行").passage is None


def test_the_table_opens_in_spreadsheets_and_runs_nothing(thread, mei, tom, log_in) -> None:
    post = reply(mei, thread, '=1+2 "银行" +3, 好')
    browser = log_in(tom)
    keep(browser, "银行", passage=post.passage_id)
    for word in ("=cmd()", "-2", "@sum", "+1", "＝1"):
        keep(browser, word)
    text = exported(browser, "csv")
    assert text.startswith("\ufeffword,traditional,reading,senses,sentence")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert rows[-1][:4] == ["银行", "銀行", "yínháng", "bank"]
    assert not [cell for row in rows for cell in row if cell[:1] in tuple("=+-@＝＋－＠\t\r")]


def test_anki_reads_one_note_a_line(thread, mei, tom, log_in) -> None:
    post = reply(mei, thread, "a\tb 银行 “好”\n下一行")
    browser = log_in(tom)
    keep(browser, "银行", passage=post.passage_id)
    keep(browser, "#hash")
    lines = exported(browser, "anki").splitlines()
    assert lines[:2] == ["#separator:tab", "#html:false"]
    assert [len(line.split("\t")) for line in lines[3:]] == [5, 5]
    assert not lines[3].startswith("#")


def test_readings_follow_the_member_s_choice(tom, log_in) -> None:
    tom.zhuyin = True
    tom.save(update_fields=["zhuyin"])
    browser = log_in(tom)
    keep(browser, "银行")
    assert "ㄧㄣˊ ㄏㄤˊ" in exported(browser, "csv")


def test_there_are_two_kinds_of_file(tom, log_in) -> None:
    assert log_in(tom).get("/en/words/export/?as=exe").status_code == 404
    assert log_in(tom).get("/en/words/?page=9").status_code == 404


@pytest.mark.parametrize(
    ("word", "text", "sentence"),
    [
        ("房租", "你好。房租很贵！真的？", "房租很贵！"),
        ("Rent", "Hi. The rent, 3.5 k, is high. Bye.", "The rent, 3.5 k, is high."),
        ("没有", "你好。", ""),
    ],
)
def test_the_sentence_is_the_one_with_the_word(word: str, text: str, sentence: str) -> None:
    assert sentence_with(word, text) == sentence


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ({"help": "all"}, ("all", False, "written")),
        ({"zhuyin": "on"}, ("tap", True, "written")),
        ({"script": "hk"}, ("tap", False, "hk")),
    ],
)
def test_the_menu_of_reading_help_is_remembered_for_a_member(tom, log_in, sent, kept) -> None:
    assert log_in(tom).post("/en/settings/reading/", sent).status_code == 204
    tom.refresh_from_db()
    assert (tom.help, tom.zhuyin, tom.script) == kept


@pytest.mark.parametrize("sent", [{}, {"help": "much"}, {"zhuyin": "maybe"}])
def test_a_level_that_there_is_not_is_refused(tom, log_in, sent) -> None:
    assert log_in(tom).post("/en/settings/reading/", sent).status_code == 400
