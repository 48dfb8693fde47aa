"""What can go wrong when a server is asked, and what a test that waits may be told."""

from collections.abc import Mapping


class ClientError(Exception):
    """The server refused, or answered what it should not; ``status`` is its HTTP status."""

    def __init__(self, text: str, status: int | None = None) -> None:
        super().__init__(text)
        self.status = status


class NotFoundError(ClientError):
    """There is no such thing (404)."""


class UnreachableError(ClientError):
    """Nothing answers at the address, or it fell silent."""


class MailtrapUnavailable(RuntimeError):  # noqa: N818 - the name in users' fingers
    """No server answers: the text says at which address, and why."""


class MailAssertionError(AssertionError):
    """Mail was not as expected. The text is the whole story; ``told`` what the server answered."""

    def __init__(self, story: str, told: Mapping[str, object] | None = None) -> None:
        super().__init__(story)
        self.told = told or {}


class NoMessage(MailAssertionError):  # noqa: N818
    """Fewer messages came than were waited for."""


class TooManyMessages(MailAssertionError):  # noqa: N818
    """More messages came than were waited for."""


class UnexpectedMessage(MailAssertionError):  # noqa: N818
    """A message came where none was to come."""


class NoAttempt(MailAssertionError):  # noqa: N818
    """Fewer attempts were made than were waited for."""


class TooManyAttempts(MailAssertionError):  # noqa: N818
    """More attempts were made than were waited for."""


class NoSuchLink(MailAssertionError):  # noqa: N818
    """No link, or more than one, is as was asked for."""


class NoSuchCode(MailAssertionError):  # noqa: N818
    """There is no one-time code, or several are equally likely."""


class NoSuchAttachment(MailAssertionError):  # noqa: N818
    """No attachment, or more than one, is as was asked for."""


class FaultNeverFired(MailAssertionError):  # noqa: N818
    """A fault that was to act so many times acted less often."""


BY_REASON: Mapping[str, type[MailAssertionError]] = {
    "no-message": NoMessage,
    "too-many-messages": TooManyMessages,
    "unexpected-message": UnexpectedMessage,
    "no-attempt": NoAttempt,
    "too-many-attempts": TooManyAttempts,
}
"""The error for each reason for which a wait fails."""


def failure(told: Mapping[str, object]) -> MailAssertionError:
    """The error for a wait that failed."""
    kind = BY_REASON.get(str(told.get("reason")), MailAssertionError)
    return kind(str(told.get("story") or told.get("detail")), told)
