"""Whatever changes how a post looks is told to the pages that show it."""

import ast
import inspect
import pkgutil
import textwrap
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from types import FunctionType, ModuleType

import exchange
from exchange.languages.actions import shown_anew
from exchange.ledger.verbs import VERBS
from exchange.live.frames import BUILDERS


def acts() -> Iterator[FunctionType]:
    """Every function that stands in an `actions` module."""
    for found in pkgutil.walk_packages(exchange.__path__, "exchange."):
        if "actions" in found.name.split("."):
            module = import_module(found.name)
            for each in vars(module).values():
                if isinstance(each, FunctionType) and each.__module__ == module.__name__:
                    yield each


@cache
def tree(act: FunctionType) -> ast.AST:
    return ast.parse(textwrap.dedent(inspect.getsource(inspect.unwrap(act))))


@cache
def calls(act: FunctionType) -> list[FunctionType]:
    """The functions of ours that it calls by their names, or as those of a module."""
    known = inspect.unwrap(act).__globals__
    found: list[object] = []
    for node in ast.walk(tree(act)):
        if isinstance(node, ast.Name):
            found.append(known.get(node.id))
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            module = known.get(node.value.id)
            if isinstance(module, ModuleType):
                found.append(getattr(module, node.attr, None))
    ours = [each for each in found if isinstance(each, FunctionType)]
    return [each for each in ours if each.__module__.startswith("exchange.")]


@cache
def reached(act: FunctionType) -> set[FunctionType]:
    seen, ahead = {act}, [act]
    while ahead:
        fresh = set(calls(ahead.pop())) - seen
        seen |= fresh
        ahead += fresh
    return seen


def verbs(act: FunctionType) -> set[str]:
    """What it names itself: who calls it may name another one."""
    said = {node.value for node in ast.walk(tree(act)) if isinstance(node, ast.Constant)}
    return {verb for verb in said if verb in VERBS}


def test_every_verb_of_an_act_that_draws_a_post_anew_reaches_open_pages():
    drawn = {verb for act in acts() if shown_anew in reached(act) for verb in verbs(act)}
    assert {"figure.excluded", "correction.offered", "translation.made"} <= drawn
    assert drawn - BUILDERS.keys() == set()
