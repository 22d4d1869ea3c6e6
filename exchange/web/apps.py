from django.apps import AppConfig

from . import converters


class WebConfig(AppConfig):
    name = "exchange.web"
    label = "web"

    def ready(self) -> None:
        converters.register()
