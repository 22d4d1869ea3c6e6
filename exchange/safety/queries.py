from django.core.cache import cache

from .models import Known, Rule

# The rules change with a deployment or a `seed`, which clears this; an hour bounds any slip.
KEPT = 3600
KEY = "safety.rules"


def rules() -> list[Rule]:
    """The house rules in their order."""
    found: list[Rule] | None = cache.get(KEY)
    if found is None:
        found = list(Rule.objects.all())
        cache.set(KEY, found, KEPT)
    return found


def rule(code: str) -> Rule | None:
    return next((rule for rule in rules() if rule.code == code), None)


def forget() -> None:
    cache.delete(KEY)


def is_known(user_id: int) -> bool:
    """Whether a moderator let a picture of this person through before."""
    return Known.objects.filter(pk=user_id).exists()
