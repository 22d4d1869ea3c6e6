from django.urls import path

from . import views

urlpatterns = [
    path("passages/<id:passage_id>/correction/", views.correction, name="correction"),
    path(
        "passages/<id:passage_id>/correction/<id:correction_id>/",
        views.one_correction,
        name="one_correction",
    ),
    path(
        "passages/<id:passage_id>/correction/<id:correction_id>/thanks/",
        views.thanks,
        name="correction_thanks",
    ),
    path(
        "passages/<id:passage_id>/correction/<id:correction_id>/taking/",
        views.taking,
        name="correction_taking",
    ),
    path("corrections/waiting/", views.waiting, name="corrections_waiting"),
    path("corrections/muted/", views.muted, name="corrections_muted"),
]
