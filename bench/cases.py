"""What is sent: one row a case."""

from typing import Final, NamedTuple

from bench.targets import AIOSMTPD, DURABLE, FILE, MAILDEV, MEMORY, SINK

KB: Final = 1_000
MB: Final = 1_000_000

OURS: Final = (MEMORY, FILE)
LIMIT: Final = (SINK, *OURS)
PEERS: Final = (SINK, MEMORY, FILE, DURABLE, AIOSMTPD, MAILDEV, "mailpit", "MailHog")


class Case(NamedTuple):
    """One way of sending.

    ``one`` opens a connection for each message. ``own`` has our sender send, which alone can
    pipeline and speak TLS. ``options`` are given to ours; ``search`` has a search run meanwhile.
    ``most`` bounds the messages of a round; peers given on the command line take part in ``all``.
    """

    name: str
    targets: tuple[str, ...]
    size: int = KB
    sessions: int = 10
    one: bool = False
    own: bool = False
    pipelined: bool = False
    tls: bool = False
    options: tuple[str, ...] = ()
    search: bool = False
    most: int = 40_000
    peers: bool = False


NO_MATCH: Final = ("--fault", "rcpt nobody@nowhere.example.org 451 4.7.1 Never")

CASES: Final = (
    Case("1 KB, 10 sessions", PEERS, peers=True),
    Case("1 KB, a connection each", (*LIMIT, AIOSMTPD), one=True, peers=True),
    Case("1 KB, 50 sessions, pipelined", LIMIT, sessions=50, own=True, pipelined=True),
    Case("1 MB, 10 sessions", (*LIMIT, AIOSMTPD), size=MB, most=600, peers=True),
    Case("1 KB, 1 session", LIMIT, sessions=1),
    Case("1 KB, 50 sessions", LIMIT, sessions=50),
    Case("10 KB, 10 sessions", LIMIT, size=10 * KB, most=20_000),
    Case("100 KB, 10 sessions", LIMIT, size=100 * KB, most=4_000),
    Case("1 KB, 10 sessions, our sender", LIMIT, own=True),
    Case("the same over TLS", OURS, own=True, tls=True),
    Case("1 KB, a rule that does not match", OURS, options=NO_MATCH),
    Case("1 KB, while a search runs", OURS, search=True),
)

QUICK: Final = CASES[:4]
