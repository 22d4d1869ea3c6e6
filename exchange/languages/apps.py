from django.apps import AppConfig


class LanguagesConfig(AppConfig):
    name = "exchange.languages"
    label = "languages"
