from django.urls import path

from . import views

urlpatterns = [
    path("notifications/", views.notices, name="notices"),
    path("notifications/reading/", views.reading, name="notices_reading"),
]
