from django.apps import AppConfig


class PassagesConfig(AppConfig):
    name = "exchange.passages"
    label = "passages"
