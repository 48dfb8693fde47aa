"""Searches among attempts: they know less than messages do."""

from typing import Final, assert_never

from mailtrap.search import tree
from mailtrap.search.document import Field
from mailtrap.search.errors import QueryError
from mailtrap.search.explain import told

ATTEMPT_FIELDS: Final[tuple[Field, ...]] = (
    "rcpt", "reverse_path", "session", "listener", "reply", "rules", "flags",
)  # fmt: skip
ATTEMPT_FLAGS: Final = frozenset({"is:accepted", "is:refused", "is:aborted", "has:fault"})
ATTEMPT_CRITERIA: Final = (
    "rcpt", "mail_from", "session", "listener", "reply", "fault", "is", "has", "in", "query",
)  # fmt: skip
"""The criteria that can be asked of attempts."""

_EXPECTED: Final = (
    "rcpt", "mailfrom", "session", "listener", "reply", "fault", "in", "after", "before",
    "is:refused", "is:accepted", "is:aborted", "has:fault", "words",
)  # fmt: skip


def for_attempts(node: tree.Node) -> tree.Node:
    """The tree over the fields that attempts have: words are looked for in those alone.

    Raises QueryError, its place 0, where it asks for what no attempt has.
    """
    match node:
        case tree.All(nodes):
            return tree.All(tuple(map(for_attempts, nodes)))
        case tree.Any(nodes):
            return tree.Any(tuple(map(for_attempts, nodes)))
        case tree.Not(inner):
            return tree.Not(for_attempts(inner))
        case tree.Text(fields, mode, value, written):
            known = tuple(field for field in ATTEMPT_FIELDS if field in fields)
            if not known or (known == ("flags",) and value not in ATTEMPT_FLAGS):
                raise _unknown(node)
            return tree.Text(known, mode, value, written)
        case tree.Received() | tree.InInbox():
            return node
        case tree.Header() | tree.Network() | tree.Size() | tree.Read() | tree.Tagged():
            raise _unknown(node)
        case _:
            assert_never(node)


def _unknown(node: tree.Node) -> QueryError:
    asked = told(node).removeprefix("with ")
    return QueryError(f"an attempt cannot be asked for {asked}", expected=_EXPECTED)
