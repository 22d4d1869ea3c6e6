"""The clock that limits are counted by, moved by hand."""

import pytest

from exchange.safety import actions

START = 1_795_680_000  # seconds; the beginning of a minute


class Clock:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = float(START)
        monkeypatch.setattr(actions, "time", self)

    def forward(self, seconds: float) -> None:
        self.now += seconds

    def time(self) -> float:
        return self.now

    def time_ns(self) -> int:
        return int(self.now) * 1_000_000_000
