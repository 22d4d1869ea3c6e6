from django.urls import path

from . import views

urlpatterns = [
    path("compare/", views.compare, name="compare"),
    # A topic's name comes last: it would be any word.
    path("compare/<slug:topic>/", views.topic, name="topic"),
    path("compare/<slug:topic>/cities/", views.head_to_head, name="head_to_head"),
    path("compare/<slug:topic>/figures.csv", views.figures_csv, name="figures_csv"),
    path("compare/<slug:topic>/figures.json", views.figures_json, name="figures_json"),
    path("compare/<slug:topic>/chart.png", views.chart, name="chart"),
]
