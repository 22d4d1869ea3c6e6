"""`make faults`: real processes, their Redis, database and clock fail while people write and read."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from .lanes import conclude, environment, in_ci, run_lane
from .services import own_postgres, postgres_answers, postgres_candidates
from .system import apt_install

# A lane that takes this long hangs: it takes four minutes on an idle machine, and should stay below eight.
LIMIT_SECONDS = 1500


@contextmanager
def database_for_faults() -> Iterator[str]:
    """A PostgreSQL where databases can be made: one that answers, in CI else one of our own, "" for none.

    Each test starts a Redis of its own, which in CI is installed for it.
    """
    if in_ci() and not shutil.which("redis-server"):
        apt_install("redis-server")
    found = next(filter(postgres_answers, postgres_candidates()), None)
    if found or not in_ci():
        yield found or ""
        return
    with own_postgres() as own:
        yield own or ""


def main() -> int:
    with database_for_faults() as address:
        env = environment(EXCHANGE_FAULTS_DATABASE=address)
        result = run_lane("faults", ["tests/faults"], env=env, limit=LIMIT_SECONDS)
    return conclude([result])


if __name__ == "__main__":
    sys.exit(main())
