"""Words on their way into the glossary and out of it, and what others get of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchange.languages import actions, queries, terms
from exchange.languages.actions import Conflict, Draft, SameWording, Wording
from exchange.languages.models import Agreement, Passage, Revision, Term, Translation
from exchange.ledger.models import Event
from tests.cast import person

pytestmark = pytest.mark.django_db


def propose(by, en="utility bill", zh="水电费", note="What a home costs.", note_zh="家里的开销。"):
    return actions.propose_term(
        by=by,
        wording=Wording((en,), (zh,), "shuǐ diàn fèi"),
        note=Draft(note, note_zh, "en", language_other="zh-hans"),
    )


def agreed(by, moderator, **fields) -> Term:
    term = propose(by, **fields)
    actions.agree_with_term(by=moderator, term=term, moderates=True)
    return term


def hits(text: str) -> list[tuple[int, int, queries.Entry]]:
    """`(start, end, term)` of what a text says of the glossary."""
    glossary = queries.glossary()
    places = terms.find(text, glossary.matcher, queries.mentioned(text))
    return [(start, end, glossary.entries[number]) for start, end, number in places]


def found(text: str) -> list[str]:
    return [text[start:end] for start, end, _ in hits(text)]


def test_three_members_put_a_word_into_the_glossary(tom, mei, sam, lin) -> None:
    term = propose(tom)
    assert not actions.agree_with_term(by=mei, term=term)
    assert not actions.agree_with_term(by=mei, term=term)  # once more is no second one
    assert not actions.agree_with_term(by=sam, term=term)
    assert found("utility bill") == []
    assert actions.agree_with_term(by=lin, term=term)
    assert found("my utility bill，水電費") == ["utility bill", "水電費"]
    assert Event.objects.filter(verb="term.agreed", target=f"term.{term.pk}").count() == 1


def test_a_moderator_puts_it_in_at_once(tom, lin) -> None:
    term = propose(tom)
    assert actions.agree_with_term(by=lin, term=term, moderates=True)
    assert actions.agree_with_term(by=lin, term=term, moderates=True)
    event = Event.objects.get(verb="term.agreed")
    assert (event.scope, event.actor_id, event.public) == ("glossary", lin.pk, False)


@pytest.mark.parametrize("same", ["Utility  BILL", "水電費"])
def test_a_wording_has_one_term(same, tom, mei) -> None:
    term = propose(tom)
    with pytest.raises(SameWording) as refused:
        propose(mei, **({"zh": same} if "水" in same else {"en": same, "zh": "别的"}))
    assert refused.value.term == term
    assert Term.objects.count() == Passage.objects.count() == 1


def test_other_words_for_a_proposal_ask_anew(tom, mei) -> None:
    term = propose(tom)
    actions.agree_with_term(by=mei, term=term)
    changed = actions.rewrite_term(
        by=tom,
        term=term,
        wording=Wording(("utilities",), ("水电费", "水电煤")),
        note=Draft("Other words.", "", "en"),
        from_version=1,
    )
    assert (changed.en, changed.zh, changed.note.body) == (
        ["utilities"],
        ["水电费", "水电煤"],
        "Other words.",
    )
    assert not Agreement.objects.exists()
    with pytest.raises(Conflict):
        actions.rewrite_term(
            by=tom, term=term, wording=Wording(("x",), ("y",)), note=Draft("x"), from_version=1
        )


def test_what_is_agreed_is_not_changed_any_more(tom, lin) -> None:
    term = agreed(tom, lin)
    with pytest.raises(Conflict):
        actions.rewrite_term(
            by=tom, term=term, wording=Wording(("x",), ("y",)), note=Draft("x"), from_version=1
        )
    assert not actions.take_back_term(by=tom, term=term)


def words_left() -> str:
    """Everything that the tables of words hold."""
    tables = (
        *Passage.objects.values_list("body", "html"),
        *Translation.objects.values_list("body", "html"),
        *Revision.objects.values_list("body", "body_other"),
        *((str(t.en), str(t.zh), t.pinyin) for t in Term.objects.all()),
    )
    return " ".join(" ".join(row) for row in tables)


def test_taking_a_proposal_back_leaves_no_word_of_it(tom, mei) -> None:
    term = propose(tom, note="A canary sings.", note_zh="金丝雀。")
    actions.agree_with_term(by=mei, term=term)
    assert "canary" in words_left()
    assert actions.take_back_term(by=tom, term=term)
    assert not any(word in words_left() for word in ("canary", "金丝雀", "utility", "水电", "shuǐ"))
    assert not Agreement.objects.exists()
    assert not Event.objects.filter(public=True).exists()
    assert not actions.take_back_term(by=tom, term=term)
    assert propose(mei).pk  # the wording is free again


def test_a_moderator_takes_a_word_out_and_the_log_says_why(tom, lin, rules) -> None:
    term = agreed(tom, lin)
    assert found("utility bill")
    assert actions.withdraw_term(by=lin, term=term, rule=rules["other"], note="不准确。")
    assert not actions.withdraw_term(by=lin, term=term, rule=rules["other"])
    assert found("utility bill") == []
    assert "What a home costs" not in words_left()
    event = Event.objects.get(verb="term.withdrawn")
    assert (event.public, event.reason, event.target) == (True, "other", f"term.{term.pk}")
    assert Passage.objects.get(pk=event.data["note"]).body == "不准确。"


def test_nobody_agrees_with_what_was_taken_back(tom, mei) -> None:
    term = propose(tom)
    actions.take_back_term(by=tom, term=term)
    with pytest.raises(Conflict):
        actions.agree_with_term(by=mei, term=term)


# What others get


def queries_of(act) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


@pytest.mark.parametrize("count", [1, 3])
def test_the_glossary_is_read_once_and_anew_after_a_change(count, tom, lin) -> None:
    for number in range(count):
        agreed(tom, lin, en=f"word {number}", zh=f"词{number}")
    assert queries_of(queries.glossary) == 2  # terms with their notes, the notes' other halves
    assert queries_of(queries.glossary) == 0
    assert queries_of(lambda: hits("word 0, 词0")) == 0
    agreed(tom, lin)
    assert queries_of(queries.glossary) == 2
    assert found("utility bill") == ["utility bill"]


def test_a_hit_is_a_term_with_its_notes(tom, lin) -> None:
    term = agreed(tom, lin)
    [(start, end, entry)] = hits("付水电费")
    assert (start, end, entry.id, entry.pinyin) == (1, 4, term.pk, "shuǐ diàn fèi")
    assert (entry.en, entry.zh) == (("utility bill",), ("水电费",))
    assert entry.note("zh-hant").body == "家里的开销。"
    assert entry.note("en").body == "What a home costs."


def test_a_note_in_one_language_is_better_than_none(tom, lin) -> None:
    agreed(tom, lin, note_zh="")
    [(*_, entry)] = hits("水电费")
    assert entry.note("zh-hans").body == "What a home costs."
    assert set(entry.notes) == {"en"}


def test_engines_get_each_wording_with_the_agreed_one(tom, lin) -> None:
    term = actions.propose_term(
        by=tom,
        wording=Wording(("security deposit", "deposit"), ("押金", "保证金")),
        note=Draft("Money.", "", "en"),
    )
    assert queries.agreed_wordings("en", "zh-hans") == {}  # not agreed yet
    actions.agree_with_term(by=lin, term=term, moderates=True)
    assert queries.agreed_wordings("en", "zh-hans") == {
        "security deposit": "押金",
        "deposit": "押金",
    }
    assert queries.agreed_wordings("zh-hant", "en") == {
        "押金": "security deposit",
        "保证金": "security deposit",
    }
    assert queries.agreed_wordings("en", "en") == queries.agreed_wordings("mixed", "en") == {}


def test_a_name_in_a_text_is_no_word_of_the_glossary(tom, lin) -> None:
    agreed(tom, lin)
    person("水电费")
    assert found("@水电费 水电费") == ["水电费"]
    assert hits("@水电费 水电费")[0][0] == 5
