"""Mails as HTML, made from their text: the words stand in one place, and both parts say the same.

A line that is an address alone is a link. The line before it says what following it does and becomes
a button, with the address under it. The rest are paragraphs. What follows the line `-- ` is the
signature.
"""

import re
from dataclasses import dataclass

_ADDRESS = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph's lines, or a link and what its button says."""

    lines: tuple[str, ...] = ()
    link: str = ""
    label: str = ""


def blocks(text: str) -> tuple[list[Block], list[str]]:
    """(what the mail says, the lines of its signature)."""
    body, _, signature = text.partition("\n-- \n")
    found: list[Block] = []
    for paragraph in re.split(r"\n\s*\n", body.strip()):
        plain: list[str] = []
        for line in map(str.strip, paragraph.splitlines()):
            if _ADDRESS.fullmatch(line):
                label = plain.pop() if plain else ""
                found += [Block(tuple(plain))] if plain else []
                found.append(Block(link=line, label=label))
                plain = []
            else:
                plain.append(line)
        if plain:
            found.append(Block(tuple(plain)))
    return found, signature.strip().splitlines()
