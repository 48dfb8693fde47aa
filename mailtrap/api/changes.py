"""Changes as the events of the stream."""

from typing import assert_never

from mailtrap.api import shapes, shaping
from mailtrap.api.shapes import Shape, to_json
from mailtrap.bus import Gap
from mailtrap.store import records


def event(item: records.Change | Gap, *, secrets: bool = False) -> bytes:
    """One event of the stream (HTML standard, server-sent events): id, name and JSON in a line."""
    name = "gap" if isinstance(item, Gap) else str(item.__struct_config__.tag)
    data = to_json(_shape(item, secrets=secrets))
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (item.seq, name.encode(), data)


class EventTexts:
    """Events as octets, each made once however many streams tell it; the newest are remembered.

    With ``secrets`` the passwords that clients sent are told, else they are masked.
    """

    def __init__(self, *, secrets: bool = False, remembered: int = 256) -> None:
        self._secrets = secrets
        self._most = remembered
        self._made: dict[int, bytes] = {}

    def __call__(self, item: records.Change | Gap) -> bytes:
        """The event of ``item``."""
        # A gap is of one stream alone, and has the seq of an item that another may be told.
        if isinstance(item, Gap):
            return event(item)
        known = self._made.get(item.seq)
        if known is None:
            known = self._made[item.seq] = event(item, secrets=self._secrets)
            if len(self._made) > self._most:
                del self._made[next(iter(self._made))]
        return known


def concerns(item: records.Change | Gap, inbox: str | None) -> bool:
    """Whether a reader of ``inbox`` (None: of all) is told.

    Updates and deletions name ids only: all are told. Which inbox a session that just began will
    write to is not known yet: it is told only to readers of all.
    """
    if inbox is None:
        return True
    match item:
        case records.MessageAdded():
            return inbox in item.message.inboxes
        case records.AttemptAdded():
            return inbox in item.attempt.inboxes
        case records.SessionClosed():
            return inbox in item.session.inboxes
        case records.MessagesCleared():
            return item.inbox is None or item.inbox == inbox
        case records.SessionOpened():
            return False
        case records.MessagesUpdated() | records.MessagesDeleted() | Gap():
            return True
        case _:
            assert_never(item)


def _shape(item: records.Change | Gap, *, secrets: bool) -> Shape:
    match item:
        case records.MessageAdded():
            return shapes.MessageAdded(seq=item.seq, message=shaping.message_row(item.message))
        case records.MessagesUpdated():
            return shapes.MessagesUpdated(
                seq=item.seq,
                ids=item.ids,
                read=item.read,
                add_tags=item.add_tags,
                remove_tags=item.remove_tags,
            )
        case records.MessagesDeleted():
            return shapes.MessagesDeleted(seq=item.seq, ids=item.ids, reason=item.reason)
        case records.MessagesCleared():
            return shapes.MessagesCleared(seq=item.seq, inbox=item.inbox)
        case records.AttemptAdded():
            return shapes.AttemptAdded(seq=item.seq, attempt=shaping.attempt(item.attempt))
        case records.SessionOpened():
            return shapes.SessionOpened(
                seq=item.seq, id=item.id, listener=item.listener, peer=item.peer
            )
        case records.SessionClosed():
            session = shaping.session_row(item.session, secrets=secrets)
            return shapes.SessionClosed(seq=item.seq, session=session)
        case Gap():
            return shapes.Gap(seq=item.seq)
        case _:
            assert_never(item)
