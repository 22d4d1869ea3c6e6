"""A PDF drawn page by page, and written anew without anything that could act."""

from .made import Made, Refused


def make_safe(data: bytes) -> Made:
    raise Refused("unknown_type")
