from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "exchange.boards"
    label = "boards"
