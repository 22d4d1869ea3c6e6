"""The pages of comparisons: what all figures say, one of them, and what can be compared."""

from .downloads import figures_csv, figures_json
from .entry import answer, figure, question, question_hiding
from .gates import get_figure
from .items import edit_item, items, new_item, retirement
from .topics import chart, compare, head_to_head, topic

__all__ = [
    "answer",
    "chart",
    "compare",
    "edit_item",
    "figure",
    "figures_csv",
    "figures_json",
    "get_figure",
    "head_to_head",
    "items",
    "new_item",
    "question",
    "question_hiding",
    "retirement",
    "topic",
]
