"""The sample pictures, drawn by code: each function gives the bytes of a file as somebody would
upload it. The same on every machine but for the Chinese lines of the exam sheet, which need a font.
"""

from exchange.config.drawings.exam import exam_sheet
from exchange.config.drawings.indoors import biscuit, nuomi
from exchange.config.drawings.memes import cat_tax, panda, sticker, waving
from exchange.config.drawings.outdoors import calico, long_cat
from exchange.config.drawings.pages import greeting, letter

__all__ = [
    "biscuit",
    "calico",
    "cat_tax",
    "exam_sheet",
    "greeting",
    "letter",
    "long_cat",
    "nuomi",
    "panda",
    "sticker",
    "waving",
]
