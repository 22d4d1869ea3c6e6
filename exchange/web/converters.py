from django.urls import register_converter


class Id:
    """A row's number: no zero, no sign, and never more digits than a 64-bit column holds."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class Target:
    """What the ledger calls a thing: `post.7`."""

    regex = r"[a-z]{1,20}\.[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Name:
    """A person's. None holds a slash; one that slipped past the rules must not break every page with it."""

    regex = "[^/]+"

    def to_python(self, value: str) -> str:
        return value.replace("%2F", "/")

    def to_url(self, value: str) -> str:
        return value.replace("/", "%2F")


def register() -> None:
    register_converter(Id, "id")
    register_converter(Target, "target")
    register_converter(Name, "name")
