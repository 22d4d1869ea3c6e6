from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "exchange.live"
    label = "live"

    def ready(self) -> None:
        from exchange.ledger.signals import event_recorded

        from .receivers import ring

        event_recorded.connect(ring, dispatch_uid="exchange.live")
