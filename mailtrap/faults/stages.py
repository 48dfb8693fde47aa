"""The points of a session at which a rule may act."""

from typing import Literal, TypeAlias, get_args

Stage: TypeAlias = Literal[
    "connect", "greeting", "helo", "starttls", "tls", "auth", "mail", "rcpt", "data", "content",
    "message", "bdat", "rset", "noop", "vrfy", "help", "quit", "unknown",
]  # fmt: skip
"""``connect`` is before the greeting; ``tls`` the handshake; ``content`` while the octets of a
message come, from the 354 on; ``message`` is the reply to the whole of it, when its header can be
looked at."""

STAGES: tuple[Stage, ...] = get_args(Stage)
