"""Regular expressions as small programs: Python's own parse tree, flattened into instructions."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from re import _compiler as compiler  # type: ignore[attr-defined]  # compiles parts of a tree
from re import _constants as opcodes  # type: ignore[attr-defined]  # the parser's own names
from re import _parser as parser  # type: ignore[attr-defined]  # no other way to look inside one
from typing import Final, TypeAlias

PROGRAM_LIMIT: Final = 1_000
"""Instructions of one expression; a counted repetition is written out so many times."""

Tree: TypeAlias = Iterable[tuple[object, object]]

_LOOPS: Final = (opcodes.MAX_REPEAT, opcodes.MIN_REPEAT)
_SINGLE: Final = (opcodes.LITERAL, opcodes.NOT_LITERAL, opcodes.IN, opcodes.ANY)
_ENCODINGS: Final = re.ASCII | re.LOCALE | re.UNICODE


@dataclass(frozen=True, slots=True)
class Char:
    """One character that ``accepts`` matches; then the next instruction."""

    accepts: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Split:
    """Goes on at each of these instructions."""

    targets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class At:
    """Goes on if the place between two characters is of this kind (``AT_BOUNDARY`` …)."""

    code: object


Instruction: TypeAlias = Char | Split | At


class IrregularError(Exception):
    """The expression looks around, refers back or is possessive: no program can say that."""


class TooLargeError(Exception):
    """The program would have more than PROGRAM_LIMIT instructions."""


def program(tree: Tree, flags: int) -> tuple[Instruction, ...]:
    """The instructions of an expression; behind the last one it has matched.

    Raises IrregularError or TooLargeError.
    """
    writer = _Writer()
    writer.write(tree, flags)
    return tuple(writer.instructions)


def word_pattern(flags: int) -> re.Pattern[str]:
    r"""What ``\b`` takes for part of a word."""
    return re.compile(r"\w", re.ASCII if flags & re.ASCII else 0)


class _Writer:
    def __init__(self) -> None:
        self.instructions: list[Instruction] = []
        self._compiled: dict[tuple[str, int], re.Pattern[str]] = {}

    def write(self, tree: Tree, flags: int) -> None:
        """Append the instructions of a sequence."""
        for opcode, value in tree:
            if opcode in _SINGLE:
                self._append(Char(self._single(opcode, value, flags)))
            elif opcode is opcodes.AT:
                self._append(At(value))
            elif opcode in _LOOPS and isinstance(value, tuple):
                self._loop(value[0], value[1], value[2], flags)
            elif opcode is opcodes.BRANCH and isinstance(value, tuple):
                self._branch(value[1], flags)
            elif opcode is opcodes.SUBPATTERN and isinstance(value, tuple):
                _, added, removed, inside = value
                kept = flags & ~_ENCODINGS if added & _ENCODINGS else flags
                self.write(inside, (kept | added) & ~removed)
            else:
                raise IrregularError

    def _loop(self, least: int, most: object, tree: Tree, flags: int) -> None:
        for _ in range(least):
            self.write(tree, flags)
        if not isinstance(most, int) or most is opcodes.MAXREPEAT:
            begin = self._append(Split(()))
            self.write(tree, flags)
            self._append(Split((begin,)))
            self.instructions[begin] = Split((begin + 1, len(self.instructions)))
            return
        begins: list[int] = []
        for _ in range(most - least):
            begins.append(self._append(Split(())))
            self.write(tree, flags)
        for begin in begins:
            self.instructions[begin] = Split((begin + 1, len(self.instructions)))

    def _branch(self, trees: Iterable[Tree], flags: int) -> None:
        begin = self._append(Split(()))
        targets: list[int] = []
        ends: list[int] = []
        for tree in trees:
            targets.append(len(self.instructions))
            self.write(tree, flags)
            ends.append(self._append(Split(())))
        self.instructions[begin] = Split(tuple(targets))
        for end in ends:
            self.instructions[end] = Split((len(self.instructions),))

    def _append(self, instruction: Instruction) -> int:
        if len(self.instructions) == PROGRAM_LIMIT:
            raise TooLargeError
        self.instructions.append(instruction)
        return len(self.instructions) - 1

    def _single(self, opcode: object, value: object, flags: int) -> re.Pattern[str]:
        """One character of a tree, compiled by itself, so that its meaning is exactly Python's."""
        key = (repr((opcode, value)), flags)
        found = self._compiled.get(key)
        if found is None:
            state = parser.State()
            state.flags = flags
            made: object = compiler.compile(parser.SubPattern(state, [(opcode, value)]), flags)
            assert isinstance(made, re.Pattern)
            found = self._compiled[key] = made
        return found
