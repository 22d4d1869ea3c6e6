from django.urls import path

from . import views

urlpatterns = [
    path("translations/machine/", views.machine_translation, name="machine_translation"),
]
