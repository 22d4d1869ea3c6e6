from typing import Any

import pytest

from exchange.boards.models import Post
from exchange.moderation import actions
from exchange.moderation.consumer import consumer
from exchange.moderation.models import Case
from exchange.moderation.targets import find, of_post


@pytest.fixture
def case_of(tom: Any, rules: Any) -> Any:
    """Report a post, or what a name stands for, and get the case."""

    def opened(thing: Post | str, rule: str = "spam", reporter: Any = None, note: str = "") -> Case:
        target = find(thing) if isinstance(thing, str) else of_post(thing)
        assert target
        flag = actions.report(
            reporter=reporter or tom, target=target, rule=rules[rule], note=note, language="en"
        )
        return flag.case

    return opened


@pytest.fixture
def fields_of() -> Any:
    """What a form carries along that decides a case."""

    def fields(case: Case, **more: Any) -> dict[str, Any]:
        target = find(case.target)
        return {"case": case.pk, "version": target.version if target else 0, **more}

    return fields


@pytest.fixture
def follow() -> Any:
    """What the ledger's consumer does by itself."""
    return consumer().round
