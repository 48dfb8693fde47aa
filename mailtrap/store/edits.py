"""Edits of stored messages: which they concern, what they change, and the statements for it."""

from collections.abc import Sequence
from typing import NamedTuple

from mailtrap.store import codec


class Edit(NamedTuple):
    """What an update sets: None leaves the read flag; tags are added, then removed."""

    read: bool | None
    add_tags: tuple[str, ...]
    remove_tags: tuple[str, ...]

    def values(self) -> dict[str, object]:
        """The parameters of the statements below."""
        return {
            "read": None if self.read is None else int(self.read),
            "add": codec.NAMES.encode(self.add_tags),
            "remove": codec.NAMES.encode(self.remove_tags),
        }


DIFFERS = """(:read IS NOT NULL AND read <> :read)
    OR EXISTS (SELECT 1 FROM json_each(:remove) WHERE value IN (SELECT value FROM json_each(tags)))
    OR EXISTS (SELECT 1 FROM json_each(:add) WHERE value NOT IN (SELECT value FROM json_each(tags))
        AND value NOT IN (SELECT value FROM json_each(:remove)))"""
"""Whether an edit changes a message. Most often none do, and then no page is written."""

UPDATES = (
    """UPDATE messages SET read = :read
        WHERE :read IS NOT NULL AND id IN (SELECT value FROM json_each(:changed))""",
    """UPDATE messages SET tags = (SELECT json_group_array(tag) FROM
        (SELECT value AS tag FROM json_each(tags) UNION SELECT value FROM json_each(:add)
         EXCEPT SELECT value FROM json_each(:remove)))
        WHERE (:add <> '[]' OR :remove <> '[]')
            AND id IN (SELECT value FROM json_each(:changed))""",
)
"""An edit of the messages whose ids are in ``changed``."""

CLEAR_INBOX = (
    """DELETE FROM messages WHERE json_array_length(inboxes) = 1
        AND seq IN (SELECT seq FROM message_inboxes WHERE inbox = :inbox AND seq <= :upto)""",
    """UPDATE messages SET inboxes =
        (SELECT json_group_array(value) FROM json_each(inboxes) WHERE value <> :inbox)
        WHERE seq IN (SELECT seq FROM message_inboxes WHERE inbox = :inbox AND seq <= :upto)""",
)
"""Take the messages up to a seq out of an inbox; those that are in no other are deleted."""

CLEAR_UPTO = ("DELETE FROM messages WHERE seq <= :upto",)
"""Delete the messages up to a seq."""

ANY_OF = "id IN (SELECT value FROM json_each(:ids))"
"""The condition on ``messages`` that its id is among ``ids``."""

OLDEST_OF_INBOX = """SELECT json_group_array(json_array(seq, id, size, received_at)) FROM
    (SELECT t.seq, t.id, t.size, t.received_at FROM message_inboxes l
     JOIN messages t ON t.seq = l.seq WHERE l.inbox = ? ORDER BY l.seq LIMIT ?)"""


def target(ids: Sequence[str] | None, inbox: str | None) -> tuple[str, dict[str, object]]:
    """The condition on ``messages`` for these ids (None: all) in ``inbox``; its parameters."""
    conditions, values = ["true"], dict[str, object]()
    if ids is not None:
        conditions.append(ANY_OF)
        values["ids"] = codec.NAMES.encode(codec.names(tuple(ids)))
    if inbox is not None:
        conditions.append("seq IN (SELECT seq FROM message_inboxes WHERE inbox = :inbox)")
        values["inbox"] = codec.plain(inbox)
    return " AND ".join(conditions), values
