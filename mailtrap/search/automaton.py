"""Regular expressions whose time grows only with the length of the text, whatever they are.

Python's own engine tries one way after the other, and some expressions have more ways than anybody
can wait for. Here all ways are followed at once: a state is the set of instructions that may come
next, as the bits of an integer, and a step from a state by a character is remembered.
"""

from collections.abc import Sequence
from re import _constants as opcodes  # type: ignore[attr-defined]  # the parser's own names
from typing import Final, Literal, TypeAlias

from mailtrap.search.program import At, Char, Instruction, Split, Tree, program, word_pattern

STEPS_LIMIT: Final = 20_000
"""Steps that are remembered; beyond it, all are forgotten."""

Kind: TypeAlias = Literal[0, 1, 2]
"""Of a neighbour of a place: none (the line ends here), part of a word, other."""

EDGE: Final = 0
WORD: Final = 1
OTHER: Final = 2

_BEGINS: Final = (opcodes.AT_BEGINNING, opcodes.AT_BEGINNING_STRING)
_ENDS: Final = (opcodes.AT_END, opcodes.AT_END_STRING)


class State:
    """Where one may be after a character of this kind; ``steps`` are those learned so far."""

    __slots__ = ("after", "pending", "steps")

    def __init__(self, pending: int, after: Kind) -> None:
        self.pending = pending
        self.after = after
        self.steps: dict[str, State] = {}


class Automaton:
    """An expression to be looked for in lines. It learns while it looks; threads may share it.

    Raises IrregularError or TooLargeError.
    """

    def __init__(self, tree: Tree, flags: int) -> None:
        self._program: Sequence[Instruction] = program(tree, flags)
        self._word = word_pattern(flags)
        self._matched = 1 << len(self._program)
        self._octets = len(self._program) // 8 + 1
        self._end = State(0, EDGE)
        self._forget()

    def found_in(self, line: str) -> bool:
        """Whether some part of the line (no line end in it) is what the expression says."""
        state = self._begin
        for character in line:
            try:
                state = state.steps[character]
            except KeyError:
                state = self._learn(state, character)
            if state is self._end:
                return True
        return bool(self._closed(state.pending | 1, state.after, EDGE) & self._matched)

    def _forget(self) -> None:
        self._learned = 0
        self._begin = State(0, EDGE)
        self._states: dict[tuple[int, Kind], State] = {}
        self._accepted: dict[str, int] = {}
        self._closures: dict[tuple[int, int, Kind, Kind], int] = {}

    def _learn(self, state: State, character: str) -> State:
        """The step by a character; the end where the expression has matched before it."""
        if self._learned >= STEPS_LIMIT:
            self._forget()
        self._learned += 1
        kind: Kind = WORD if self._word.match(character) else OTHER
        closed = self._closed(state.pending | 1, state.after, kind)
        step = self._end if closed & self._matched else self._state(closed, character, kind)
        state.steps[character] = step
        return step

    def _state(self, closed: int, character: str, kind: Kind) -> State:
        pending = (closed & self._accepting(character)) << 1
        return self._states.setdefault((pending, kind), State(pending, kind))

    def _accepting(self, character: str) -> int:
        """The instructions that take this character."""
        known = self._accepted.get(character)
        if known is None:
            known = 0
            verdicts: dict[int, bool] = {}
            for index, instruction in enumerate(self._program):
                if isinstance(instruction, Char):
                    key = id(instruction.accepts)
                    if key not in verdicts:
                        verdicts[key] = instruction.accepts.match(character) is not None
                    known |= verdicts[key] << index
            self._accepted[character] = known
        return known

    def _closed(self, pending: int, before: Kind, after: Kind) -> int:
        """The characters and the match that can be reached from here without a character."""
        closed = 0
        for index, octet in enumerate(pending.to_bytes(self._octets, "little")):
            if octet:
                key = (index, octet, before, after)
                known = self._closures.get(key)
                if known is None:
                    known = self._closures[key] = self._close(index, octet, before, after)
                closed |= known
        return closed

    def _close(self, index: int, octet: int, before: Kind, after: Kind) -> int:
        closed = 0
        seen: set[int] = set()
        todo = [index * 8 + bit for bit in range(8) if octet >> bit & 1]
        while todo:
            at = todo.pop()
            if at in seen:
                continue
            seen.add(at)
            instruction = self._program[at] if at < len(self._program) else None
            match instruction:
                case Split(targets):
                    todo += targets
                case At(code):
                    todo += [at + 1] if _is_at(code, before, after) else []
                case _:
                    closed |= 1 << at
        return closed


def _is_at(code: object, before: Kind, after: Kind) -> bool:
    """Whether a place between such neighbours is what the code asks for."""
    if code in _BEGINS:
        return before == EDGE
    if code in _ENDS:
        return after == EDGE
    boundary = (before == WORD) != (after == WORD)
    return boundary if code is opcodes.AT_BOUNDARY else not boundary
