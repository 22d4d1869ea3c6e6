from django.urls import path

from . import views

urlpatterns = [
    path("figures/<id:figure_id>/", views.figure, name="figure"),
    path("figures/<id:figure_id>/question/", views.question, name="figure_question"),
    path(
        "figures/<id:figure_id>/question/<id:question_id>/answer/",
        views.answer,
        name="figure_answer",
    ),
    path(
        "figures/<id:figure_id>/question/<id:question_id>/hiding/",
        views.question_hiding,
        name="question_hiding",
    ),
    path("compare/", views.compare, name="compare"),
    path("compare/items/", views.items, name="items"),
    path("compare/items/new/", views.new_item, name="new_item"),
    path("compare/items/<id:item_id>/edit/", views.edit_item, name="edit_item"),
    path("compare/items/<id:item_id>/retirement/", views.retirement, name="retirement"),
    # A topic's name comes last: it may be any word.
    path("compare/<slug:topic>/", views.topic, name="topic"),
    path("compare/<slug:topic>/cities/", views.head_to_head, name="head_to_head"),
    path("compare/<slug:topic>/figures.csv", views.figures_csv, name="figures_csv"),
    path("compare/<slug:topic>/figures.json", views.figures_json, name="figures_json"),
    path("compare/<slug:topic>/chart.png", views.chart, name="chart"),
]
