"""`make faults`: real processes are killed while people write."""

import sys

from .lanes import conclude, environment, run_lane

LIMIT_SECONDS = 480


def main() -> int:
    result = run_lane("faults", ["tests/faults"], env=environment(), limit=LIMIT_SECONDS)
    return conclude([result])


if __name__ == "__main__":
    sys.exit(main())
