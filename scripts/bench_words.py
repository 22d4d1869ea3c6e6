"""What the site knows of words costs: microseconds for a post, beside rendering its Markdown."""

import statistics
from collections.abc import Callable
from time import process_time

from .lanes import say

ROUNDS = 30
CHINESE = (
    "我在成都租了一室一厅，每个月三千块，押一付三，水电另算。房东人很好，就是离学校有点远，"
    "坐地铁要四十分钟。你们那边一个月要付多少钱？包不包网费和物业费？我听说美国的学生公寓很贵，"
    "一张床就要一千多美元，是真的吗？还有，看病的时候保险到底管多少，我一直没弄明白。"
    "周末要不要一起视频练口语？我可以教你做饭，你帮我改作文，怎么样？我最近在准备期末考试，"
    "每天都睡得很晚，猫也跟着我熬夜。"
)[:200]
ENGLISH = (
    "I rent a one-bedroom in Columbus for $1,150 a month, and the security deposit was one month's "
    "rent. Utilities are extra. My landlord is nice, but campus is forty minutes away by bus."
)


def measure(work: Callable[[], object]) -> float:
    """Microseconds of processor time, the median of ROUNDS."""
    work()
    times = []
    for _ in range(ROUNDS):
        began = process_time()
        work()
        times.append(process_time() - began)
    return statistics.median(times) * 1e6


def report() -> None:
    from exchange.languages import conversion, dictionary, gist, reading, render, script, words

    bare = measure(lambda: render.render(CHINESE, "zh-hans"))
    rows: dict[str, tuple[Callable[[], object], int]] = {
        "detect and cut, Chinese": (lambda: (script.detect(CHINESE), words.segment(CHINESE)), 3000),
        "detect and cut, English": (lambda: (script.detect(ENGLISH), words.segment(ENGLISH)), 3000),
        "reading help, Chinese": (lambda: [w.senses for w in reading.read(CHINESE)], 40_000),
        "reading help, English": (lambda: [w.senses for w in reading.read(ENGLISH)], 40_000),
        "gist, Chinese": (lambda: gist.lines(CHINESE, "en"), 40_000),
        "gist, English": (lambda: gist.lines(ENGLISH, "zh"), 40_000),
        "look up": (lambda: dictionary.lookup("重庆"), 2000),
        "equivalents": (lambda: dictionary.equivalents("landlord"), 2000),
        "convert to Traditional": (lambda: conversion.convert(CHINESE, "hant"), 2000),
    }
    say(f"\na post of {len(CHINESE)} characters, medians of {ROUNDS}, processor time")
    say(f"{'render its Markdown':25} {bare:8.0f} us")
    for name, (work, most) in rows.items():
        took = measure(work)
        verdict = "within budget" if took <= most else f"OVER BUDGET of {most} us"
        say(f"{name:25} {took:8.0f} us ({took / bare:5.2f} x rendering), {verdict}")
