"""What a search sees of a message: texts folded and laid out in lines, and a few facts.

The store keeps the very same texts in its index, one column a field. Thus the meaning of a search
on a record and in SQL rests on one layout, and ``describe`` is the only place that makes it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

Field: TypeAlias = Literal[
    "subject", "sender", "to", "cc", "bcc", "reply_to", "rcpt", "reverse_path", "delivered_to",
    "message_id", "list_id", "text", "html", "filenames", "links", "codes", "headers",
    "helo", "auth", "ip", "session", "listener", "reply", "rules", "findings", "flags",
]  # fmt: skip
"""The texts of a document.

``flags`` has a line such as ``has:link`` or ``is:tls`` for each that holds. ``reply`` is the reply
that decided, ``rules`` the fault rules that acted, ``findings`` their ids; ``html`` is the HTML as
one would read it; ``rcpt`` and ``reverse_path`` are the envelope's, the rest as the header says,
but for ``bcc``, which also has the recipients that no field names.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    r"""A message as searches see it.

    ``texts`` holds for each field that is not empty its lines: ``"\n"``, then each line followed
    by ``"\n"``; folded (see ``fold``), white space within a line collapsed to single spaces. An
    address has one line of its own; where it has a name, also ``name <address>`` and, unless the
    name has an ``@`` in it, the name. A body has a line for each paragraph, so that a phrase is
    found though it was wrapped. ``size`` is in octets; ``received_at`` an aware time.
    """

    texts: dict[Field, str]
    size: int
    received_at: datetime
    read: bool = False
    tags: tuple[str, ...] = ()
    inboxes: tuple[str, ...] = ()
