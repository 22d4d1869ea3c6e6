"""The public log for feed readers."""

from xml.etree import ElementTree

import pytest

from exchange.ledger.models import Event
from exchange.moderation import actions
from tests.cast import open_thread

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(answer):
    return ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")


@pytest.fixture
def lock(thread, lin, rules):
    return actions.lock(moderator=lin, thread=thread, rule=rules["other"], note="<b>冷静一下</b>")


def test_the_feed_tells_who_did_what_and_why(lock, client):
    answer = client.get("/feeds/moderation/en/")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    (entry,) = entries(answer)
    said = entry.findtext(f"{ATOM}title")
    assert said == "lin locked a thread · What do you pay for a one-bedroom?"
    link = entry.find(f"{ATOM}link").attrib["href"]
    assert link == f"http://localhost:8000/en/moderation/log/{lock.event_id}/"
    assert entry.findtext(f"{ATOM}summary") == "Rule other · &lt;b&gt;冷静一下&lt;/b&gt;"


def test_each_language_has_its_feed(lock, client):
    answer = client.get("/feeds/moderation/zh-hans/", headers={"accept-language": "en"})
    assert "你们租一室一厅要多少钱？" in answer.content.decode()
    assert 'xml:lang="zh-Hans"' in answer.content.decode()
    assert client.get("/feeds/moderation/fr/").status_code == 404


def test_it_is_sent_again_only_when_it_changed(lock, thread, lin, rules, client):
    first = client.get("/feeds/moderation/en/")
    again = client.get("/feeds/moderation/en/", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    actions.unlock(moderator=lin, thread=thread, rule=rules["other"])
    changed = client.get("/feeds/moderation/en/", headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200 and len(entries(changed)) == 2


def test_a_remark_brings_its_entry_up_again(lock, lin, client):
    entry = Event.objects.get(pk=lock.event_id)
    remark = actions.annotate(moderator=lin, event=entry, words="By mistake.")
    told = entries(client.get("/feeds/moderation/en/"))[-1]
    assert "By mistake." in told.findtext(f"{ATOM}summary")
    assert told.findtext(f"{ATOM}updated")[:19] == f"{remark.created_at:%Y-%m-%dT%H:%M:%S}"


def test_it_holds_what_strangers_read_whoever_asks(members_board, tom, lin, rules, log_in):
    closed = open_thread(tom, members_board)
    actions.lock(moderator=lin, thread=closed, rule=rules["other"])
    assert entries(log_in(lin).get("/feeds/moderation/en/")) == []


def test_an_empty_feed_does_not_change_by_itself(db, client):
    first, again = (client.get("/feeds/moderation/en/") for _time in range(2))
    assert first["ETag"] == again["ETag"]


def test_the_log_s_head_leads_to_the_feed_of_its_language(db, client):
    page = client.get("/zh-hans/moderation/log/").content.decode()
    assert 'type="application/atom+xml"' in page and 'href="/feeds/moderation/zh-hans/"' in page
