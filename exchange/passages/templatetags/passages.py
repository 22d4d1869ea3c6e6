from django import template

from exchange.languages.models import Passage
from exchange.languages.render import plain
from exchange.languages.text import excerpt

register = template.Library()

ROW = 160  # weighted letters: two lines on a phone


@register.filter
def opening_words(passage: Passage) -> str:
    """What a text begins with, without markup, for a line of a list."""
    return excerpt(plain(passage.body), ROW) or excerpt(passage.body, ROW)
