"""The pages of comparisons: of one figure, and of what can be compared."""

from .entry import answer, exclusion, figure, question, question_hiding
from .items import edit_item, items, new_item, retirement

__all__ = [
    "answer",
    "edit_item",
    "exclusion",
    "figure",
    "items",
    "new_item",
    "question",
    "question_hiding",
    "retirement",
]
