"""How a connection ends: with a last word of ours, after its replies, or at once."""

from mailtrap.server.deadline import Deadline
from mailtrap.server.parts import Parts
from mailtrap.smtp.reply import Reply


class Parting:
    """Ends one connection. ``quit`` tells that the client asked for it, ``lost`` that it is gone.

    ``linger`` is for how many seconds a client that goes on talking is listened to.
    """

    def __init__(self, parts: Parts, deadline: Deadline, linger: float) -> None:
        self.quit = False
        self.lost = False
        self._wire, self._engine, self._record = parts.wire, parts.engine, parts.record
        self._deadline = deadline
        self._linger = linger

    def hang_up(self, reply: Reply, outcome: str) -> None:
        """Say a last reply of our own, and close."""
        self._wire.write(reply.wire)
        self._record.said((reply,))
        self._record.facts.end(outcome)
        self._engine.close()
        self.close()

    def close(self) -> None:
        """Close once all is sent; a client that goes on talking is listened to a while longer.

        A socket that is closed with octets unread sends RST, and that may overtake our reply.
        """
        if self._record.facts.outcome is None:
            self._record.facts.end("the client quit" if self.quit else "the server hung up")
        if self.quit or self.lost:
            self._wire.close()
        else:
            self._wire.half_close()
        self._deadline.push(self._linger)

    def abort(self, outcome: str) -> None:
        """Drop the connection as it is."""
        self._record.facts.end(outcome)
        self._engine.close()
        self._wire.abort()
