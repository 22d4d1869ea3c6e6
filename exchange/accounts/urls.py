from django.urls import include, path

from . import views

# allauth's names: its own patterns for these stand behind ours and are never reached.
urlpatterns = [
    path("login/", views.log_in, name="account_login"),
    path("signup/", views.sign_up, name="account_signup"),
    path("email/", views.email, name="account_email"),
    path("", include("allauth.account.urls")),
]
