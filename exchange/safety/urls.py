from django.urls import path

from . import views

urlpatterns = [
    path("rules/", views.house_rules, name="rules"),
    path("rules/<id:edition>/", views.rules_edition, name="rules_edition"),
]
