"""Which inboxes what a connection does belongs to."""

from collections.abc import Sequence

from mailtrap.inboxes.directory import Directory
from mailtrap.inboxes.records import Party
from mailtrap.smtp.session import Session as Dialogue

NAMED = 20_000
"""Recipients of a transaction that are remembered."""


class Belonging:
    """Asks the directory for one connection. ``inbox`` is the listener's own, ``ip`` the peer's."""

    def __init__(
        self, directory: Directory, inbox: str | None, dialogue: Dialogue, ip: str
    ) -> None:
        self._directory = directory
        self._inbox = inbox
        self._dialogue = dialogue
        self._ip = ip
        self._named: list[str] = []
        self._touched: dict[str, None] = {}
        self._decided: tuple[bytes, str | None] | None = None

    def of(
        self,
        recipients: Sequence[str],
        content: bytes | None = None,
        *,
        auth: str | None = None,
        helo: str | None = None,
    ) -> tuple[str, ...]:
        """The inboxes of a message to these recipients, or of as much of it as is known.

        ``auth`` and ``helo`` are what the client is about to be, where that is not settled yet.
        """
        if content is not None and self._decided is not None and self._decided[0] is content:
            # The rules, the message and its attempt ask in turn.
            return self._directory.of_recipients(self._decided[1], recipients)
        dialogue = self._dialogue
        party = Party(
            inbox=self._inbox,
            auth=auth or (dialogue.identity.user if dialogue.identity else None),
            helo=helo or dialogue.helo,
            ip=self._ip,
        )
        whole = self._directory.of_party(party, content)
        if content is not None:
            self._decided = content, whole
        return self._directory.of_recipients(whole, recipients)

    def name(self, verb: str, address: str) -> None:
        """Learn of an address of the transaction, whether it is answered or not."""
        if verb == "MAIL":
            self._named.clear()
        elif len(self._named) < NAMED:
            self._named.append(address)

    def touch(self, content: bytes | None = None) -> tuple[str, ...]:
        """The inboxes of a transaction that ends; the session is in them from now on."""
        inboxes = self.of(self._named, content)
        self._named.clear()
        self._decided = None
        self._touched.update(dict.fromkeys(inboxes))
        return inboxes

    def of_session(self) -> tuple[str, ...]:
        """The inboxes of all its transactions; without any, what is known of the client decides."""
        return tuple(self._touched) or self.of(())
