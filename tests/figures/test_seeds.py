"""The figures' seed files, read as data: what the loader and the charts rely on."""

import re
import tomllib
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from exchange.figures import places
from exchange.figures.conditions import ANY, CONDITIONS
from exchange.languages.traditional import traditional

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
TOPICS = ("rent", "tuition", "healthcare", "daily-life", "income")
PERIODS = {"day", "week", "month", "quarter", "term", "year", "each"}
WEIGHTS, VOLUMES = {"kg", "g", "jin", "lb", "oz", "dozen-eggs"}, {"L", "ml", "gal"}
MONEY = {"CN": "CNY", "US": "USD"}
ABOUT = {
    "USD": Decimal(1),
    "CNY": Decimal("0.14"),
}  # dollars, near enough to tell tens from thousands
# What one is in the item's normal period and unit, near enough as well.
TIMES = {"week": Decimal("4.33"), "month": Decimal(1), "quarter": Decimal("0.33")}
TIMES |= {"term": Decimal("0.17"), "year": Decimal("0.083")}
WRITTEN_OUT = {"三千": "3000", "1万2": "12000", "1万1": "11000", "1.15k": "1150"}
MOST_A_POST = 8


def load(name: str) -> dict:
    return tomllib.loads((SEEDS / name).read_text(encoding="utf-8"))


ITEMS = {row["slug"]: row for row in load("figures/items.toml")["item"]}
REFERENCES = load("figures/references.toml")["reference"]
ENTRIES = load("figures/entries.toml")["entry"]
THREADS = {
    thread["key"]: thread["post"]
    for thread in (load(f"threads/{file.name}") for file in (SEEDS / "threads").glob("*.toml"))
}
PEOPLE = {row["username"]: row for row in load("people.toml")["person"]}


def author(entry: dict) -> str:
    return THREADS[entry["thread"]][entry["post"] - 1]["by"]


def number(typed: str) -> Decimal:
    return Decimal(WRITTEN_OUT.get(typed, typed).replace(",", ""))


def basis(row: dict) -> str:
    keys = ITEMS[row["item"]]["basis"]
    return ";".join(f"{key}={row.get('conditions', {})[key]}" for key in keys)


def city(row: dict) -> places.Place:
    found = next(p for p in places.find(row["city"], row["country"]))
    assert places.is_name_of(found, row["city"]), row
    return found


def dollars(row: dict) -> Decimal:
    """The amount in dollars for the item's normal period and unit, roughly."""
    item = ITEMS[row["item"]]
    amount = number(row["amount"]) * ABOUT[row["currency"]]
    if item["period"] != "each":
        return amount * TIMES[row["period"]] / TIMES[item["period"]]
    size = {"jin": "0.5", "lb": "0.454", "dozen-eggs": "0.68", "gal": "3.785"}
    return amount / Decimal(size.get(row.get("unit", ""), "1"))


def wrong_answers(conditions: dict, allowed: set[str]) -> list[str]:
    def is_wrong(key: str, answer: str) -> bool:
        if key not in allowed:
            return True
        condition = CONDITIONS[key]
        if condition.kind == "number":
            return not Decimal(answer) > 0
        return answer not in condition.options

    return [f"{key}={answer}" for key, answer in conditions.items() if is_wrong(key, answer)]


# --- items


def test_there_are_items_enough_in_each_topic():
    assert len(ITEMS) == len(load("figures/items.toml")["item"]) >= 32
    counted = Counter(item["topic"] for item in ITEMS.values())
    assert set(counted) == set(TOPICS)
    assert min(counted[topic] for topic in TOPICS[:4]) >= 5


@pytest.mark.parametrize("item", ITEMS.values(), ids=lambda item: item["slug"])
def test_an_item_is_whole(item):
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", item["slug"]) and len(item["slug"]) <= 40
    for texts in (item["name"], item["question"]):
        assert set(texts) == {"en", "zh-hans"} and all(texts.values())
        assert re.search("[\u3400-\u9fff]", texts["zh-hans"])
        assert not re.search("[\u3400-\u9fff]", texts["en"])
    assert item["question"]["en"].rstrip(".").count("?") + item["question"]["en"].count(".") >= 1
    assert set(item["conditions"]) <= set(CONDITIONS)
    assert set(item["basis"]) <= set(item["conditions"])
    assert "area" not in item["basis"]
    assert item["period"] in item["periods"] and set(item["periods"]) <= PERIODS
    low, high = item["usual"]
    assert 0 < low < high and high / low <= 20_000


