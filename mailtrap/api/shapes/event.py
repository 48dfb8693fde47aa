"""The data of the stream's events."""

from typing import Literal

from mailtrap.api.shapes.base import Shape
from mailtrap.api.shapes.message import MessageRow
from mailtrap.api.shapes.session import Attempt, SessionRow


class MessageAdded(Shape, frozen=True, kw_only=True):
    """Stream: a message was stored."""

    seq: int
    message: MessageRow


class MessagesUpdated(Shape, frozen=True, kw_only=True):
    """Stream: read flags or tags changed; ``read`` null means it did not."""

    seq: int
    ids: tuple[str, ...]
    read: bool | None
    add_tags: tuple[str, ...]
    remove_tags: tuple[str, ...]


class MessagesDeleted(Shape, frozen=True, kw_only=True):
    """Stream: messages are gone."""

    seq: int
    ids: tuple[str, ...]
    reason: Literal["request", "retention"]


class MessagesCleared(Shape, frozen=True, kw_only=True):
    """Stream: all messages of an inbox, or of all (null), are gone."""

    seq: int
    inbox: str | None


class AttemptAdded(Shape, frozen=True, kw_only=True):
    """Stream: a transaction ended."""

    seq: int
    attempt: Attempt


class SessionOpened(Shape, frozen=True, kw_only=True):
    """Stream: a client connected."""

    seq: int
    id: str
    listener: str
    peer: str


class SessionClosed(Shape, frozen=True, kw_only=True):
    """Stream: a session ended."""

    seq: int
    session: SessionRow


class Gap(Shape, frozen=True, kw_only=True):
    """Stream: changes were lost; what is shown must be fetched anew."""

    seq: int
