"""The way to a decision for whom it concerns, where they cannot log in: a signed address.

It is good for one person and one decision, and for nothing else.
"""

from datetime import timedelta
from urllib.parse import urlencode

from django.core import signing
from django.urls import reverse

SALT = "exchange.decision"
# An appeal can be made for 30 days; its answer should still be found some days after that.
KEPT = timedelta(days=45)
LONGEST = 200  # characters; ours have less than a hundred


def key(person_id: int, decision_id: int) -> str:
    return signing.dumps([person_id, decision_id], salt=SALT)


def person_of(key: str, decision_id: int) -> int | None:
    """Whose key it is; None where it is none, is too old or belongs to another decision."""
    if not key or len(key) > LONGEST:
        return None
    try:
        person_id, of_decision = signing.loads(key, salt=SALT, max_age=KEPT)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    return int(person_id) if of_decision == decision_id else None


def page(decision_id: int, key: str = "") -> str:
    """The decision's page in the language of the moment, without the site's name."""
    return with_key(reverse("decision", args=[decision_id]), key)


def with_key(address: str, key: str) -> str:
    return f"{address}?{urlencode({'key': key})}" if key else address