@pytest.mark.parametrize("item", ITEMS.values(), ids=lambda item: item["slug"])
def test_an_item_counts_in_units_that_convert(item):
    if item["period"] != "each":
        assert (item["unit"], item["units"]) == ("", [])
        assert "each" not in item["periods"]
        return
    assert item["periods"] == ["each"] and item["unit"] in item["units"]
    kinds = [WEIGHTS, VOLUMES, {item["unit"]}]
    assert any(set(item["units"]) <= kind for kind in kinds)


def test_longest_basis_fits_its_column():
    longest = [
        ";".join(f"{key}={max(CONDITIONS[key].options, key=len)}" for key in item["basis"])
        for item in ITEMS.values()
    ]
    assert max(map(len, longest)) <= 160


def test_traditional_made_of_the_words_says_the_same():
    """OpenCC's wrong turns that a reader of Taiwan would trip over: one animal for only, and the like."""
    texts = [text for item in ITEMS.values() for text in (item["name"], item["question"])]
    texts += [row["note"] for row in REFERENCES]
    made = [traditional(text["zh-hans"]) for text in texts]
    wrong = ("隻", "社群", "選單", "專案", "型別", "“")
    assert [text for text in made if any(word in text for word in wrong)] == []


# --- conditions


def test_conditions_are_named_and_have_answers():
    used = {key for item in ITEMS.values() for key in item["conditions"]}
    beside = {"area_unit", "area_basis"}
    measured = {key for row in REFERENCES for key in row["conditions"]}
    assert set(CONDITIONS) == used | beside | measured
    for key, condition in CONDITIONS.items():
        assert condition.key == key and str(condition.name)
        assert (condition.kind == "number") is (not condition.options)
        assert all(re.fullmatch(r"[a-z0-9+-]{1,20}", answer) for answer in condition.options)
        assert all(str(label) for label in condition.options.values())


def test_answers_of_the_basis_read_alone():
    """A chip shows them without their question: "with meals", not "included"."""
    for key in {key for item in ITEMS.values() for key in item["basis"]}:
        said = {str(label) for label in CONDITIONS[key].options.values()}
        assert not said & {"included", "not included", "partly included", "yes", "no", "not known"}


# --- references


def test_references_are_told_apart():
    ids = [row["id"] for row in REFERENCES]
    assert len(ids) == len(set(ids)) >= 100


@pytest.mark.parametrize("row", REFERENCES, ids=lambda row: row["id"])
def test_a_reference_has_its_source_and_fits_its_item(row):
    item = ITEMS[row["item"]]
    assert row["publisher"] and urlsplit(row["address"]).scheme in ("http", "https")
    assert " " not in row["address"] and len(row["address"]) <= 500
    assert len(row["publisher"]) <= 200 and len(row["id"]) <= 60
    assert set(row["note"]) == {"en", "zh-hans"} and all(row["note"].values())
    assert row["confidence"] in ("high", "medium", "low")
    assert row["currency"] in ABOUT and 2015 <= row["year"] <= 2026
    assert 1 <= row.get("month", 1) <= 12
    assert row["period"] in PERIODS if item["period"] != "each" else row["period"] == "each"
    assert row["unit"] in item["units"] if item["period"] == "each" else row["unit"] == ""


@pytest.mark.parametrize("row", REFERENCES, ids=lambda row: row["id"])
def test_a_reference_answers_for_its_basis_and_nothing_odd(row):
    beside = {"rent_price", "average", "area_basis"}
    allowed = {*ITEMS[row["item"]]["conditions"], *beside}
    assert wrong_answers(row["conditions"], allowed) == []
    assert set(ITEMS[row["item"]]["basis"]) <= set(row["conditions"])


@pytest.mark.parametrize("row", REFERENCES, ids=lambda row: row["id"])
def test_a_reference_s_place_is_known(row):
    if row["city"]:
        place = places.by_id(row["city_id"])
        assert place and place.country == row["country"]
        assert places.is_name_of(place, row["city"])
    else:
        assert row["city_id"] == 0


@pytest.mark.parametrize("row", REFERENCES, ids=lambda row: row["id"])
def test_a_reference_is_within_what_is_usual(row):
    if row.get("measure") == "m2":  # money a square metre
        assert 1 < dollars(row) < 100
        return
    low, high = ITEMS[row["item"]]["usual"]
    assert low <= dollars(row) <= high


def test_weak_sources_are_marked():
    for row in REFERENCES:
        rent_in_china = row["country"] == "CN" and ITEMS[row["item"]]["topic"] == "rent"
        assert row.get("weak", False) is (rent_in_china or row["confidence"] == "low"), row["id"]
    assert any(row.get("measure") == "m2" and row["year"] == 2018 for row in REFERENCES)


def test_gross_rents_never_stand_with_net_ones():
    """HUD's rents hold utilities, asking rents do not: their basis differs, so their charts do."""
    by_kind = defaultdict(set)
    for row in REFERENCES:
        if row["item"] == "rent-flat":
            by_kind[row["conditions"]["rent_price"]].add(row["conditions"]["utilities"])
    assert by_kind == {"gross": {"yes"}, "asking": {"no", "unknown"}}


