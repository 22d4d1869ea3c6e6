from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "exchange.safety"
    label = "safety"

    def ready(self) -> None:
        from . import receivers  # noqa: F401 it listens from then on
