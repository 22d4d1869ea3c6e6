import gettext
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from exchange.config import catalogues
from exchange.config.catalogues import Key

PYTHON = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext, ngettext_lazy, pgettext

TITLE = _("Front page")
LONG = gettext_lazy(
    "One sentence, "
    "in two lines."
)
def count(n):
    return ngettext("%(n)d post", "%(n)d posts", n) % {"n": n}
LAZY = ngettext_lazy("one reply", "{n} replies", "n")
MONTH = pgettext("month", "May")
not_a_message = "Nothing"
"""
TEMPLATE = """
<p title="{% translate 'Search' %}">{% translate "Open" context "a shop" %}</p>
<p>it's {{ x|default:_("None yet") }}</p>
{# {% translate "In a comment" %} #}
{% blocktranslate count n=posts|length trimmed %}
  {{ n }} post
  by {{ name }}
{% plural %}
  {{ n }} posts
  by {{ name }}
{% endblocktranslate %}
{% blocktranslate context "greeting" trimmed %}
  Hello, {{ name }}: 100% "yours"
{% endblocktranslate %}
{% if _("Condition") %}{% endif %} {% trans "Ä (old tag)" %} {% include "a.html" with label=_("Label") %}
"""
TRANSLATIONS = {
    "Front page": "首页",
    "May": "五月",
    "Search": "搜索用户评论",
    "%(n)d post": "%(n)d 个帖子",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "exchange/boards").mkdir(parents=True)
    (tmp_path / "templates/boards").mkdir(parents=True)
    (tmp_path / "exchange/boards/views.py").write_text(PYTHON)
    (tmp_path / "templates/boards/thread.html").write_text(TEMPLATE)
    return tmp_path


def translate(project: Path, translations: dict[str, str] = TRANSLATIONS) -> None:
    """What a translator does with an editor."""
    po = project / catalogues.PO
    text = po.read_text()
    for source, chinese in translations.items():
        start = text.index(f'msgid "{source}"')
        end = text.index("msgstr", start)
        line_end = text.index("\n", end)
        field = text[end:line_end].split(" ")[0]
        text = f'{text[:end]}{field} "{chinese}"{text[line_end:]}'
    po.write_text(text)
    newer(po)


def newer(path: Path) -> None:
    later = path.stat().st_mtime + 10
    os.utime(path, (later, later))


def read_mo(project: Path, name: str) -> gettext.GNUTranslations:
    with (project / catalogues.COMPILED[name]).open("rb") as file:
        return gettext.GNUTranslations(file)


def test_messages_of_python_files_are_found(project: Path) -> None:
    assert list(catalogues.in_python(project / "exchange/boards/views.py")) == [
        Key(None, "Front page"),
        Key(None, "One sentence, in two lines."),
        Key(None, "%(n)d post", "%(n)d posts"),
        Key(None, "one reply", "{n} replies"),
        Key("month", "May"),
    ]


def test_messages_of_templates_are_found(project: Path) -> None:
    assert list(catalogues.in_template(project / "templates/boards/thread.html")) == [
        Key(None, "Search"),
        Key("a shop", "Open"),
        Key(None, "None yet"),
        Key(None, "%(n)s post by %(name)s", "%(n)s posts by %(name)s"),
        Key("greeting", 'Hello, %(name)s: 100%% "yours"'),
        Key(None, "Condition"),
        Key(None, "Ä (old tag)"),
        Key(None, "Label"),
    ]


def test_extracting_twice_changes_nothing(project: Path) -> None:
    assert catalogues.extract(project) is True
    assert catalogues.extract(project) is False


def test_extracting_keeps_translations_and_drops_what_is_gone(project: Path) -> None:
    catalogues.extract(project)
    translate(project)
    source = project / "exchange/boards/views.py"
    source.write_text(source.read_text().replace("Front page", "Front pages"))
    catalogues.extract(project)
    entries = catalogues.entries(catalogues.read(project / catalogues.PO))
    assert Key(None, "Front page") not in entries
    assert entries[Key(None, "Front pages")].string == ""
    assert entries[Key("month", "May")].string == "五月"
    assert "fuzzy" not in (project / catalogues.PO).read_text()


def test_a_moved_line_changes_nothing_in_the_file(project: Path) -> None:
    catalogues.extract(project)
    source = project / "exchange/boards/views.py"
    source.write_text("\n\n\n" + source.read_text())
    assert catalogues.extract(project) is False


def test_a_message_that_becomes_plural_keeps_its_translation(project: Path) -> None:
    source = project / "exchange/boards/views.py"
    source.write_text('_("post")')
    catalogues.extract(project)
    translate(project, {"post": "帖子"})
    source.write_text('_("post"); ngettext("post", "posts", n)')
    catalogues.extract(project)
    entries = catalogues.entries(catalogues.read(project / catalogues.PO))
    assert catalogues.strings(entries[Key(None, "post", "posts")]) == ("帖子",)


def test_check_names_each_fault(project: Path) -> None:
    source = project / "exchange/boards/views.py"
    (project / "templates/boards/thread.html").unlink()
    source.write_text('_("a"); _("b"); _("c %(x)s"); _("d"); _("gone"); _("3.5 years")')
    catalogues.extract(project)
    translate(
        project,
        {
            "b": "你好,世界",
            "c %(x)s": "没有",
            "d": "丁",
            "gone": "走了",
            "3.5 years": "3.5 年，a.b",
        },
    )
    po = project / catalogues.PO
    po.write_text(po.read_text().replace('msgid "d"', '#, fuzzy\nmsgid "d"'))
    source.write_text('_("a"); _("b"); _("c %(x)s"); _("d"); _("3.5 years"); _("new")')
    assert sorted(catalogues.problems(project)) == [
        "ASCII punctuation in Chinese text (你好,世界): b",
        "fuzzy: d",
        "no longer in the source: gone",
        "not in the .po file: new",
        "not translated: a",
        "other placeholders in the translation: c %(x)s",
    ]


def test_a_plural_says_the_number_even_if_the_english_singular_does_not(project: Path) -> None:
    (project / "templates/boards/thread.html").unlink()
    (project / "exchange/boards/views.py").write_text('ngettext("one post", "%(n)s posts", n)')
    catalogues.extract(project)
    translate(project, {"one post": "%(n)s 个帖子"})
    assert catalogues.problems(project) == []


def test_compile_makes_both_scripts(project: Path) -> None:
    catalogues.extract(project)
    translate(project)
    catalogues.compile_all(project)
    simplified, traditional = read_mo(project, "zh_Hans"), read_mo(project, "zh_Hant")
    assert simplified.gettext("Search") == "搜索用户评论"
    assert traditional.gettext("Search") == "搜尋使用者評論"
    assert traditional.pgettext("month", "May") == "五月"
    assert traditional.ngettext("%(n)d post", "%(n)d posts", 3) == "%(n)d 則貼文"
    assert simplified.gettext("not translated") == "not translated"


def test_corrections_by_hand_outrank_the_conversion(project: Path) -> None:
    catalogues.extract(project)
    translate(project)
    (project / catalogues.CORRECTIONS).write_text('msgid "Search"\nmsgstr "搜尋大家的留言"\n')
    catalogues.compile_all(project)
    assert read_mo(project, "zh_Hant").gettext("Search") == "搜尋大家的留言"
    assert read_mo(project, "zh_Hans").gettext("Search") == "搜索用户评论"


def test_a_correction_of_an_unknown_message_is_a_fault(project: Path) -> None:
    (project / catalogues.CORRECTIONS).parent.mkdir(parents=True)
    (project / catalogues.CORRECTIONS).write_text('msgid "Nobody says this"\nmsgstr "沒有"\n')
    expected = "corrected, but no longer in the source: Nobody says this"
    assert expected in catalogues.problems(project)


def test_compile_writes_only_what_changed(project: Path) -> None:
    catalogues.extract(project)
    translate(project)
    assert len(catalogues.compile_all(project)) == 2
    assert catalogues.compile_all(project) == []
    newer(project / catalogues.PO)
    assert not catalogues.is_compiled(project)
    assert catalogues.compile_all(project) == []
    shutil.rmtree(project / "exchange/locale/zh_Hant")
    assert [path.name for path in catalogues.compile_all(project)] == ["django.mo"]


def test_compile_needs_no_settings(project: Path) -> None:
    """It runs before anything else of the site exists."""
    code = "import sys; from exchange.config import catalogues; print('django' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=catalogues.ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "False"


def test_the_command_refuses_a_faulty_catalogue(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogues, "problems", lambda: ["not translated: a"])
    with pytest.raises(CommandError, match="not translated: a"):
        call_command("messages", "check")
