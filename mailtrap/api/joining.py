"""A file of the page with all that it imports inside: what a browser would fetch one by one.

The page is some 130 modules, each small enough to be understood at a glance. A browser takes two to
three milliseconds for each of them: served one by one, the first list is drawn after twice the time
(``python -m bench.page``). So the module and the style sheet that the document names come whole,
each module in a function of its own, in the order in which a browser would run them. Nothing is
renamed; indentation, which is a fifth of the text, is left out.
"""

import posixpath
import re
from collections.abc import Callable
from typing import Final

Reader = Callable[[str], bytes]
"""Gives the file of a name below the root; KeyError if there is none."""

_SPACE: Final = r"(?:\s|//[^\n]*\n|/\*(?:[^*]|\*(?!/))*\*/)*"
_HEAD: Final = re.compile(
    rf"(?P<space>{_SPACE})(?P<verb>import|export)\s*(?P<names>\*\s*as\s+\w+|\{{[^}}]*\}})\s*"
    r"""from\s*["'](?P<path>[^"']+)["'];?"""
)
"""One import at the head of a module: a text further down that looks like one is none."""

_DECLARED: Final = re.compile(
    r"^export ((?:async )?(?:function\*?|class|const) (\w+))", re.MULTILINE
)
_LISTED: Final = re.compile(r"\bexport\s*\{([^}]*)\};?")
_SHEET: Final = re.compile(r'^@import "([^"]+)";$', re.MULTILINE)
_AS: Final = re.compile(r"\s+as\s+")
_INDENT: Final = re.compile(r"\n\s+")


def joined(name: str, read: Reader) -> tuple[bytes, tuple[str, ...]]:
    """The file of this name with what it imports inside, and the names of all that are in it.

    Raises KeyError where a file that is imported is not there, and ValueError where two modules
    import each other.
    """
    if name.endswith(".css"):
        text, names = _sheets(name, read)
    else:
        modules: dict[str, str] = {}
        _module(name, read, modules, ())
        text, names = "".join(modules.values()), tuple(modules)
    return _INDENT.sub("\n", text).encode(), names


def _sheets(name: str, read: Reader) -> tuple[str, tuple[str, ...]]:
    names = [name]

    def inside(found: re.Match[str]) -> str:
        names.append(_beside(name, found[1]))
        return read(names[-1]).decode()

    return _SHEET.sub(inside, read(name).decode()), tuple(names)


def _module(name: str, read: Reader, modules: dict[str, str], above: tuple[str, ...]) -> str:
    """Add the module to ``modules``, after those that it imports; the name of what it exports."""
    if name in above:
        raise ValueError(f"modules import each other: {' -> '.join((*above, name))}")
    if name not in modules:
        text = read(name).decode()
        head, exported, at = "", list[str](), 0
        while found := _HEAD.match(text, at):
            path, names = _beside(name, found["path"]), found["names"].removeprefix("* as ")
            module = _module(path, read, modules, (*above, name))
            head += f"{found['space']}const {_AS.sub(': ', names)} = {module};"
            if found["verb"] == "export":
                exported += [_AS.split(one.strip())[-1] for one in names.strip("{}").split(",")]
            at = found.end()
        body = head + _without_exports(text[at:], exported)
        given = f"return {{ {', '.join(exported)} }};"
        modules[name] = f"// {name}\nconst ${len(modules)} = (() => {{{body}\n{given}\n}})();\n"
    return f"${list(modules).index(name)}"


def _without_exports(body: str, exported: list[str]) -> str:
    """The body without the word; what it gives away is added to ``exported``."""

    def listed(found: re.Match[str]) -> str:
        pairs = [_AS.split(one.strip()) for one in found[1].split(",") if one.strip()]
        exported.extend(f"{pair[-1]}: {pair[0]}" for pair in pairs)
        return ""

    def declared(found: re.Match[str]) -> str:
        exported.append(found[2])
        return found[1]

    return _DECLARED.sub(declared, _LISTED.sub(listed, body))


def _beside(name: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
