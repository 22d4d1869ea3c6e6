from django.urls import path

from . import views

urlpatterns = [
    path("glossary/", views.glossary, name="glossary"),
    path("glossary/new/", views.new_term, name="new_term"),
    path("glossary/<id:term_id>/", views.term, name="glossary_term"),
    path("glossary/<id:term_id>/edit/", views.edit_term, name="edit_term"),
    path("glossary/<id:term_id>/agreement/", views.agreement, name="term_agreement"),
    path("glossary/<id:term_id>/withdrawal/", views.term_withdrawal, name="term_withdrawal"),
    path("translations/machine/", views.machine_translation, name="machine_translation"),
    path("passages/<id:passage_id>/translation/", views.translation, name="translation"),
    path(
        "passages/<id:passage_id>/translation/request/",
        views.translation_request,
        name="translation_request",
    ),
    path(
        "passages/<id:passage_id>/translation/proposals/<id:proposal_id>/",
        views.proposal,
        name="proposal",
    ),
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
    path("passages/<id:passage_id>/language/", views.passage_language, name="passage_language"),
    path("translations/wanted/", views.translations_wanted, name="translations_wanted"),
    path("passages/<id:passage_id>/reading/", views.reading, name="reading"),
    path("passages/<id:passage_id>/script/", views.script_view, name="script"),
    path("passages/script/", views.scripts, name="scripts"),
    path("words/", views.words, name="words"),
    path("words/export/", views.export, name="words_export"),
]
