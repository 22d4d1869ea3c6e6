"""What Python and scripts say to somebody goes through the catalogue as well."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.architecture.test_words import HAN, bare, reads_like_words

ROOT = settings.BASE_DIR
# What only who runs or develops the site reads; what is made up to be looked at; what an empty site is
# begun with, which is written in every language; and what sample people have drawn and written.
APART = {"management", "migrations", "checks.py", "specimens.py"} | {
    *("specimens_charts.py", "specimens_compare.py", "specimens_figures.py"),
    *("specimens_desk.py", "specimens_guards.py", "specimens_log.py", "specimens_people.py"),
    *("specimens_pictures.py", "specimens_told.py", "specimens_uploads.py"),
}
APART |= {"article.py", "seeding.py", "drawings"}
PYTHON = sorted(path for path in (ROOT / "exchange").rglob("*.py") if not APART & set(path.parts))
SCRIPTS = [*sorted((ROOT / "exchange/static/js").glob("*.js")), ROOT / "templates/web/sw.js"]

TRANSLATING = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext"}
TRANSLATING |= {"pgettext_lazy", "npgettext", "npgettext_lazy"}
# Calls that say something to somebody, and keywords that do in any call.
SAYING = {"ValidationError", "PermissionDenied", "Http404", "JsonResponse", "HttpResponse"}
SAYING |= {"add_error", "refused", "Refusal", "Verb"}
SAID = {"label", "help_text", "empty_label", "error_messages", "verbose_name", "reason", "said"}
SENTENCE_WITH_ITS_END = re.compile(r"[A-Z][a-z']* .*[.?!]$|.*[\u3400-\u9fff].*[。？！]$", re.DOTALL)
# Names of the site, which are the same in every language.
NAMES = {"Exchange", "交流", "Exchange · 交流"}


def name(node: ast.expr) -> str:
    """The last part of what is called: `success` of `messages.success`."""
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def of_messages(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and name(node.value) == "messages"


def literals(node: ast.AST) -> Iterator[ast.Constant]:
    """The strings in an expression, without those that are translated or are keys and types."""
    if isinstance(node, ast.Call) and name(node.func) in TRANSLATING:
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node
    parts = node.values if isinstance(node, ast.Dict) else ast.iter_child_nodes(node)
    for part in parts:
        if not (isinstance(part, ast.keyword) and part.arg in ("code", "content_type")):
            yield from literals(part)


def sentences(node: ast.AST) -> Iterator[ast.Constant]:
    """Whole sentences anywhere, beside docstrings and the words of exceptions for developers."""
    if isinstance(node, ast.Raise) or (
        isinstance(node, ast.Call) and name(node.func) in TRANSLATING
    ):
        return
    if isinstance(node, ast.Constant) and SENTENCE_WITH_ITS_END.match(str(node.value)):
        yield node
    for part in ast.iter_child_nodes(node):
        if not (isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant)):
            yield from sentences(part)


def bare_in_python(source: str) -> list[str]:
    tree = ast.parse(source)
    found = list(sentences(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            whole = name(node.func) in SAYING or of_messages(node.func)
            said = [node] if whole else [word for word in node.keywords if word.arg in SAID]
            found += [text for part in said for text in literals(part)]
    words = {(text.lineno, text.value) for text in found if reads_like_words(text.value)}
    return [f"{line}: {text}" for line, text in sorted(words) if text not in NAMES]


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_python_says_nothing_past_the_catalogue(path: Path) -> None:
    assert bare_in_python(path.read_text()) == []


@pytest.mark.parametrize(
    "source",
    [
        'messages.success(request, "Saved.")',
        'messages.info(request, f"Saved {count} posts")',
        'raise ValidationError("请写点内容。", code="required")',
        'forms.CharField(label="E-mail address")',
        'forms.CharField(error_messages={"required": "Please write"})',
        'JsonResponse({"error": "Too many"})',
        'refused(request, 403, reason="Not yours" if mine else _("No"))',
        'form.add_error("email", "Taken by another")',
        'NOT_YOURS = "This post is not yours."',
        'return "你不能编辑这个帖子。"',
    ],
)
def test_the_test_sees_python(source: str) -> None:
    assert bare_in_python(source)


def test_translated_python_is_let_through() -> None:
    source = """
messages.success(request, _("Saved."))
raise ValidationError(ngettext("%(n)s word", "%(n)s words", n) % {"n": n}, code="a b")
JsonResponse({"status": "ok", "version": draft.version}, content_type="application/manifest json")
"""
    assert bare_in_python(source) == []


# A comment, or a string in one of three kinds of quotes.
TOKEN = re.compile(
    r"//[^\n]*|/\*.*?\*/|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`", re.DOTALL
)
# Where words become visible or are read aloud.
SHOWING = re.compile(
    r"(?:\.(?:textContent|innerText|title|placeholder|alt|ariaLabel)\s*=(?!=)"
    r"|setAttribute\(\s*\"(?:aria-label|title|placeholder|alt)\"\s*,"
    r"|\b(?:alert|confirm|prompt|createTextNode)\()(?P<words>[^;]*)"
)
SENTENCE = re.compile(r"^.[A-Z][a-z]+ [a-z]")
INSERTED = re.compile(r"\$\{[^}]*\}|\\.")


def bare_in_script(source: str) -> list[str]:
    """Strings that are shown, and strings anywhere that read like a sentence or are Chinese."""
    code = TOKEN.sub(lambda token: "" if token[0][0] == "/" else token[0], source)
    strings = TOKEN.findall(code)
    found = [text for text in strings if HAN.search(text) or SENTENCE.match(text)]
    for shown in SHOWING.finditer(code):
        strings = TOKEN.findall(without_arguments(shown["words"]))
        found += [text for text in strings if bare(INSERTED.sub(" ", text))]
    return found


def without_arguments(expression: str) -> str:
    """What is looked up or replaced is no word: `form.querySelector(".name")`, `{ en: ... }[code]`."""
    return re.sub(r"\w+\((?:[^()]|\([^()]*\))*\)", "", expression)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_say_nothing_of_their_own(path: Path) -> None:
    """Their words come with the page, in its language, in `data-` attributes."""
    assert bare_in_script(path.read_text()) == []


@pytest.mark.parametrize(
    "source",
    [
        'status.textContent = "Saved";',
        "status.textContent = ok ? `Saved ${count}` : words;",
        'button.setAttribute("aria-label", "Close");',
        'const words = "已保存";',
        'say("Your draft is saved");',
    ],
)
def test_the_test_sees_scripts(source: str) -> None:
    assert bare_in_script(source)


def test_words_of_the_page_are_let_through() -> None:
    source = """
// "Draft saved" is said by the page.
status.textContent = status.dataset.saved ?? "";
title.textContent = `${link.textContent.trim()} ${form.querySelector(".number")}`;
document.querySelector("form#reply textarea").focus();
"""
    assert bare_in_script(source) == []
