from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from exchange.web.http import methods

from .queries import rules


@methods("GET")
def house_rules(request: HttpRequest) -> HttpResponse:
    return render(request, "safety/rules.html", {"rules": rules()})
