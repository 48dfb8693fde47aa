"""Runs operations: one call after the other, each on a connection of its own."""

import json
from typing import TypeVar
from urllib.parse import urlencode

from mailtrap.client.calls import SLACK, Call, Steps, Told
from mailtrap.client.errors import ClientError, MailtrapUnavailable, UnreachableError
from mailtrap.client.http import Http, below
from mailtrap.client.message import Message
from mailtrap.client.operations import octets

T = TypeVar("T")


class Runner:
    """Performs calls on one server. May be used by several threads at once."""

    def __init__(self, http: Http) -> None:
        self.http = http

    def run(self, steps: Steps[T]) -> T:
        """What an operation comes to. Raises MailtrapUnavailable, ClientError, and its own."""
        __tracebackhide__ = True
        try:
            call = next(steps)
            while True:
                call = steps.send(self._perform(call))
        except StopIteration as ended:
            result: T = ended.value
            return result

    def message(self, told: Told) -> Message:
        """A message that was told whole."""
        url = self.http.url
        return Message(told, url, lambda path: self.run(octets(below(url, path))))

    def _perform(self, call: Call) -> object:
        __tracebackhide__ = True
        path = f"{call.path}?{urlencode(call.query)}" if call.query else call.path
        try:
            with self.http.open(
                call.method, path, body=call.body, timeout=call.waits + SLACK
            ) as response:
                content = response.read()
        except UnreachableError as error:
            raise MailtrapUnavailable(f"cannot reach {self.http.url}: {error}") from None
        return content if call.octets else decoded(content, self.http.url)


def decoded(content: bytes, url: str) -> object:
    """JSON, None where there is none. Raises ClientError."""
    if not content:
        return None
    try:
        value: object = json.loads(content)
    except ValueError:
        raise ClientError(f"{url} answers, but not as mailtrap does (no JSON)") from None
    return value