# --- entries


def test_there_are_entries_enough_and_no_post_has_too_many():
    assert len(ENTRIES) >= 90
    posts = Counter((entry["thread"], entry["post"]) for entry in ENTRIES)
    assert max(posts.values()) <= MOST_A_POST
    assert all(entry["post"] <= len(THREADS[entry["thread"]]) for entry in ENTRIES)


@pytest.mark.parametrize(
    "entry", ENTRIES, ids=lambda row: f"{row['thread']}-{row['post']}-{row['item']}"
)
def test_an_entry_fits_its_item(entry):
    item = ITEMS[entry["item"]]
    assert entry["currency"] == MONEY[entry["country"]]
    assert entry["period"] in item["periods"]
    assert entry.get("unit", "") in item["units"] if item["units"] else "unit" not in entry
    assert 2024 <= entry["year"] <= 2026 and (entry["year"], entry.get("month", 1)) <= (2026, 6)
    allowed = {
        *item["conditions"],
        *(["area_unit", "area_basis"] if "area" in item["conditions"] else []),
    }
    assert wrong_answers(entry["conditions"], allowed) == []
    assert set(item["basis"]) <= set(entry["conditions"])
    assert ANY not in entry["conditions"].values(), "a person knows what it was"
    assert ("area" in entry["conditions"]) is ("area_basis" in entry["conditions"])
    low, high = item["usual"]
    assert low <= dollars(entry) <= high
    assert city(entry).country == entry["country"]


def test_an_entry_s_author_is_a_sample_person_who_may_write():
    assert {author(entry) for entry in ENTRIES} <= {
        name for name, person in PEOPLE.items() if not person.get("suspended")
    }


def test_income_is_shown_only_where_it_is_given():
    given = [entry for entry in ENTRIES if "income" in entry]
    assert 4 <= len(given) <= 15
    assert all("income" in entry for entry in ENTRIES if entry.get("shows_income"))
    rents = [entry for entry in given if entry["item"].startswith("rent-")]
    shares = {author(e): number(e["amount"]) / number(e["income"]) for e in rents}
    assert shares["阿哲"] == Decimal("0.3"), "three tenths, as he says in “share-of-income”"
    assert Decimal("0.2") < shares["大橙子"] < Decimal("0.25"), "a bit over two tenths"
    assert all(Decimal("0.15") < share < Decimal("0.5") for share in shares.values())


def test_what_was_paid_on_moving_in_is_made_of_whole_rents():
    months = {"1+1": 2, "1+3": 4, "2+1": 3, "2+3": 5, "first-last": 3}
    moves = [entry for entry in ENTRIES if entry["item"] == "move-in"]
    assert moves
    for move in moves:
        rents = [
            number(entry["amount"])
            for entry in ENTRIES
            if entry["item"].startswith("rent-")
            and (author(entry), entry["year"]) == (author(move), move["year"])
        ]
        assert number(move["amount"]) / months[move["conditions"]["upfront"]] in rents


def test_a_person_s_own_share_is_less_than_the_whole_bill():
    stays = {
        entry["conditions"]["paid_by"]: number(entry["amount"])
        for entry in ENTRIES
        if entry["item"] == "hospital-stay"
    }
    assert stays["own"] < stays["bill"]


@pytest.mark.parametrize("topic", TOPICS[:4])
def test_every_topic_has_a_real_first_chart(topic):
    voices: dict[tuple[str, str], dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for entry in ENTRIES:
        if ITEMS[entry["item"]]["topic"] == topic:
            voices[entry["item"], basis(entry)][city(entry).id].add(author(entry))

    def is_a_chart(cities: dict[int, set[str]]) -> bool:
        enough = {number: len(people) for number, people in cities.items() if len(people) >= 3}
        countries = {place.country for number in enough if (place := places.by_id(number))}
        return len(enough) >= 3 and max(enough.values()) >= 5 and countries == {"CN", "US"}

    assert any(is_a_chart(cities) for cities in voices.values())


# --- the files


def test_nothing_of_the_site_reads_another_folder_s_data():
    sources = [*(ROOT / "exchange").rglob("*.py"), *(ROOT / "scripts").glob("*.py")]
    assert [path.name for path in sources if "/shared/" in path.read_text(encoding="utf-8")] == []


def test_the_readme_says_what_each_file_is():
    text = (SEEDS / "README.md").read_text(encoding="utf-8")
    names = {file.name for file in (SEEDS / "figures").iterdir()}
    assert [name for name in names if f"figures/{name}" not in text] == []
    assert "GeoNames" in text and "CC BY 4.0" in text
