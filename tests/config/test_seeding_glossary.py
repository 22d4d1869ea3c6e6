import time

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchange.config import seeding_glossary
from exchange.config.seeding_glossary import seed_glossary
from exchange.languages import actions, queries, terms
from exchange.languages.actions import Draft, Wording
from exchange.languages.models import Passage, Revision, Term, Translation
from exchange.ledger.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def seeds(settings, tmp_path):
    """A folder of seeds with two terms in it, and how to write another wording."""
    settings.SEEDS_DIR = tmp_path
    folder = tmp_path / "glossary"
    folder.mkdir()
    (folder / "pairs.toml").write_text('[[pair]]\nen = "a"\nzh = "b"\n')

    def write(note: str = "Money that comes back.", zh: str = "押金", more: str = "") -> None:
        (folder / "rent.toml").write_text(
            f'[[term]]\nkey = "deposit"\nen = ["security deposit"]\nzh = ["{zh}"]\npinyin = "yā jīn"\n'
            f'kind = "term"\nnote_en = "{note}"\nnote_zh = "退租时退还的钱，又叫 deposit。"\n'
            f'related = ["yyds"]\n[[term]]\nkey = "yyds"\nen = ["GOAT"]\nzh = ["yyds"]\n'
            f'kind = "culture"\nnote_en = "The best."\nnote_zh = "永远的神。"\n{more}'
        )

    write()
    return write


def test_all_terms_of_the_site_are_agreed_and_explained_in_both_languages() -> None:
    began = time.perf_counter()
    fresh = seed_glossary()
    seconds = time.perf_counter() - began
    entries = queries.glossary().entries.values()
    assert fresh == len(entries) >= 150
    assert [entry.key for entry in entries if set(entry.notes) != {"en", "zh"}] == []
    assert {entry.kind for entry in entries} == {"term", "culture"}
    assert seconds < 8  # 0.4 s on an idle machine


def test_the_second_time_only_looks() -> None:
    seed_glossary()

    def state() -> list:
        rows = [model.objects.count() for model in (Term, Passage, Translation, Revision, Event)]
        return [*rows, list(Passage.objects.values_list("version", "rendition").distinct())]

    before = state()
    with CaptureQueriesContext(connection) as captured:
        assert seed_glossary() == 0
    assert state() == before
    looks = [q for q in captured if q["sql"].startswith("SELECT")]
    assert len(looks) == 2


def test_every_named_relation_leads_somewhere() -> None:
    seed_glossary()
    found = queries.glossary()
    keys = {key for entry in found.entries.values() for key in entry.related}
    assert keys <= set(found.keys)


def test_new_wording_in_the_seeds_reaches_the_site(seeds) -> None:
    assert seed_glossary() == 2
    seeds(note="Money that should come back.", zh="租房押金")
    assert seed_glossary() == 1
    term = Term.objects.select_related("note").get(key="deposit")
    assert (term.zh, term.note.body, term.note.version) == (
        ["租房押金"],
        "Money that should come back.",
        2,
    )
    assert term.note.human_in == "en zh"
    assert [end for _, end, _ in terms.find("租房押金", queries.glossary().matcher)] == [4]


def test_a_note_that_names_words_of_the_other_language_stays_in_its_own(seeds) -> None:
    seed_glossary()
    assert set(Translation.objects.values_list("language", flat=True)) == {"zh-hans"}
    assert set(Passage.objects.values_list("language", "human_in")) == {("en", "en zh")}


def test_what_a_member_proposed_is_never_touched(seeds, tom) -> None:
    words = Wording(("security deposit",), ("保证金",))
    theirs = actions.propose_term(by=tom, wording=words, note=Draft("Theirs."))
    seed_glossary()
    seeds(note="Changed.")
    seed_glossary()
    theirs.refresh_from_db()
    assert (theirs.zh, theirs.note.body, theirs.agreed_at, theirs.key) == (
        ["保证金"],
        "Theirs.",
        None,
        None,
    )


def test_what_a_moderator_took_out_stays_out(seeds, lin, rules) -> None:
    seed_glossary()
    term = Term.objects.get(key="deposit")
    actions.withdraw_term(by=lin, term=term, rule=rules["other"])
    seeds(note="Changed.")
    assert seed_glossary() == 0
    assert [entry.key for entry in queries.glossary().entries.values()] == ["yyds"]


def test_a_term_that_left_the_files_stays(seeds, settings) -> None:
    seed_glossary()
    (settings.SEEDS_DIR / "glossary" / "rent.toml").write_text("")
    assert seed_glossary() == 0
    assert len(queries.glossary().entries) == 2


def test_a_file_without_terms_is_left_out() -> None:
    files = len(list((django_settings.SEEDS_DIR / "glossary").glob("*.toml")))
    assert files and all("key" in row for row in seeding_glossary.rows())
