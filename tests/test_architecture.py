"""Imports point down, the pure stays pure, files stay small."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "mailtrap"

RANKS = {
    "smtp": 0, "mail": 0, "config": 0, "samples": 0,
    "search": 1,
    "store": 2, "faults": 2, "bus": 2,
    "inboxes": 3,
    "catcher": 4,
    "waits": 5, "keeper": 5, "posting": 5,
    "server": 6, "api": 6, "compat": 6, "outbound": 6,
    "app": 7,
    "cli": 8, "testing": 8,
    "__main__": 9,
}  # fmt: skip
APART = {"client"}
"""Imports nothing of the rest; the command line and the plugin may import it."""

PURE = {"smtp", "mail"}
IMPURE = {"asyncio", "socket", "ssl", "time", "logging", "random", "secrets", "os", "threading"}
LIGHT = {"client"}
MODULES = sorted(PACKAGE.rglob("*.py"))


def part_of(module: str) -> str:
    """The part of the package that a dotted module belongs to, empty for the package itself."""
    return module.split(".")[1] if module.count(".") else ""


def imports(path: Path) -> Iterator[str]:
    """The modules that a file imports, by full name."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative import"
            assert node.module
            yield node.module


def own_part(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def ids(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=ids)
def test_imports_point_down(path: Path) -> None:
    part = own_part(path)
    wrong = []
    for module in imports(path):
        other = part_of(module) if module.startswith("mailtrap.") else ""
        if not other or other == part:
            continue
        allowed = (
            other in APART
            if RANKS.get(part) == RANKS["cli"] and other in APART
            else (part not in APART and RANKS[other] < RANKS.get(part, RANKS["__main__"]))
        )
        if not allowed:
            wrong.append(module)
    assert not wrong


@pytest.mark.parametrize("path", [path for path in MODULES if own_part(path) in PURE], ids=ids)
def test_the_pure_parts_know_only_the_standard_library_and_no_world(path: Path) -> None:
    foreign = {
        top
        for module in imports(path)
        if (top := module.split(".")[0]) != "mailtrap"
        and (top not in sys.stdlib_module_names or top in IMPURE)
    }
    assert not foreign


@pytest.mark.parametrize("path", [path for path in MODULES if own_part(path) in LIGHT], ids=ids)
def test_the_client_needs_the_standard_library_only(path: Path) -> None:
    foreign = {
        top
        for module in imports(path)
        if (top := module.split(".")[0]) not in sys.stdlib_module_names
        and not module.startswith("mailtrap.client")
    }
    assert not foreign


def test_every_part_has_a_rank() -> None:
    parts = {own_part(path) for path in MODULES} - {"__init__"}
    assert parts <= RANKS.keys() | APART


@pytest.mark.parametrize("path", sorted((*MODULES, *(ROOT / "tests").rglob("*.py"))), ids=ids)
def test_no_file_is_longer_than_400_lines(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", MODULES, ids=ids)
def test_no_function_is_longer_than_40_lines(path: Path) -> None:
    functions = [
        node
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    long = [f.name for f in functions if body_lines(f) > 40]
    assert not long


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function's body, its docstring and signature not counted."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    if not body:
        return 0
    return (body[-1].end_lineno or 0) - body[0].lineno + 1
