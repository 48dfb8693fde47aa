"""The engine alone: octets in, replies out, on one core, with no socket and no store.

The rules are asked as the server asks them, at every stage; there are none.
"""

import time
from typing import Final

from bench.load.sender import ENVELOPE, content
from mailtrap.faults.rules import RuleBook
from mailtrap.faults.stages import Stage
from mailtrap.smtp.engine import Engine
from mailtrap.smtp.events import Content
from mailtrap.smtp.profile import Profile

SIZE: Final = 1_000
MESSAGES: Final = 4_000
ROUNDS: Final = 5


def measure() -> float:
    """Messages of 1 KB a second of the processor, the best of some rounds."""
    engine, book = Engine(Profile(), peer="127.0.0.1"), RuleBook()
    pieces = (*ENVELOPE, content(SIZE))
    _drive(engine, book)
    engine.receive(b"EHLO bench.example.com\r\n")
    _drive(engine, book)
    return max(_round(engine, book, pieces) for _ in range(ROUNDS))


def _round(engine: Engine, book: RuleBook, pieces: tuple[bytes, ...]) -> float:
    begin = time.process_time()
    for _ in range(MESSAGES):
        for piece in pieces:
            engine.receive(piece)
            _drive(engine, book)
    return MESSAGES / (time.process_time() - begin)


def _drive(engine: Engine, book: RuleBook) -> None:
    while (event := engine.next_event()) is not None:
        stage: Stage = event.stage  # type: ignore[assignment]  # the engine's stages are the rules'
        assert not book.asks(stage)
        if isinstance(event, Content):
            engine.answer(*event.accepted_as("bench"))
        else:
            engine.answer(*event.proposals)
