from django.urls import path

from . import views

urlpatterns = [
    path("pictures/<str:name>/<str:part>", views.picture_file, name="picture_file"),
]
# In the reader's language, for what it answers.
localised = [
    path("uploads/", views.uploads, name="uploads"),
    path("uploads/<id:upload_id>/", views.upload, name="upload"),
]
