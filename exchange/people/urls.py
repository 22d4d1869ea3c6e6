from django.urls import path

from . import views

urlpatterns = [
    path("settings/", views.settings, name="settings"),
    path("settings/view/", views.reading_view, name="reading_view"),
    path("settings/reading/", views.reading_help, name="reading_help"),
    path("settings/mutes/", views.mutes, name="mutes"),
    path("people/names/", views.names, name="names"),
    path("people/<name:username>/", views.person, name="person"),
    path("people/<name:username>/mute/", views.mute_person, name="mute_person"),
    path("people/<name:username>/block/", views.block_person, name="block_person"),
    path("threads/<id:thread_id>/mute/", views.mute_thread, name="mute_thread"),
    path("boards/<slug:slug>/mute/", views.mute_board, name="mute_board"),
]
