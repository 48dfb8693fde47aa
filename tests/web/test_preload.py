"""The first list is drawn when the last module is there: none may wait for another to name it."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

WEB = Path(__file__).parents[2] / "web"
IMPORT = re.compile(
    r"""^(?:import|export)\s[^"';]*?from\s*["'](\.[^"']+)["']|^import\s*["'](\.[^"']+)["']""",
    re.MULTILINE,
)
MINIFIED = re.compile(r"""(?:from|import)["'](\.[^"']+)["']""")
PRELOAD = re.compile(r'<link rel="modulepreload" href="/([^"]+)">')


def imported(name: str) -> set[str]:
    """The modules that a module imports, by their paths below ``web/``."""
    text = (WEB / name).read_text("utf-8")
    pattern = MINIFIED if name.startswith("vendor/") else IMPORT
    found = (next(filter(None, match.groups())) for match in pattern.finditer(text))
    return {posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) for path in found}


def reachable(name: str, known: set[str]) -> set[str]:
    """``known`` with a module and all that it needs."""
    if name not in known:
        known.add(name)
        for other in imported(name):
            reachable(other, known)
    return known


def test_every_module_is_fetched_at_once() -> None:
    told = PRELOAD.findall((WEB / "index.html").read_text("utf-8"))
    needed = reachable("js/main.js", set())
    lines = [f'  <link rel="modulepreload" href="/{name}">' for name in sorted(needed)]
    assert sorted(told) == sorted(needed), "index.html lacks or has too many:\n" + "\n".join(lines)


def test_every_module_of_the_page_is_used() -> None:
    needed = reachable("js/main.js", set())
    there = {str(path.relative_to(WEB)) for path in (WEB / "js").rglob("*.js")}
    assert there - needed <= {"js/types.js"}
