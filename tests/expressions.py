"""Every regular expression of the package, wherever it is compiled, and how it is used."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import onrecord
from onrecord.report import initials
from onrecord.resources import load_resources

PACKAGE = Path(onrecord.__file__).parent
SEARCHES = {"search", "finditer", "findall", "sub", "subn", "split"}
ANCHORED = {"match", "fullmatch"}
RUN_TIME = {
    "onrecord.report.initials._replacer": lambda: initials._replacer(["Jo Marr"], ["@j"], set())
}
"""Functions that compile an expression from what they are given, called with something."""


class Expression(NamedTuple):
    """A compiled expression: where it comes from, and whether it is tried at every place."""

    name: str
    pattern: re.Pattern
    searched: bool
    whole: bool
    """Used with `fullmatch` alone."""


class Compiled(NamedTuple):
    """A call that compiles: in which function (or none), and its expression where that is plain."""

    module: str
    line: int
    function: str | None
    constant: tuple[str | bytes, int] | None
    named: str | None
    """The name that the expression is given, outside of functions."""


@cache
def modules() -> tuple[tuple[str, ast.Module], ...]:
    """Return the name and the syntax tree of each module."""
    found = []
    for info in pkgutil.walk_packages(onrecord.__path__, "onrecord."):
        if info.name != "onrecord.__main__":
            module = importlib.import_module(info.name)
            found.append((info.name, ast.parse(Path(module.__file__).read_text("utf-8"))))
    return tuple(found)


def compiled() -> Iterator[Compiled]:
    """Yield each call of the module `re` that compiles an expression."""
    for module, tree in modules():
        for top in tree.body:
            function = top.name if isinstance(top, ast.FunctionDef | ast.ClassDef) else None
            target = None
            if isinstance(top, ast.Assign | ast.AnnAssign):
                first = top.targets[0] if isinstance(top, ast.Assign) else top.target
                target = first.id if isinstance(first, ast.Name) else None
            for node in ast.walk(top):
                if is_compiling(node):
                    yield Compiled(module, node.lineno, function, constant_of(node), target)


def is_compiling(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        and node.func.attr in {"compile", *SEARCHES, *ANCHORED}
    )


def constant_of(call: ast.Call) -> tuple[str | bytes, int] | None:
    """Return the expression and the flags of a call that holds them as they are."""
    first = call.args[0]
    if not isinstance(first, ast.Constant):
        return None
    flags = [getattr(re, node.attr) for node in (*call.args[1:], *call.keywords) if is_flag(node)]
    return first.value, sum(flags)


def is_flag(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "re"
    )


def patterns_in(value: object, name: str) -> Iterator[tuple[str, re.Pattern]]:
    """Yield the expressions that a name of a module, or what its function returns, holds."""
    if isinstance(value, re.Pattern):
        yield name, value
    elif isinstance(value, tuple | list):
        fields = getattr(value, "_fields", range(len(value)))
        for field, one in zip(fields, value, strict=True):
            yield from patterns_in(one, f"{name}.{field}")
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from patterns_in(one, f"{name}.{key}")


def made_by(value: object, name: str) -> Iterator[tuple[str, re.Pattern]]:
    """Yield what a cached function of the word lists compiles, or one of those named above."""
    if name in RUN_TIME:
        held = RUN_TIME[name]().__closure__ or ()
        yield from patterns_in([cell.cell_contents for cell in held], name)
    elif (
        hasattr(value, "cache_info")
        and name.startswith(value.__module__)
        and value.__wrapped__.__annotations__.keys()
        == {
            "resources",
            "return",
        }
    ):
        yield from patterns_in(value(load_resources()), name)


@cache
def expressions() -> tuple[Expression, ...]:
    """Return every expression of the package once, under its first name."""
    found: dict[tuple[str, str | bytes, int], Expression] = {}
    for module, tree in modules():
        uses = uses_in(tree)
        for attribute, value in vars(importlib.import_module(module)).items():
            name = f"{module}.{attribute}"
            for full, pattern in (*patterns_in(value, name), *made_by(value, name)):
                how = uses.get(full.rpartition(".")[2], {"search"})
                key = (module, pattern.pattern, pattern.flags)
                found.setdefault(
                    key, Expression(full, pattern, not how <= ANCHORED, how == {"fullmatch"})
                )
    for call in compiled():
        if call.constant is not None and call.named is None:
            pattern = re.compile(*call.constant)
            found.setdefault(
                (call.module, pattern.pattern, pattern.flags),
                Expression(f"{call.module}:{call.line}", pattern, searched=True, whole=False),
            )
    return tuple(found.values())


def uses_in(tree: ast.Module) -> dict[str, set[str]]:
    """Return how each name of a module is used; where that cannot be seen, it is searched with."""
    uses: dict[str, set[str]] = {}
    receivers = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            method, value = node.func.attr, node.func.value
            if method in SEARCHES | ANCHORED and isinstance(value, ast.Name | ast.Attribute):
                receivers.add(value)
                # A match at a place that is given may be one of many.
                anchored = method in ANCHORED and len(node.args) == 1
                uses.setdefault(name_of(value), set()).add(method if anchored else "search")
    for node in ast.walk(tree):
        loaded = isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load)
        if loaded and node not in receivers and name_of(node) in uses:
            uses[name_of(node)].add("search")
    return uses


def name_of(node: ast.Name | ast.Attribute) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr
