from django.urls import register_converter


class Id:
    """A row's number: no zero, no sign, and never more digits than a 64-bit column holds."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


def register() -> None:
    register_converter(Id, "id")
