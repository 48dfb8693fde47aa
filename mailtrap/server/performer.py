"""Performing the steps of an answer: the one interpreter of what a rule can ask for."""

import asyncio
from asyncio import TimerHandle
from collections.abc import Callable
from typing import assert_never

from mailtrap.faults.steps import Close, Ending, Reset, Say, Stall, Step, Wait
from mailtrap.server.wire import Wire


class Performer:
    """Performs one answer at a time on a wire; ``done`` is called with how it ended.

    None: all was said, and the session goes on. ``busy`` tells that an answer is being performed.
    """

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._steps: list[Step] = []
        self._octets = b""
        self._pace = 0.0
        self._timer: TimerHandle | None = None
        self._done: Callable[[Ending | None], None] = _nothing
        self.busy = False

    def perform(self, steps: tuple[Step, ...], done: Callable[[Ending | None], None]) -> None:
        """Perform these steps. ``done`` may be called before this returns."""
        self._steps = list(steps)
        self._done, self.busy = done, True
        self._go_on()

    def cancel(self) -> None:
        """Perform no more."""
        self._done, self.busy = _nothing, False
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _go_on(self) -> None:
        self._timer = None
        while self._octets or self._steps:
            if self._octets:
                self._trickle()
                return
            step = self._steps.pop(0)
            match step:
                case Say():
                    self._say(step)
                case Wait():
                    self._wire.flush()
                    self._later(step.seconds)
                    return
                case Close() | Reset() | Stall():
                    self._finish(step)
                    return
                case _:
                    assert_never(step)
        self._finish(None)

    def _say(self, step: Say) -> None:
        octets = step.reply.wire if step.wire is None else step.wire
        if step.pace:
            self._octets, self._pace = octets, step.pace
        else:
            self._wire.write(octets)

    def _trickle(self) -> None:
        self._wire.write(self._octets[:1])
        self._wire.flush()
        self._octets = self._octets[1:]
        self._later(self._pace)

    def _later(self, seconds: float) -> None:
        self._timer = asyncio.get_running_loop().call_later(seconds, self._go_on)

    def _finish(self, ending: Ending | None) -> None:
        self._wire.flush()
        done, self._done, self.busy = self._done, _nothing, False
        done(ending)


def _nothing(ending: Ending | None) -> None:
    """For nobody who waits."""
    del ending
