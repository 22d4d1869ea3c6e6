from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "exchange.config"
    label = "config"

    def ready(self) -> None:
        from . import checks  # noqa: F401 registers them
