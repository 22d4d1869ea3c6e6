"""The pages of the glossary."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from exchange.languages import actions, queries, terms
from exchange.languages.actions import Draft, Wording
from exchange.languages.models import Agreement, Passage, Term
from exchange.ledger.models import Event
from tests.boards.test_budgets import queries_of
from tests.cast import PASSWORD
from tests.security.pages import page

pytestmark = pytest.mark.django_db

GOOD = {
    "kind": "culture",
    "en": "Chinese New Year's Eve dinner\nreunion dinner",
    "zh": "年夜饭\n团圆饭",
    "pinyin": "nián yè fàn",
    "note_en": "The meal that a family comes home for.",
    "note_zh": "除夕晚上全家人一起吃的饭，英语可以说 reunion dinner。",
}
both_languages = pytest.mark.parametrize("language", ["en", "zh-hans"])


def propose(by: Any, en: str = "copay", zh: str = "定额自付", **fields: Any) -> Term:
    wording = Wording((en,), (zh,), fields.pop("pinyin", ""), fields.pop("kind", "term"))
    note = Draft(fields.pop("note", "What you pay."), fields.pop("note_zh", "自己付的钱。"), "en")
    return actions.propose_term(by=by, wording=wording, note=note)


def agreed(by: Any, moderator: Any, **fields: Any) -> Term:
    term = propose(by, **fields)
    actions.agree_with_term(by=moderator, term=term, moderates=True)
    return term


@pytest.fixture
def words(tom, lin) -> list[Term]:
    return [
        agreed(tom, lin, en="security deposit", zh="押金", pinyin="yā jīn"),
        agreed(tom, lin, en="copay", zh="定额自付", pinyin="dìng é zì fù"),
        agreed(tom, lin, en="reunion dinner", zh="年夜饭", pinyin="nián yè fàn", kind="culture"),
    ]


def html_of(client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


# The list


def test_the_list_goes_by_letters_of_the_page_s_language(words, client) -> None:
    english = html_of(client, "/en/glossary/")
    assert re.findall(r'class="letter"[^>]*>(.)<', english) == ["C", "R", "S"]
    chinese = html_of(client, "/zh-hans/glossary/")
    assert re.findall(r'class="letter"[^>]*>(.)<', chinese) == ["D", "N", "Y"]
    assert '<span lang="en">security deposit</span>' in english
    assert '<span class="alt" lang="zh-Hans">押金</span>' in english
    assert '<span class="reading" lang="zh-Latn">yā jīn</span>' in english
    assert '<span lang="zh-Hans">押金</span>' in chinese


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("押", ["security deposit"]),
        ("定額", ["copay"]),
        ("DEPOSIT", ["security deposit"]),
        ("o", ["copay", "reunion dinner", "security deposit"]),
        ("nothing like it", []),
        ("<b>&'\"", []),
        (" \u3000", ["copay", "reunion dinner", "security deposit"]),
        ("x" * 500, []),
    ],
)
def test_a_search_looks_at_the_wordings_of_both_languages(asked, expected, words, client) -> None:
    response = client.get("/en/glossary/", {"q": asked})
    assert response.status_code == 200
    shown = re.findall(r'class="title"[^>]*><span lang="en">([^<]*)', response.content.decode())
    assert shown == expected
    assert "<b>&'" not in response.content.decode()


def test_the_best_answer_comes_first(tom, lin, client) -> None:
    for en in ("a rent increase", "rent control", "rent"):
        agreed(tom, lin, en=en, zh=f"词{en}")
    html = client.get("/en/glossary/", {"q": "rent"}).content.decode()
    shown = re.findall(r'class="title"[^>]*><span lang="en">([^<]*)', html)
    assert shown == ["rent", "rent control", "a rent increase"]


def test_the_list_is_narrowed_to_culture_cards(words, client) -> None:
    html = html_of(client, "/en/glossary/?kind=culture")
    assert "reunion dinner" in html and "copay" not in html.partition("<main")[2].replace(
        "押金, copay", ""
    )
    html_of(client, "/en/glossary/?kind=nothing", 404)


def test_proposals_stand_apart(words, mei, client) -> None:
    term = propose(mei, en="net speak", zh="网络用语")
    actions.agree_with_term(by=words[0].by, term=term)
    listed, _, waiting = html_of(client, "/en/glossary/").partition("Waiting for agreement")
    assert "net speak" not in listed and "net speak" in waiting and "1 of 3 agree" in waiting
    assert "网络用语" in client.get("/zh-hans/glossary/", {"q": "网"}).content.decode()


# The entry


def test_an_entry_explains_in_the_reader_s_language_first(words, client) -> None:
    address = f"glossary/{words[0].pk}/"
    english, chinese = (html_of(client, f"/{code}/{address}") for code in ("en", "zh-hans"))
    assert '<dfn lang="en">security deposit</dfn>' in english
    assert english.index("<p>What you pay.</p>") < english.index("自己付的钱。</p>")
    assert '<dfn lang="zh-Hans">押金</dfn>' in chinese
    assert chinese.index("<p>自己付的钱。</p>") < chinese.index("<p>What you pay.</p>")
    assert '<meta name="description" content="自己付的钱。">' in chinese
    assert 'hreflang="zh-Hans"' in chinese.partition("</head>")[0]


def test_an_entry_explained_in_one_language_names_no_page_in_the_other(tom, lin, client) -> None:
    term = agreed(tom, lin, note_zh="")
    html = html_of(client, f"/zh-hans/glossary/{term.pk}/")
    head = html.partition("</head>")[0]
    assert "hreflang" not in head and 'rel="canonical"' in head
    assert '<div class="half" lang="en" dir="auto"><p>What you pay.</p>' in html
    assert "还没有这种语言的解释" in html


def test_words_that_a_note_speaks_of_are_related(words, tom, lin, client) -> None:
    term = agreed(tom, lin, en="lease", zh="租约", note="It says who keeps the security deposit.")
    html = html_of(client, f"/en/glossary/{term.pk}/")
    assert f'href="/en/glossary/{words[0].pk}/"' in html
    assert f'href="/en/glossary/{words[1].pk}/"' not in html


def test_a_note_cannot_bring_markup_along(tom, lin, client) -> None:
    term = agreed(tom, lin, en="<b>bold</b>", note="<script>alert(1)</script> **fine**")
    html = html_of(client, f"/en/glossary/{term.pk}/")
    assert "<script>alert" not in html and "<b>bold" not in html
    assert "<strong>fine</strong>" in html


def test_what_is_proposed_is_not_for_search_engines(tom, client) -> None:
    assert 'name="robots" content="noindex"' in html_of(client, f"/en/glossary/{propose(tom).pk}/")


# Proposing


@both_languages
def test_a_member_proposes_and_others_agree(language, mei, tom, sam, lin, log_in) -> None:
    answer = log_in(mei).post(f"/{language}/glossary/new/", GOOD)
    term = Term.objects.select_related("note").get()
    assert answer["Location"] == f"/{language}/glossary/{term.pk}/"
    assert term.en == ["Chinese New Year's Eve dinner", "reunion dinner"]
    assert (term.zh, term.pinyin, term.kind) == (["年夜饭", "团圆饭"], "nián yè fàn", "culture")
    # Mei reads Chinese best: those are her words, and the English ones their other half.
    assert (term.note.language, term.note.human_in) == ("zh-hans", "en zh")
    address = f"/{language}/glossary/{term.pk}/agreement/"
    assert log_in(mei).post(address).status_code == 403
    for member in (tom, sam, lin):
        assert log_in(member).post(address).status_code == 302
    term.refresh_from_db()
    assert term.agreed_at
    assert log_in(tom).post(address).status_code == 403


def test_somebody_may_think_again(mei, tom, log_in) -> None:
    term = propose(mei)
    browser, address = log_in(tom), f"/en/glossary/{term.pk}/"
    browser.post(f"{address}agreement/")
    assert "I no longer agree" in html_of(browser, address)
    browser.post(f"{address}agreement/", {"_method": "DELETE"})
    assert not Agreement.objects.exists()
    assert "I no longer agree" not in html_of(browser, address)


WRONG = {
    "no English": {"en": " \u200b"},
    "no Chinese": {"zh": ""},
    "Chinese as English": {"en": "年夜饭"},
    "too long a wording": {"en": "w" * 81},
    "too long a Chinese wording": {"zh": "饭" * 41},
    "too many forms": {"zh": "\n".join(f"饭{n}" for n in range(9))},
    "too long a note": {"note_en": "w" * 1_201},
    "too long a Chinese note": {"note_zh": "饭" * 601},
    "no note": {"note_en": "", "note_zh": " "},
    "a note in the other field": {"note_en": "除夕晚上全家人一起吃的饭，各地不一样。"},
    "an English note in the Chinese field": {"note_zh": "The meal of a family."},
    "pinyin in characters": {"pinyin": "年夜饭"},
    "a kind that there is not": {"kind": "joke"},
    "what turns letters round": {"en": "din\u202ener"},
    "control characters": {"note_en": "a\x00b"},
}


@both_languages
@pytest.mark.parametrize("wrong", list(WRONG))
def test_a_wrong_form_says_why_and_keeps_what_was_typed(wrong, language, mei, log_in) -> None:
    typed = GOOD | WRONG[wrong]
    answer = log_in(mei).post(f"/{language}/glossary/new/", typed)
    assert (answer.status_code, Term.objects.count(), Passage.objects.count()) == (422, 0, 0)
    shown = page(answer)
    alerts = [a for _, a in shown.elements if a.get("role") == "alert"]
    assert alerts
    assert shown.value("note_zh") == typed["note_zh"].strip()
    assert shown.value("zh") == typed["zh"].strip()
    assert (language == "en") != ("请再看一下" in shown.text or "再看" in shown.text)


@both_languages
@pytest.mark.parametrize("same", [{"zh": "定額自付"}, {"en": "CoPay"}])
def test_a_wording_that_is_there_is_refused_with_the_way_to_it(
    same, language, mei, tom, lin, log_in
) -> None:
    there = agreed(tom, lin)
    answer = log_in(mei).post(f"/{language}/glossary/new/", GOOD | same)
    assert (answer.status_code, Term.objects.count()) == (422, 1)
    assert f'href="/{language}/glossary/{there.pk}/"' in answer.content.decode()
    assert page(answer).value("note_en") == GOOD["note_en"]


@both_languages
def test_a_stranger_s_words_wait_until_they_are_logged_in(language, client, mei) -> None:
    address = f"/{language}/glossary/new/"
    first = client.get(address)
    assert "csrfmiddlewaretoken" not in first.content.decode() and not first.cookies
    answer = client.post(address, GOOD)
    assert answer.status_code == 403 and not Term.objects.exists()
    kept = {n: v[0] for n, v in page(answer).values.items() if n.startswith(("kept.", "kept_path"))}
    fields = {"login": mei.email, "password": PASSWORD, "next": address, **kept}
    assert client.post(f"/{language}/accounts/login/", fields)["Location"] == address
    back = page(client.get(address))
    assert back.value("zh") == GOOD["zh"] and back.value("note_en") == GOOD["note_en"]


def test_who_is_paused_cannot_propose_and_gets_the_words_back(tom, log_in) -> None:
    tom.silenced_until = timezone.now() + timedelta(days=1)
    tom.save()
    answer = log_in(tom).post("/en/glossary/new/", GOOD)
    assert answer.status_code == 403 and GOOD["note_en"] in answer.content.decode()


def test_nobody_floods_the_list(tom, log_in, monkeypatch) -> None:
    monkeypatch.setattr("exchange.passages.rules.MOST_WAITING", 1)
    propose(tom)
    answer = log_in(tom).post("/en/glossary/new/", GOOD)
    assert (answer.status_code, Term.objects.count()) == (403, 1)
    assert "still wait for agreement" in answer.content.decode()


# Changing and taking out


def test_the_proposer_changes_it_until_it_is_agreed(tom, mei, lin, log_in) -> None:
    term = propose(tom)
    browser, address = log_in(tom), f"/en/glossary/{term.pk}/edit/"
    form = page(browser.get(address))
    assert (form.value("en"), form.value("note_zh")) == ("copay", "自己付的钱。")
    fields = GOOD | {"version": form.value("version")}
    assert log_in(mei).post(address, fields).status_code == 403
    assert browser.post(address, fields).status_code == 302
    stale = browser.post(address, fields | {"note_en": "Too late."})
    assert stale.status_code == 409 and "Too late." in stale.content.decode()
    term.refresh_from_db()
    assert term.zh == ["年夜饭", "团圆饭"]
    actions.agree_with_term(by=lin, term=term, moderates=True)
    assert browser.post(address, fields | {"version": "2"}).status_code == 403


@both_languages
def test_a_moderator_takes_a_word_out_with_a_reason(language, tom, lin, rules, log_in) -> None:
    term = agreed(tom, lin)
    browser, address = log_in(lin), f"/{language}/glossary/{term.pk}/withdrawal/"
    assert log_in(tom).post(address, {"reason": "other"}).status_code == 403
    refused = browser.post(address, {"note": "没有理由"})
    assert refused.status_code == 422 and "没有理由" in refused.content.decode()
    answer = browser.post(address, {"reason": "other", "note": "译得不准。"}, follow=True)
    assert "copay" not in answer.content.decode().replace("押金, copay", "").replace("copay……", "")
    log = html_of(browser, f"/{language}/moderation/log/")
    assert "译得不准。" in log and "copay" not in log
    html_of(browser, f"/{language}/glossary/{term.pk}/", 404)
    html_of(browser, address, 404)


def test_a_proposer_takes_a_word_back_without_a_reason(tom, log_in) -> None:
    term = propose(tom, note="A canary sings.")
    browser, address = log_in(tom), f"/en/glossary/{term.pk}/withdrawal/"
    assert "[name=reason]" not in html_of(browser, address) and "Take it back" in html_of(
        browser, address
    )
    assert browser.post(address).status_code == 302
    assert "canary" not in html_of(browser, "/en/glossary/")
    assert "canary" not in html_of(browser, "/en/moderation/log/")
    assert not Event.objects.filter(public=True).exists()


# Costs


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_with_1_or_3_terms(count, tom, mei, lin, client, log_in) -> None:
    for number in range(count):
        agreed(tom, lin, en=f"word {number}", zh=f"词{number}")
        term = propose(tom, en=f"proposal {number}", zh=f"议{number}")
    # cold: terms, halves; then proposals, halves, agreements
    assert queries_of(client, "/en/glossary/") == 5
    assert queries_of(client, "/en/glossary/") == 3
    assert queries_of(client, "/en/glossary/?q=词") == 2
    assert queries_of(client, f"/en/glossary/{term.pk}/") == 3  # term, halves, agreements
    assert queries_of(client, "/en/glossary/new/") == 0
    member = log_in(mei)
    queries_of(member, "/en/glossary/")
    assert queries_of(member, "/en/glossary/") == 6  # and session, person, roles
    # session, person, term, halves, agreements, roles
    assert queries_of(member, f"/en/glossary/{term.pk}/") == 6
    with CaptureQueriesContext(connection) as captured:
        queries.glossary()
    assert len(captured) == 0


def test_every_page_leads_to_the_glossary(client, rent) -> None:
    assert 'href="/en/glossary/">Glossary</a>' in html_of(client, "/en/")
    assert 'href="/zh-hans/glossary/">词汇表</a>' in html_of(client, "/zh-hans/")


# The card


@both_languages
def test_a_card_shows_a_term_in_the_page_s_language(language, words) -> None:
    glossary = queries.glossary()
    [(*_, number)] = terms.find("押金", glossary.matcher)
    entry = glossary.entries[number]
    with override(language):
        card = render_to_string("passages/_term_card.html", {"entry": entry, "language": language})
    first = "What you pay." if language == "en" else "自己付的钱。"
    assert first in card and f'href="/{language}/glossary/{entry.id}/"' in card
    assert ("What you pay." in card) != ("自己付的钱。" in card)
    assert "yā jīn" in card
