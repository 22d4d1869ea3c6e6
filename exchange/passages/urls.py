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
]
