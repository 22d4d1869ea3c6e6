from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "exchange.safety"
    label = "safety"
