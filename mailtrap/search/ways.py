"""In how many ways an expression can be tried: a bound of the time Python's engine takes."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from re import _constants as opcodes  # type: ignore[attr-defined]  # the parser's own names
from re import _parser as parser  # type: ignore[attr-defined]  # no other way to look inside one
from typing import Final

from mailtrap.search.program import Tree

_REPEATS: Final = (opcodes.MAX_REPEAT, opcodes.MIN_REPEAT, opcodes.POSSESSIVE_REPEAT)


@dataclass(frozen=True, slots=True)
class Ways:
    """At most ``factor * length ** degree`` from one place of a text of that length."""

    factor: float = 1.0
    degree: int = 0

    def steps(self, length: int) -> float:
        """The most steps a search through the whole text takes, nearly."""
        try:
            return self.factor * float(length + 1) ** (self.degree + 1)
        except OverflowError:
            return math.inf


def ways(tree: Tree) -> Ways:
    """The ways of a sequence."""
    factor, degree = 1.0, 0
    for opcode, value in tree:
        one = _ways(opcode, value)
        factor, degree = factor * one.factor, degree + one.degree
    return Ways(factor, degree)


def _ways(opcode: object, value: object) -> Ways:
    if opcode in _REPEATS and isinstance(value, tuple):
        return _repeated(value[0], value[1], ways(value[2]))
    if opcode is opcodes.BRANCH and isinstance(value, tuple):
        return _either(ways(branch) for branch in value[1])
    if isinstance(value, parser.SubPattern):
        return ways(value)
    if isinstance(value, tuple):
        inside = [ways(part) for part in value if isinstance(part, parser.SubPattern)]
        return _either([*inside, Ways()]) if len(inside) > 1 else (inside or [Ways()])[0]
    return Ways()


def _repeated(least: int, most: object, once: Ways) -> Ways:
    bounded = most is not opcodes.MAXREPEAT and isinstance(most, int)
    if once == Ways():
        return Ways(float(most - least + 1)) if bounded and isinstance(most, int) else Ways(1.0, 1)
    if not bounded or not isinstance(most, int):
        return Ways(math.inf)
    try:
        return Ways(once.factor**most * (most - least + 1), once.degree * most)
    except OverflowError:
        return Ways(math.inf)


def _either(branches: Iterable[Ways]) -> Ways:
    found = list(branches)
    return Ways(sum(one.factor for one in found), max(one.degree for one in found))
