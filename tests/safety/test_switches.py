"""What is on for a time of attack, and how quickly it is known."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchange.safety.models import Switch
from exchange.safety.queries import forget_switch, is_on

pytestmark = pytest.mark.django_db


def test_a_switch_is_on_as_long_as_its_row_is_there() -> None:
    assert not is_on("sign_up_proof")
    Switch.objects.create(name="sign_up_proof")
    forget_switch("sign_up_proof")
    assert is_on("sign_up_proof")
    assert not is_on("hold_all")


def test_asking_again_costs_no_query() -> None:
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        for _ in range(3):
            is_on("hold_all")
    assert len(asked) == 1
