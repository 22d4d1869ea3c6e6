"""`make walks`: every address, page and hostile file, asked in every way. Closes with one line of counts.

They take as long as all other tests, so `make test` leaves them out; `.ci/run` has both.
"""

import sys
from concurrent.futures import ThreadPoolExecutor

from .browser import find_browser
from .lanes import conclude
from .suite import embedded, journeys, on_services

WALKS = (
    "access/test_heads.py",
    "access/test_matrix.py",
    "languages/test_render_cost.py",
    "security/test_deletion_walk.py",
    "security/test_types.py",
    "uploads/test_corpus.py",
)
ON_SERVICES = ("access/test_matrix.py",)
IN_BROWSERS = ("journeys/test_axe.py", "journeys/test_axe_chinese.py")


def main() -> int:
    with ThreadPoolExecutor(1) as pool:
        browser = pool.submit(find_browser)
        results = [embedded(WALKS), on_services(ON_SERVICES), journeys(browser, IN_BROWSERS)]
    return conclude(results)


if __name__ == "__main__":
    sys.exit(main())
