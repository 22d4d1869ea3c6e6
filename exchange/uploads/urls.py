from django.urls import path

from . import views

urlpatterns = [
    path("pictures/<str:name>/<str:part>", views.picture_file, name="picture_file"),
]
