"""`make soak`: of the long lists, of which `make test` asks a selection, everything."""

import sys

from .lanes import conclude, environment, run_lane

# tests/security/selection.py says what is left out elsewhere.
LONG = ("security", "access")
SOAK_SECONDS = 7200


def main() -> int:
    return conclude(
        [
            run_lane(
                "soak",
                [f"tests/{name}" for name in LONG],
                "-n",
                "auto",
                "--dist",
                "worksteal",
                env=environment(EXCHANGE_LANE="soak"),
                limit=SOAK_SECONDS,
            )
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
