"""The program of the child: a file on its standard input, the answer on its standard output.

Started as `python -I child.py`, with an empty environment. It takes its own limits before it imports
a decoder, for nothing that the site runs may stand between a fork and a start.
"""

import os
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2]))

from exchange.uploads import confinement, wire
from exchange.uploads.kinds import HEAD, kind
from exchange.uploads.limits import MOST_BYTES
from exchange.uploads.made import Made, Refused


def answer(data: bytes) -> Made | Refused:
    try:
        return _made(data)
    except Refused as refused:
        return refused
    except MemoryError:
        return Refused("too_costly")


def _made(data: bytes) -> Made:
    if len(data) > MOST_BYTES:
        raise Refused("too_large")
    found = kind(data[:HEAD])
    if found == "PDF":
        from exchange.uploads.papers import make_safe as paper_made

        return paper_made(data)
    from exchange.uploads.images import make_safe as picture_made

    return picture_made(data, found)


def main() -> None:
    confinement.confine()
    with os.fdopen(0, "rb") as file:
        data = file.read(MOST_BYTES + 1)
    with os.fdopen(1, "wb") as out:
        for piece in wire.pack(answer(data)):
            out.write(piece)


if __name__ == "__main__":
    main()
