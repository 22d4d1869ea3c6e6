from django.urls import path

from . import views

urlpatterns = [
    path("figures/reading/", views.figure_reading, name="figure_reading"),
    path("figures/places/", views.places_found, name="places"),
]
