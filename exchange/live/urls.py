from django.urls import path

from . import views

urlpatterns = [
    path("threads/<id:thread_id>/changes", views.changes, name="changes"),
    path("changes", views.list_changes, name="list_changes"),
]
