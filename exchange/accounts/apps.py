from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "exchange.accounts"
    label = "accounts"

    def ready(self) -> None:
        from allauth.account.signals import password_changed, password_reset, password_set
        from django.contrib.auth.signals import user_logged_out

        from .receivers import session_ended

        for ended in (user_logged_out, password_changed, password_reset, password_set):
            ended.connect(session_ended, dispatch_uid="exchange.accounts")
