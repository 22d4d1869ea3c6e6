from django.urls import path

from . import views

urlpatterns = [
    path("settings/", views.settings, name="settings"),
    path("settings/view/", views.reading_view, name="reading_view"),
    path("settings/reading/", views.reading_help, name="reading_help"),
    path("people/names/", views.names, name="names"),
]
