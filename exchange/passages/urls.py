from django.urls import path

from .views import export, reading, script_view, scripts, words

urlpatterns = [
    path("passages/<id:passage_id>/reading/", reading, name="reading"),
    path("passages/<id:passage_id>/script/", script_view, name="script"),
    path("passages/script/", scripts, name="scripts"),
    path("words/", words, name="words"),
    path("words/export/", export, name="words_export"),
]
