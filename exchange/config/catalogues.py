"""The interface's messages: found in the source, kept in one .po file, compiled for both scripts.

English is the source language. Simplified Chinese is written by people in
`locale/zh_Hans/LC_MESSAGES/django.po`; Traditional is made from it (`languages/traditional.py`), and
`locale/zh_Hant_corrections.po` holds what people have put better by hand. GNU gettext's tools are not
needed. Run as a module it compiles what is out of date, without starting Django.
"""

from __future__ import annotations

import ast
import os
import re
import sys
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from exchange.languages.traditional import traditional

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

ROOT = Path(__file__).resolve().parent.parent.parent
LOCALE = Path("exchange/locale")
PO = LOCALE / "zh_Hans/LC_MESSAGES/django.po"
CORRECTIONS = LOCALE / "zh_Hant_corrections.po"
COMPILED = {
    "zh_Hans": LOCALE / "zh_Hans/LC_MESSAGES/django.mo",
    "zh_Hant": LOCALE / "zh_Hant/LC_MESSAGES/django.mo",
}

# Which arguments of which functions are messages; (n, "c") is the context.
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...]] = {
    "gettext": (1,),
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
KEYWORDS |= {f"{name}_lazy": places for name, places in KEYWORDS.items()}
KEYWORDS |= {"_": (1,), "gettext_noop": (1,)}

HEADER = """\
# Simplified Chinese for Exchange · 交流. `make messages` brings it up to date with the source.
msgid ""
msgstr ""
"Language: zh_Hans\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""


class Key(NamedTuple):
    context: str | None
    singular: str
    plural: str | None = None

    @property
    def id(self) -> str | tuple[str, str]:
        return self.singular if self.plural is None else (self.singular, self.plural)

    def __str__(self) -> str:
        return f"{self.context}: {self.singular}" if self.context else self.singular


def key_of(message: Message) -> Key:
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    return Key(message.context, *(str(part) for part in ids))


# Finding them


def sources(root: Path) -> Iterator[Path]:
    """Every file that may hold messages, in a fixed order."""
    python = (path for path in root.glob("exchange/**/*.py") if "migrations" not in path.parts)
    templates = [
        path
        for pattern in ("templates/**/*", "exchange/*/templates/**/*")
        for path in root.glob(pattern)
        if path.suffix in {".html", ".txt"}
    ]
    yield from sorted([*python, *templates])


def found(root: Path) -> dict[Key, list[str]]:
    """Every message of the source, with the files that use it."""
    places: dict[Key, list[str]] = {}
    for path in sources(root):
        keys = in_python(path) if path.suffix == ".py" else in_template(path)
        for key in dict.fromkeys(keys):
            places.setdefault(key, []).append(path.relative_to(root).as_posix())
    return merge_plurals(places)


def merge_plurals(places: dict[Key, list[str]]) -> dict[Key, list[str]]:
    """gettext("post") and ngettext("post", "posts", n) are one entry of a catalogue."""
    plural = {(key.context, key.singular): key for key in places if key.plural is not None}
    merged: dict[Key, list[str]] = {}
    for key, files in places.items():
        whole = plural.get((key.context, key.singular), key)
        merged[whole] = sorted({*merged.get(whole, []), *files})
    return merged


def in_python(path: Path) -> Iterator[Key]:
    from babel.messages.extract import extract

    with path.open("rb") as file:
        options = {"encoding": "utf-8"}
        for _, ids, _, context in extract("python", file, KEYWORDS, options=options):
            yield Key(context, *(ids if isinstance(ids, tuple) else (ids,)))


STRING = r"""[uU]?(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
CALL = re.compile(rf"\b(gettext|ngettext|pgettext|npgettext|_)\(\s*({STRING}(?:\s*,\s*{STRING})*)")


def in_template(path: Path) -> Iterator[Key]:
    """Django rewrites a template as calls of gettext between blanked-out text; these are the calls."""
    from django.utils.translation.template import templatize

    source = path.read_text(encoding="utf-8")
    for function, arguments in CALL.findall(templatize(source, str(path))):
        values = [str(ast.literal_eval(literal)) for literal in re.findall(STRING, arguments)]
        context = values.pop(0) if "p" in function.removesuffix("gettext") else None
        yield Key(context, *values)


# The .po file


def read(path: Path) -> Catalog:
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import read_po

    if not path.exists():
        return Catalog(locale="zh_Hans")
    with path.open("rb") as file:
        return read_po(file, locale="zh_Hans", charset="utf-8")


def entries(catalog: Catalog) -> dict[Key, Message]:
    return {key_of(message): message for message in catalog if message.id}


def extract(root: Path = ROOT) -> bool:
    """Bring the .po file up to date; True if it changed. Translations of messages that stay are kept."""
    from babel.messages.catalog import Catalog, Message

    old = {(key.context, key.singular): m for key, m in entries(read(root / PO)).items()}
    catalog = Catalog(locale="zh_Hans")
    for key, files in sorted(found(root).items(), key=lambda item: (item[1], str(item[0]))):
        message = Message(key.id, "", [(file, 0) for file in files], context=key.context)
        before = old.get((key.context, key.singular))
        if before:
            message.string = adapt(before.string, plural=key.plural is not None)
            message.user_comments = before.user_comments
            message.flags |= {"fuzzy"} & set(before.flags)
        catalog[key.id] = message
    return write(root / PO, (HEADER + "\n" + po_text(catalog)).encode())


def adapt(string: object, *, plural: bool) -> str | tuple[str, ...]:
    """A translation that fits a message which has become plural, or no longer is."""
    forms = string if isinstance(string, (tuple, list)) else (string,)
    texts = tuple(str(form or "") for form in forms)
    return texts[:1] if plural else texts[0]


def po_text(catalog: Catalog) -> str:
    from babel.messages.pofile import generate_po

    # Unwrapped lines and no line numbers: a change of one message changes one entry of the file.
    return "".join(generate_po(catalog, omit_header=True, width=0, include_lineno=False)).lstrip(
        "\n"
    )


def write(path: Path, content: bytes) -> bool:
    """Replace the file in one step, and only if something changed: others may be reading it."""
    if path.exists() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(path)
    return True


# What is wrong with it

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
HAN = "\u3400-\u4dbf\u4e00-\u9fff"
ASCII_PUNCTUATION = re.compile(rf"[{HAN}][,.?!]|[,.?!][{HAN}]")


def problems(root: Path = ROOT) -> list[str]:
    """One line for each message that is not as it should be; empty when all is well."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        wanted, have = found(root), entries(read(root / PO))
    corrections = entries(read(root / CORRECTIONS))
    lines = [f"not in the .po file: {key}" for key in wanted if key not in have]
    lines += [f"no longer in the source: {key}" for key in have if key not in wanted]
    lines += [
        f"corrected, but no longer in the source: {key}" for key in corrections if key not in wanted
    ]
    for catalog in (have, corrections):
        lines += [
            f"{fault}: {key}" for key, message in catalog.items() for fault in faults(key, message)
        ]
    return lines


def faults(key: Key, message: Message) -> Iterator[str]:
    texts = [text for text in strings(message) if text]
    if not texts:
        yield "not translated"
    if message.fuzzy:
        yield "fuzzy"
    # Chinese has one form for all numbers: it must say what the plural says.
    expected = placeholders(key.plural or key.singular)
    for text in texts:
        if placeholders(text) != expected:
            yield "other placeholders in the translation"
        if ASCII_PUNCTUATION.search(text):
            yield f"ASCII punctuation in Chinese text ({text})"


def strings(message: Message) -> tuple[str, ...]:
    forms = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    return tuple(str(form or "") for form in forms)


def placeholders(text: str) -> list[str]:
    return sorted(set(PLACEHOLDER.findall(text.replace("%%", ""))))


# Compiling


def compile_all(root: Path = ROOT) -> list[Path]:
    """Write the .mo files that are out of date; the ones that changed."""
    if is_compiled(root):
        return []
    simplified = read(root / PO)
    simplified.fuzzy = False
    traditional = converted(simplified, entries(read(root / CORRECTIONS)))
    changed = []
    for name, catalog in (("zh_Hans", simplified), ("zh_Hant", traditional)):
        path = root / COMPILED[name]
        if write(path, mo_bytes(catalog)):
            changed.append(path)
        os.utime(path)
    return changed


def is_compiled(root: Path = ROOT) -> bool:
    here = Path(__file__)
    inputs = [root / PO, root / CORRECTIONS, here, here.parents[1] / "languages/traditional.py"]
    newest = max((path.stat().st_mtime_ns for path in inputs if path.exists()), default=0)
    outputs = [root / path for path in COMPILED.values()]
    return all(path.exists() and path.stat().st_mtime_ns >= newest for path in outputs)


def converted(simplified: Catalog, corrections: dict[Key, Message]) -> Catalog:
    """The catalogue in Traditional characters."""
    from babel.messages.catalog import Catalog

    catalog = Catalog(locale="zh_Hant", fuzzy=False)
    for key, message in entries(simplified).items():
        by_hand = corrections.get(key)
        texts = strings(by_hand) if by_hand else tuple(map(traditional, strings(message)))
        catalog.add(key.id, texts if key.plural is not None else texts[0], context=key.context)
    return catalog


def mo_bytes(catalog: Catalog) -> bytes:
    import io
    from datetime import UTC, datetime

    from babel.messages.mofile import write_mo

    # A fixed date: the same messages give the same bytes.
    catalog.creation_date = catalog.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def names(paths: Iterable[Path], root: Path = ROOT) -> str:
    return " ".join(path.relative_to(root).as_posix() for path in paths)


if __name__ == "__main__":
    if not is_compiled():
        sys.stdout.write(f"Messages compiled: {names(compile_all())}\n")
