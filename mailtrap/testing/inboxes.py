"""The inboxes of one test."""

import os
import re
from typing import Final

import pytest

from mailtrap.client.calls import Told
from mailtrap.client.errors import ClientError, MailtrapUnavailable
from mailtrap.client.inbox import Inbox

LIVES: Final = "2h"
"""How long an inbox stays that nobody closes: of a test that was killed, on a shared server."""

LONGEST: Final = 30
"""Letters of a test's name at most: with the worker's it must stay below the 40 of a prefix."""


class Opened:
    """What a test opened, in order."""

    def __init__(self) -> None:
        self.inboxes: list[Inbox] = []

    def timed(self, inbox: Inbox, node: pytest.Item) -> None:
        """Take an inbox in, with the patience that the test's marker tells."""
        marker = node.get_closest_marker("mailtrap")
        if marker is not None and "timeout" in marker.kwargs:
            inbox.timeout = float(marker.kwargs["timeout"])
        self.inboxes.append(inbox)

    def end(self, *, keep: bool) -> None:
        """Close them, and forget them, unless they are to be looked at."""
        if keep:
            return
        while self.inboxes:
            try:
                self.inboxes.pop().close()
            except (ClientError, MailtrapUnavailable):
                self.inboxes.clear()  # The server went first: nothing is left to close.


def options_of(node: pytest.Item) -> Told:
    """How the inbox of a test is opened: its name tells the test and the worker."""
    marker = node.get_closest_marker("mailtrap")
    prefix = marker.kwargs.get("prefix") if marker is not None else None
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    parts = [prefix or _words(node.name), worker]
    return {"prefix": "-".join(part for part in parts if part), "ttl": LIVES}


def _words(name: str) -> str:
    """The name of a test as an address can begin: ``test_signs_up[html]`` is ``signs-up-html``."""
    words = re.sub(r"[^a-z0-9]+", "-", name.lower().removeprefix("test_"))
    return words[:LONGEST].strip("-") or "t"
