from django.urls import path

from . import views

urlpatterns = [
    path("posts/<id:post_id>/hiding/", views.hiding, name="hiding"),
    path(
        "posts/<id:post_id>/pictures/<id:upload_id>/hiding/",
        views.picture_hiding,
        name="picture_hiding",
    ),
    path(
        "posts/<id:post_id>/pictures/<id:upload_id>/release/",
        views.picture_release,
        name="picture_release",
    ),
    path("posts/<id:post_id>/flag/", views.flag, name="flag"),
    path("threads/<id:thread_id>/lock/", views.lock, name="lock"),
    path("threads/<id:thread_id>/pin/", views.pin, name="pin"),
    path("threads/<id:thread_id>/move/", views.move, name="move"),
    path("moderation/", views.desk, name="desk"),
    path("moderation/pictures/", views.waiting_pictures, name="waiting_pictures"),
    path("moderation/flags/<id:flag_id>/closing/", views.close_flag, name="close_flag"),
    path("moderation/log/", views.log, name="log"),
]
