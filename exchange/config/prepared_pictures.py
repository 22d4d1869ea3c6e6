"""A sample picture drawn and made safe. Runs in a process that is thrown away afterwards: what makes
files safe takes limits from the process that it runs in, and would end the site with them.

A child for each picture, as a stranger's file gets, would double what a first start takes.
"""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from exchange.uploads.kinds import HEAD, kind
from exchange.uploads.made import Made


def workers() -> ProcessPoolExecutor:
    """Fresh processes, for a fork would hold what the site has open."""
    return ProcessPoolExecutor(max_workers=2, mp_context=get_context("spawn"))


def drawn(drawing: str, of: str = "") -> bytes:
    from exchange.config import drawings  # with libraries that the site needs for nothing else

    draw = getattr(drawings, drawing)
    return bytes(draw(of) if of else draw())


def prepared(drawing: str, of: str = "") -> Made:
    """What an upload of this drawing becomes. Never in the site's own process; raises `Refused`."""
    data = drawn(drawing, of)
    found = kind(data[:HEAD])
    if found == "PDF":
        from exchange.uploads import papers

        return papers.make_safe(data)
    from exchange.uploads import images

    return images.make_safe(data, found)
