"""Mail addresses that are made to be thrown away: whoever has one cannot be told anything later."""

from django.conf import settings

# On the package's list, yet a provider's whose customers keep their addresses for years.
HONEST = frozenset(("21cn.com",))


def is_disposable(address: str) -> bool:
    """By the domain, or one that it is a part of. The operator's MAILBOXES_ALLOWED go before."""
    # 10,000 names: read by whoever signs up first, not at each start.
    from disposable_email_domains import blocklist

    labels = address.rpartition("@")[2].strip().rstrip(".").lower().split(".")
    allowed = HONEST.union(settings.MAILBOXES_ALLOWED)
    for start in range(len(labels) - 1):
        domain = ".".join(labels[start:])
        if domain in allowed:
            return False
        if domain in blocklist:
            return True
    return False
