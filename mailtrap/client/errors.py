"""What can go wrong when a server is asked."""


class ClientError(Exception):
    """The server refused, or answered what it should not; ``status`` is its HTTP status."""

    def __init__(self, text: str, status: int | None = None) -> None:
        super().__init__(text)
        self.status = status


class NotFoundError(ClientError):
    """There is no such thing (404)."""


class UnreachableError(ClientError):
    """Nothing answers at the address, or it fell silent."""
