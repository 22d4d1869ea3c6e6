"""Run in a process of its own: a thread of twenty posts with a photo each, through the site's actions.

Prints the thread's id. The photos are noise and light as heavy as a telephone's: about 70 KB at 720 px.
"""

import io
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "exchange.config.settings"

import django

django.setup()

import numpy as np
from PIL import Image

from exchange.accounts.models import User
from exchange.boards import actions
from exchange.boards.models import Board
from exchange.languages.actions import Draft
from exchange.uploads import actions as uploads
from exchange.uploads.actions import PictureDraft
from exchange.uploads.made import Made, Part

POSTS = 20
SHAPES = ((4, 3), (3, 4), (16, 9), (1, 1))


def photo(width: int, height: int, seed: int) -> Image.Image:
    """Soft areas with the grain of a small sensor on them."""
    numbers = np.random.default_rng(seed)
    areas = Image.fromarray(numbers.integers(0, 255, (5, 6, 3), dtype=np.uint8))
    soft = np.asarray(areas.resize((width, height), Image.Resampling.BICUBIC)).astype(np.float32)
    grain = numbers.normal(0, 13, (height, width, 1)).astype(np.float32)
    return Image.fromarray((soft + grain).clip(0, 255).astype(np.uint8))


def written(picture: Image.Image, width: int, quality: int = 80) -> tuple[int, int, bytes]:
    file = io.BytesIO()
    height = round(picture.height * width / picture.width)
    picture.resize((width, height)).save(file, "WEBP", quality=quality, method=0)
    return width, height, file.getvalue()


def made(seed: int) -> Made:
    across, down = SHAPES[seed % len(SHAPES)]
    picture = photo(1200, 1200 * down // across, seed)
    sizes = [(f"w{width}", *written(picture, width)) for width in (360, 720, 1200)]
    parts = [Part(name, 0, w, h, "image/webp", content) for name, w, h, content in sizes]
    blur = written(picture, 24, 15)[2]
    return Made("picture", picture.width, picture.height, blur, (), tuple(parts), ())


def plant() -> int:
    uploads.MOST_IN_HALF_AN_HOUR = POSTS * 2
    author = User.objects.get(username="mei")
    board = Board.objects.get(slug="pets-and-memes")
    thread = None
    for number in range(POSTS):
        upload = uploads.put(owner=author, made=made(number))
        said = Draft(f"第{number + 1}张：窗台上的猫。", f"No. {number + 1}: a cat on the sill.")
        carried = {"pictures": [PictureDraft(upload.pk, said)]}
        words = Draft("今天拍的。", "Taken today.")
        if thread is None:
            title = Draft("二十张照片", "Twenty photos")
            thread = actions.open_thread(
                author=author, board=board, title=title, draft=words, **carried
            )
        else:
            actions.reply(author=author, thread=thread, draft=words, **carried)
    assert thread
    return thread.pk


if __name__ == "__main__":
    sys.stdout.write(str(plant()))
