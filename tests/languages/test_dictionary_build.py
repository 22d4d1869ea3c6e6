"""Making the dictionary's file from small sources."""

import contextlib
import gzip
import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from exchange.languages import curated, dictionary, dictionary_build
from exchange.languages.dictionary_build import BadSource, Sources

CEDICT = """\
# CC-CEDICT
貓 猫 [mao1] /cat (CL:隻|只[zhi1])/
裡 里 [li3] /inside/CL:個|个[ge4]/
裏 里 [li3] /variant of 裡|里[li3]/
里 里 [Li3] /surname Li/
李 李 [Li3] /surname Li/
出租 出租 [chu1 zu1] /to rent/
一下兒 一下儿 [yi1 xia4 r5] /erhua form of 一下[yi1 xia4]/
一下 一下 [yi1 xia4] /a bit/
not an entry
"""
PAIRS = """
[english]
feline = ["猫"]
[words]
"猫税" = "māo shuì"
[[term]]
en = ["cat tax"]
zh = "猫税"
[[term]]
zh = 5
"""


@pytest.fixture(autouse=True)
def anew() -> Iterator[None]:
    dictionary.forget()
    yield
    dictionary.forget()


@pytest.fixture
def given(tmp_path: Path) -> Sources:
    (tmp_path / "cedict.u8").write_text(CEDICT, encoding="utf-8")
    (tmp_path / "freq.json").write_text(
        json.dumps({"freq": {"猫": 900, "出租": 50}}), encoding="utf-8"
    )
    (tmp_path / "glossary").mkdir()
    (tmp_path / "glossary" / "pairs.toml").write_text(PAIRS, encoding="utf-8")
    return Sources(tmp_path / "cedict.u8", tmp_path / "freq.json", tmp_path / "glossary")


@pytest.fixture
def built(given: Sources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    target = tmp_path / "made" / "dictionary.sqlite3"
    target.parent.mkdir()
    assert dictionary_build.build(given, target) == 8
    monkeypatch.setattr(dictionary_build, "FILE", target)
    return target


def test_entries_follow_their_pointers_and_surnames_come_last(built: Path) -> None:
    assert [entry.senses for entry in dictionary.lookup("里")] == [("inside",), ("surname Li",)]
    assert dictionary.lookup("裏")[0].senses == ("inside",)
    assert "a bit" in dictionary.lookup("一下儿")[0].senses
    assert dictionary.lookup("猫")[0].measures == ("只",)


def test_the_reviewed_list_comes_first(built: Path) -> None:
    assert dictionary.equivalents("feline") == ["猫"]
    assert dictionary.equivalents("猫") == ["feline", "cat"]
    assert dictionary.equivalents("cat tax") == ["猫税"]
    assert dictionary.listed("猫税").pinyin == ("māo", "shuì")
    assert dictionary.english_words()["cat"] == 1


def test_the_file_is_stamped_and_whole(built: Path, given: Sources) -> None:
    assert dictionary_build.stamp_of(built) == given.stamp()
    assert [path.name for path in built.parent.iterdir()] == [built.name]
    given.cedict.write_text(CEDICT + "狗 狗 [gou3] /dog/\n", encoding="utf-8")
    assert dictionary_build.stamp_of(built) != given.stamp()


def test_the_stamp_is_of_the_code_too(given: Sources, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each module that a maker asks is a maker, and each of them counts."""
    makers = dictionary_build.MAKERS
    for name in makers:
        if name.endswith(".py"):
            asked = re.findall(
                r"^from \.(\w*) import (.+)$",
                (dictionary_build.HERE / name).read_text(),
                re.MULTILINE,
            )
            modules = {
                one
                for module, names in asked
                for one in ([module] if module else names.split(", "))
            }
            assert {f"{module}.py" for module in modules} <= set(makers)
    stamps = {given.stamp()}
    for left in range(len(makers)):
        monkeypatch.setattr(dictionary_build, "MAKERS", makers[:left] + makers[left + 1 :])
        stamps.add(given.stamp())
    assert len(stamps) == 1 + len(makers)


def test_words_are_whole_or_apart_as_they_were_reviewed(given: Sources, tmp_path: Path) -> None:
    cuts = '[cuts]\nwhole = "猫税 里猫"\napart = "出租 一下"\n'
    (given.glossary / "cuts.toml").write_text(cuts, encoding="utf-8")
    target = tmp_path / "dictionary.sqlite3"
    dictionary_build.build(given, target)
    with contextlib.closing(sqlite3.connect(target)) as base:
        weights = dict(base.execute("SELECT word, weight FROM word"))
    assert weights["出租"] == weights["一下"] == 0
    assert weights["里猫"] > 0 and weights["猫税"] > 0


def test_what_is_no_dictionary_has_no_stamp(tmp_path: Path) -> None:
    broken = tmp_path / "dictionary.sqlite3"
    assert dictionary_build.stamp_of(broken) is None
    broken.write_bytes(b"torn off in the middle")
    assert dictionary_build.stamp_of(broken) is None
    sqlite3.connect(tmp_path / "empty.sqlite3").close()
    assert dictionary_build.stamp_of(tmp_path / "empty.sqlite3") is None


def test_a_missing_file_is_made_when_it_is_asked_for(
    given: Sources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "new" / "dictionary.sqlite3"
    monkeypatch.setattr(dictionary_build, "FILE", target)
    monkeypatch.setattr(dictionary_build, "sources", lambda: given)
    assert dictionary.equivalents("cat")[0] == "猫"
    assert dictionary_build.ensure(target) is False


def test_an_operators_own_file_stays_and_a_wrong_one_changes_nothing(
    given: Sources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, target = tmp_path / "own.u8", tmp_path / "dictionary.sqlite3"
    monkeypatch.setattr(dictionary_build, "OWN_SOURCE", own)
    monkeypatch.setattr(dictionary_build, "FEWEST_ENTRIES", 5)
    source = tmp_path / "cedict.txt.gz"
    source.write_bytes(gzip.compress(CEDICT.encode()))
    assert dictionary_build.adopt(source, target) == 8
    assert own.read_text(encoding="utf-8") == CEDICT
    assert dictionary_build.ensure(target) is False
    for wrong in (b"", b"\x1f\x8bnonsense", b"\xff\xfe", b"a list\n"):
        source.write_bytes(wrong)
        with pytest.raises(BadSource):
            dictionary_build.adopt(source, target)
    assert own.read_text(encoding="utf-8") == CEDICT


def test_a_list_that_is_not_toml_is_named(tmp_path: Path) -> None:
    (tmp_path / "pairs.toml").write_text("[english\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"pairs\.toml"):
        curated.read(tmp_path)


def test_the_boards_own_list_is_large_and_its_pinyin_fits() -> None:
    found = curated.read()
    assert len(found.chinese) >= 300
    wrong = [
        word for word, pinyin in found.words.items() if pinyin and len(pinyin.split()) != len(word)
    ]
    assert not wrong
