from django.urls import path

from . import views

urlpatterns = [
    path("", views.front, name="front"),
    path("boards/<slug:slug>/", views.board, name="board"),
    path("threads/new/", views.new_thread, name="new_thread"),
    path("threads/new/draft/", views.new_thread_draft, name="new_thread_draft"),
    path("threads/<id:thread_id>/draft/", views.reply_draft, name="reply_draft"),
    path("posts/<id:post_id>/draft/", views.edit_draft, name="edit_draft"),
    path("drafts/", views.drafts, name="drafts"),
    path("compose/language/", views.language_found, name="language_found"),
    path("threads/<id:thread_id>/", views.thread, name="thread"),
    path("threads/<id:thread_id>/card.png", views.card, name="card"),
    path("threads/<id:thread_id>/posts/", views.reply, name="reply"),
    path("posts/<id:post_id>/", views.post, name="post"),
    path("posts/<id:post_id>/pictures/<id:upload_id>/", views.picture, name="picture"),
    path("posts/<id:post_id>/edit/", views.edit, name="edit"),
    path("posts/<id:post_id>/history/", views.history, name="history"),
    path("posts/<id:post_id>/deletion/", views.deletion, name="deletion"),
]
# A slug may follow a thread's address; this comes last, after all that has a meaning of its own.
slugged = [path("threads/<id:thread_id>/<str:slug>/", views.thread)]
