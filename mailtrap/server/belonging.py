"""Which inboxes what a connection does belongs to."""

from collections.abc import Sequence

from mailtrap.inboxes.directory import Directory
from mailtrap.inboxes.records import Party
from mailtrap.smtp.session import Session as Dialogue


class Belonging:
    """Asks the directory for one connection. ``inbox`` is the listener's own, ``ip`` the peer's."""

    def __init__(
        self, directory: Directory, inbox: str | None, dialogue: Dialogue, ip: str
    ) -> None:
        self._directory = directory
        self._inbox = inbox
        self._dialogue = dialogue
        self._ip = ip
        self._touched: dict[str, None] = {}

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
        dialogue = self._dialogue
        party = Party(
            inbox=self._inbox,
            auth=auth or (dialogue.identity.user if dialogue.identity else None),
            helo=helo or dialogue.helo,
            ip=self._ip,
        )
        return self._directory.of_message(party, recipients, content)

    def touch(self, recipients: Sequence[str], content: bytes | None = None) -> tuple[str, ...]:
        """The same for a transaction that ends: the session is in its inboxes from now on."""
        inboxes = self.of(recipients, content)
        self._touched.update(dict.fromkeys(inboxes))
        return inboxes

    def of_session(self) -> tuple[str, ...]:
        """The inboxes of all its transactions; without any, what is known of the client decides."""
        return tuple(self._touched) or self.of(())
