from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "exchange.live"
    label = "live"
