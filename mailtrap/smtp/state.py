"""The states of an SMTP session (RFC 5321 section 4.1.4)."""

from enum import IntEnum


class State(IntEnum):
    """Where a session stands. An IntEnum: its members are hashed at every command.

    REST is never a state of a session: in a table it stands for GREETED or SAID_HELLO, whichever
    a session falls back to when its transaction ends.
    """

    CONNECTED = 0
    GREETED = 1
    SAID_HELLO = 2
    MAIL = 3
    RCPT = 4
    DATA = 5
    BDAT = 6
    BDAT_FAILED = 7
    AUTH = 8
    TLS = 9
    REFUSED = 10
    CLOSED = 11
    REST = 12


IDLE = (State.GREETED, State.SAID_HELLO)
"""No transaction is open."""

IN_TRANSACTION = (State.MAIL, State.RCPT, State.BDAT, State.BDAT_FAILED)
"""Between MAIL and the end of the transaction."""

ORDINARY = IDLE + IN_TRANSACTION
"""The states in which a command line is read."""
