"""The pages of comparisons."""

from .downloads import figures_csv, figures_json
from .topics import chart, compare, head_to_head, topic

__all__ = [
    "chart",
    "compare",
    "figures_csv",
    "figures_json",
    "head_to_head",
    "topic",
]
