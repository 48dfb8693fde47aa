"""A client of mailtrap's HTTP API. Standard library only."""

from mailtrap.client.errors import ClientError, NotFoundError, UnreachableError
from mailtrap.client.http import Http, Json
from mailtrap.client.sse import Event

__all__ = ["ClientError", "Event", "Http", "Json", "NotFoundError", "UnreachableError"]
