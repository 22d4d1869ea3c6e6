"""`make soak`: of the long lists, of which `make test` asks a selection, everything; faults that last."""

import sys

from .browser import find_browser
from .faults import database_for_faults
from .lanes import conclude, environment, run_lane

# tests/security/selection.py says what is left out elsewhere.
LONG = ("security", "access", "uploads")
# With real processes, one after the other.
LONG_FAULTS = "tests/faults"
LONG_IN_A_BROWSER = ("journeys/test_axe.py", "journeys/test_axe_chinese.py")
SOAK_SECONDS = 7200


def main() -> int:
    beside = ("-n", "auto", "--dist", "worksteal")
    paths = [f"tests/{name}" for name in LONG]
    env = environment(EXCHANGE_LANE="soak")
    results = [run_lane("soak", paths, *beside, env=env, limit=SOAK_SECONDS)]
    with database_for_faults() as address:
        theirs = env | {"EXCHANGE_FAULTS_DATABASE": address}
        results.append(run_lane("faults", [LONG_FAULTS], env=theirs, limit=SOAK_SECONDS))
    if browser := find_browser():
        env |= {"EXCHANGE_CHROMIUM": browser.path}
        results.append(
            run_lane(
                "browser",
                [f"tests/{name}" for name in LONG_IN_A_BROWSER],
                env=env,
                limit=SOAK_SECONDS,
            )
        )
    return conclude(results)


if __name__ == "__main__":
    sys.exit(main())
