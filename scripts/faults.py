"""`make faults`: real processes are killed while people write."""

import os
import sys

from .lanes import conclude, environment, run_lane

LIMIT_SECONDS = 480


def main() -> int:
    env = environment(EXCHANGE_FAULTS_DATABASE=os.environ.get("DATABASE_URL", ""))
    result = run_lane("faults", ["tests/faults"], env=env, limit=LIMIT_SECONDS)
    return conclude([result])


if __name__ == "__main__":
    sys.exit(main())
