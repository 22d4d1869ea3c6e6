"""The colours of tokens.css by theme, and how well they are told apart (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

from django.conf import settings

TOKENS = Path(settings.BASE_DIR) / "exchange" / "static" / "css" / "tokens.css"
# What stands on what, and the least contrast it may have: 4.5 for words, 3 for edges.
PAIRS = (
    ("ink", "paper", 4.5),
    ("ink", "sheet", 4.5),
    ("ink", "hover", 4.5),
    ("ink-2", "paper", 4.5),
    ("ink-2", "sheet", 4.5),
    ("ink-2", "hover", 4.5),
    ("accent", "sheet", 4.5),
    ("accent", "accent-soft", 4.5),
    ("on-accent", "accent", 4.5),
    ("other", "sheet", 4.5),
    ("other", "other-soft", 4.5),
    ("danger", "sheet", 4.5),
    ("danger", "other-soft", 4.5),
    ("gold", "gold-soft", 4.5),
    ("gold", "paper", 4.5),
    ("gold", "sheet", 4.5),
    ("accent", "paper", 3.0),
    ("other", "paper", 3.0),
    ("edge", "paper", 3.0),
    ("edge", "sheet", 3.0),
)
# With `prefers-contrast: more` words reach level AAA.
MORE = 7.0

_LIST = re.compile(r":where\((?P<where>[^{]*)\) \{(?P<body>[^}]*)\}")
_COLOUR = re.compile(r"--([a-z0-9-]+): (#[0-9a-f]{6});")

type Theme = dict[str, str]


def themes() -> list[Theme]:
    """Six lists of `{token: "#rrggbb"}`: light, dark by the system, dark; then the same with more."""
    return [dict(_COLOUR.findall(found["body"])) for found in _LIST.finditer(TOKENS.read_text())]


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    """WCAG's relative luminance of `#rrggbb`."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def table() -> list[dict[str, object]]:
    """Each pair with its contrast in the four themes: light, dark, and both with more."""
    light, _, dark, more_light, _, more_dark = themes()
    return [
        {
            "front": front,
            "back": back,
            "ratios": [
                f"{contrast(theme[front], theme[back]):.1f}"
                for theme in (light, dark, more_light, more_dark)
            ],
        }
        for front, back, _ in PAIRS
    ]
