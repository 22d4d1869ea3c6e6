"""What every stylesheet keeps to: one order of layers, one place of colours, both scripts' manners."""

import re
from pathlib import Path

import pytest
from django.conf import settings

FOLDER = Path(settings.BASE_DIR) / "exchange" / "static" / "css"
LAYERS = ["reset", "tokens", "base", "layout", "components", "utilities"]
SHEETS = sorted(FOLDER.glob("*.css"))
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
RULE = re.compile(r"(?P<where>[^{}]+)\{(?P<body>[^{}]*)\}")
DECLARATION = re.compile(
    r"(?:^|[;{])\s*(?P<name>-?-?[a-z][a-z0-9-]*)\s*:\s*(?P<value>[^;{}]+)(?=[;}])"
)
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(")
PHYSICAL = re.compile(
    r"(?:(?:margin|padding|border)-(?:left|right|top|bottom)\b.*|left|right|top|bottom"
    r"|(?:min-|max-)?(?:width|height)|border-(?:top|bottom)-(?:left|right)-radius)"
)
USED = re.compile(r"var\((--[a-z0-9-]+)")


def css(path: Path) -> str:
    return COMMENT.sub("", path.read_text())


def declarations(text: str) -> list[tuple[str, str]]:
    return [(found["name"], found["value"].strip()) for found in DECLARATION.finditer(text)]


def defined() -> set[str]:
    return {name for name, _ in declarations(css(FOLDER / "tokens.css")) if name.startswith("--")}


def faults(text: str) -> list[str]:
    """What may stand in tokens.css only, and what may stand nowhere."""
    return [
        f"{name}: {value}"
        for name, value in declarations(text)
        if COLOUR.search(value) or PHYSICAL.fullmatch(name) or name.startswith("--")
    ]


def slanted_chinese(text: str) -> list[str]:
    return [
        found["where"].strip()
        for found in RULE.finditer(text)
        if ":lang(zh" in found["where"]
        and re.search(r"font-style:\s*(italic|oblique)", found["body"])
    ]


def test_the_order_of_layers_is_said_once_and_first() -> None:
    orders = {path.name: re.findall(r"@layer ([\w, ]+);", css(path)) for path in SHEETS}
    assert {name: said for name, said in orders.items() if said} == {
        "tokens.css": [", ".join(LAYERS)]
    }
    assert css(FOLDER / "tokens.css").lstrip().startswith("@layer")
    page = (Path(settings.BASE_DIR) / "templates" / "base.html").read_text()
    assert re.findall(r"css/(\w+)\.css", page)[0] == "tokens"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_every_rule_is_in_one_of_the_layers(sheet: Path) -> None:
    text = css(sheet)
    assert set(re.findall(r"@layer (\w+) \{", text)) <= set(LAYERS)
    depth, outside = 0, ""
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        outside += sign if depth == 0 and sign != "}" else ""
    assert depth == 0
    assert re.sub(r"@layer [\w, ]+;?", "", outside).split() == []


@pytest.mark.parametrize(
    "sheet", [p for p in SHEETS if p.name != "tokens.css"], ids=lambda p: p.name
)
def test_colours_are_tokens_and_directions_are_logical(sheet: Path) -> None:
    assert faults(css(sheet)) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_every_token_that_is_used_is_defined(sheet: Path) -> None:
    assert set(USED.findall(css(sheet))) - defined() == set()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_chinese_is_never_slanted(sheet: Path) -> None:
    assert slanted_chinese(css(sheet)) == []


@pytest.mark.parametrize(
    "rule",
    [
        "a { color: #fff }",
        "a { background: rgb(0 0 0 / 4%); }",
        "a { margin-left: 1px; }",
        "a { width: 1px }",
    ],
)
def test_the_test_sees_it(rule: str) -> None:
    assert faults(rule)


def test_a_backdrop_has_its_own_tokens() -> None:
    """Chromium inherits them from 122 on, Safari from 17.4, Firefox from 120."""
    rules = [rule for path in SHEETS for rule in RULE.finditer(css(path))]
    rules = [rule for rule in rules if "::backdrop" in rule["where"]]
    own = {name for rule in rules for name, _ in declarations(rule["body"])}
    used = {name for rule in rules for name in USED.findall(rule["body"])}
    assert used and used <= own


def test_the_test_sees_slanted_chinese() -> None:
    assert slanted_chinese("em:lang(zh-Hans) { font-style: italic; }")


def test_nothing_dark_is_printed() -> None:
    """Backgrounds are not printed: what is light on dark would be light on white."""
    text = css(FOLDER / "tokens.css")
    dark = r"@media ([^{]*) \{\s*:where\((?:\[data-theme=\"dark|:root:not)"
    said = re.findall(dark, text)
    assert len(said) == 4
    assert all(query.startswith("screen") for query in said)


def test_a_theme_changes_colours_alone() -> None:
    """So that what has been looked at in one theme needs no second look but at its colours."""
    for sheet in SHEETS:
        text = sheet.read_text()
        if sheet.name != "tokens.css":
            assert "prefers-color-scheme" not in text and "data-theme=" not in text, sheet.name
            continue
        themes = re.findall(r":where\((?=[^{]*data-theme)[^{]*\{([^}]*)\}", text)
        assert len(themes) == 6
        for theme in themes:
            for name, value in re.findall(r"([\w-]+): ([^;]+);", theme):
                assert name == "color-scheme" or COLOUR.search(value), (name, value)
