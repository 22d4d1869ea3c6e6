from django.urls import path

from . import views

urlpatterns = [path("rules/", views.house_rules, name="rules")]
