"""The option table: every setting once, from which flags, variables, TOML and docs are made."""

# ruff: noqa: RUF009 - option() makes a dataclass field, as dataclasses.field() does

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Literal, TypeAlias, cast

from mailtrap.config.addresses import ENDPOINTS, LOCAL_ENDPOINTS, RELAY, TCP_ADDRESSES
from mailtrap.config.credentials import SECRET, SECRETS, USERS
from mailtrap.config.inboxes import INBOX_TABLES, ROUTE_WORDS
from mailtrap.config.kinds import (
    CONFIG_FILE,
    DURATION,
    EHLO_LINES,
    FAULT_LINES,
    HOST_PATTERNS,
    HOSTNAME,
    HOSTS,
    KEYWORDS,
    NETWORKS,
    ORIGINS,
    PATH,
    SIZE,
    STORE,
    SWITCH,
    Kind,
    Network,
    choice,
    count,
)
from mailtrap.config.listeners import PROFILES, SERVICES, TABLES
from mailtrap.config.prefix import PREFIX
from mailtrap.config.records import (
    Address,
    Endpoint,
    InboxTable,
    Listener,
    ListenerTable,
    ProfileName,
    User,
)
from mailtrap.config.table import Option, option, tables

TlsVersion: TypeAlias = Literal["1.0", "1.1", "1.2", "1.3"]
LogLevel: TypeAlias = Literal["debug", "info", "warning", "error"]
Format: TypeAlias = Literal["text", "json"]

FORMATS: Kind[Format] = choice("text", "json")
LOG_LEVELS: Kind[LogLevel] = choice("debug", "info", "warning", "error")
TLS_VERSIONS: Kind[TlsVersion] = choice("1.0", "1.1", "1.2", "1.3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """All settings. Sizes are octets, durations seconds; 0 means no limit; None means not set.

    ``sources`` tells for each option where its value came from, ``warnings`` what looked like a
    mistake and did no harm, ``file`` the TOML file that was read.
    """

    # fmt: off
    smtp: tuple[Endpoint, ...] = option(
        ENDPOINTS, ":1025", "Listen",
        "Plain SMTP: AUTH is offered and not required.",
    )
    starttls: tuple[Endpoint, ...] = option(
        ENDPOINTS, "off", "Listen",
        "SMTP that offers STARTTLS; AUTH is not required.",
    )
    smtps: tuple[Endpoint, ...] = option(
        ENDPOINTS, "off", "Listen",
        "SMTP inside TLS from the first octet; AUTH is not required.",
    )
    submission: tuple[Endpoint, ...] = option(
        ENDPOINTS, "off", "Listen",
        "Submission (RFC 6409), such as :1587: STARTTLS is offered, AUTH is required.",
    )
    submissions: tuple[Endpoint, ...] = option(
        ENDPOINTS, "off", "Listen",
        "Submission inside TLS (RFC 8314), such as :1465: AUTH is required.",
    )
    lmtp: tuple[Endpoint, ...] = option(
        LOCAL_ENDPOINTS, "off", "Listen",
        "LMTP (RFC 2033), on TCP or on unix:/path.",
    )
    http: tuple[Address, ...] = option(
        TCP_ADDRESSES, ":8025", "Listen",
        "The page and the JSON API.",
    )
    listener: tuple[ListenerTable, ...] = tables(
        TABLES, "Listen",
        "More listeners, one [[listener]] table each.",
    )

    store: Path | None = option(
        STORE, "memory", "Store",
        "The SQLite file that keeps the mail, large ones in the folder PATH.contents beside it; or"
        " memory: gone when the process ends.",
    )
    durable: bool = option(
        SWITCH, "false", "Store",
        "Flush every commit to the disk: a 250 outlives a power cut, not only a crash.",
    )
    max_messages: int = option(
        count(0), "0", "Store",
        "How many messages are kept, the oldest going first; 0 is no limit.",
    )
    max_octets: int = option(
        SIZE, "1GiB", "Store",
        "How many octets of mail are kept; 0 is no limit, and the default with a store file.",
    )
    max_age: float = option(
        DURATION, "0", "Store",
        "How long a message is kept; 0 is for ever.",
    )
    max_sessions: int = option(
        count(0), "10000", "Store",
        "How many ended sessions are kept, and how many attempts (128 MiB of either at most);"
        " 0 is no limit.",
    )

    inbox: tuple[InboxTable, ...] = tables(
        INBOX_TABLES, "Inboxes",
        "Inboxes that are there from the start, one [[inbox]] table each.",
    )
    route: tuple[str, ...] = option(
        ROUTE_WORDS, "", "Inboxes",
        "What names an inbox: auth, helo, ip, plus, domain, recipient or header:NAME; repeatable.",
    )
    inbox_domain: str = option(
        HOSTNAME, "inbox.example.com", "Inboxes",
        "The domain of addresses that name an inbox: NAME@domain, NAME.label@domain.",
    )

    max_size: int = option(
        SIZE, "50MiB", "Limits",
        "The largest message accepted (SIZE, RFC 1870); 0 is no limit.",
    )
    max_recipients: int = option(
        count(1, 1_000_000), "10000", "Limits",
        "Recipients in one transaction.",
    )
    max_line: int = option(
        count(998, 16 * 1024 * 1024), "65536", "Limits",
        "Octets in one command line.",
    )
    max_connections: int = option(
        count(1, 1_000_000), "256", "Limits",
        "Mail connections open at once.",
    )
    max_commands: int = option(
        count(0), "10000", "Limits",
        "Commands in one session since its last message; 0 is no limit.",
    )
    idle_timeout: float = option(
        DURATION, "5m", "Limits",
        "How long a client may say nothing (RFC 5321 4.5.3.2.7); 0 is for ever.",
    )

    hostname: str = option(
        HOSTNAME, "mailtrap.local", "Protocol",
        "The server's own name, in its greeting.",
    )
    strict: bool = option(
        SWITCH, "false", "Protocol",
        "Refuse what breaks the RFCs instead of only recording it.",
    )
    advertise: tuple[str, ...] = option(
        EHLO_LINES, "", "Protocol",
        "EHLO lines to add, such as X-FEATURE.",
    )
    hide: tuple[str, ...] = option(
        KEYWORDS, "", "Protocol",
        "Extensions to switch off and leave out of EHLO, such as PIPELINING.",
    )
    profile: ProfileName = option(
        PROFILES, "none", "Protocol",
        "Speak as this server does: its banner, EHLO, limits and texts. Not on LMTP.",
    )
    trusted: tuple[Network, ...] = option(
        NETWORKS, "", "Protocol",
        "Networks whose clients may use XCLIENT and XFORWARD.",
    )

    users: tuple[User, ...] = option(
        USERS, "", "Authentication",
        "Names and passwords that AUTH is checked against; without any, all are accepted.",
        secret=True,
    )
    auth_required: bool = option(
        SWITCH, "false", "Authentication",
        "Refuse mail without AUTH on every listener that offers it.",
    )
    show_credentials: bool = option(
        SWITCH, "false", "Authentication",
        "Show the passwords that clients sent, in the API and on the page.",
    )

    tls_cert: Path | None = option(
        PATH, "", "TLS",
        "The certificate with its chain (PEM); without one, it is generated.",
    )
    tls_key: Path | None = option(
        PATH, "", "TLS",
        "The private key of the certificate (PEM).",
    )
    tls_names: tuple[str, ...] = option(
        HOSTS, "", "TLS",
        "More names or addresses for the generated certificate.",
    )
    min_tls: TlsVersion = option(
        TLS_VERSIONS, "1.2", "TLS",
        "The oldest version of TLS spoken.",
    )
    state_dir: Path | None = option(
        PATH, "", "TLS",
        "Where the generated CA is kept; by default the user's folder for state.",
    )

    faults: Path | None = option(
        PATH, "", "Faults",
        "A TOML file of rules that make mail fail ([[fault]] tables); SIGHUP reads it again.",
    )
    fault: tuple[str, ...] = option(
        FAULT_LINES, "", "Faults",
        "One such rule, such as 'rcpt *@x.test 451 4.7.1 Try later times=2'; may be repeated.",
    )
    reserved: bool = option(
        SWITCH, "true", "Faults",
        "Fail for the recipients of fault.test as their own words say: 451-4.7.1@fault.test.",
    )
    simulators: bool = option(
        SWITCH, "false", "Faults",
        "Answer the addresses of Mailtrap's and SES's simulators as these do.",
    )

    http_password: str = option(
        SECRET, "", "HTTP",
        "The password of the page and the API, with any user name.",
        secret=True,
    )
    http_tokens: tuple[str, ...] = option(
        SECRETS, "", "HTTP",
        "Bearer tokens that open the API.",
        secret=True,
    )
    http_prefix: str = option(
        PREFIX, "", "HTTP",
        "The path below which the page and the API are, such as /mail.",
    )
    allow_hosts: tuple[str, ...] = option(
        HOST_PATTERNS, "", "HTTP",
        "Names under which the page may be visited, beside localhost and addresses; * is any.",
    )
    allow_origins: tuple[str, ...] = option(
        ORIGINS, "", "HTTP",
        "Origins whose pages may use the API.",
    )

    bounce_to: Address | None = option(
        RELAY, "store", "Bounces",
        "Where reports of fault rules go: smtp://host:port of the app's inbound mail, or store.",
    )
    bounce_limit: int = option(
        count(1, 100_000), "600", "Bounces",
        "How many reports are sent in a minute; those beyond it are dropped.",
    )

    ready_file: Path | None = option(
        PATH, "", "Process",
        "A file to write (JSON: addresses and pid) when all listeners are open.",
    )
    ready_format: Format = option(
        FORMATS, "text", "Process",
        "How the line that tells the addresses is written.",
    )
    open: bool = option(
        SWITCH, "false", "Process",
        "Open the page in a browser.",
    )
    log_level: LogLevel = option(
        LOG_LEVELS, "info", "Process",
        "What is logged, on standard error.",
    )
    log_format: Format = option(
        FORMATS, "text", "Process",
        "How it is logged.",
    )
    config: Path | None = option(
        CONFIG_FILE, "", "Process",
        "The TOML file to read instead of searching for one; off reads none.",
    )
    # fmt: on

    file: Path | None = None
    sources: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    warnings: tuple[str, ...] = field(default=(), compare=False)

    @property
    def listeners(self) -> tuple[Listener, ...]:
        """Every mail listener: the services that have an address, then the tables of TOML."""
        services = [
            Listener(
                name=service.name,
                protocol=service.protocol,
                addresses=addresses,
                tls=service.tls,
                auth="required" if self.auth_required else service.auth,
                strict=self.strict,
                advertise=self.advertise,
                hide=self.hide,
                max_size=self.max_size,
                max_recipients=self.max_recipients,
                profile="none" if service.protocol == "lmtp" else self.profile,
            )
            for service in SERVICES
            if (addresses := cast("tuple[Endpoint, ...]", getattr(self, service.name)))
        ]
        return (*services, *(self._resolved(table) for table in self.listener))

    def _resolved(self, table: ListenerTable) -> Listener:
        required = self.auth_required and table.auth != "off"
        return Listener(
            name=table.name,
            protocol=table.protocol,
            addresses=table.address,
            tls=table.tls,
            auth="required" if required else table.auth,
            inbox=table.inbox,
            strict=self.strict if table.strict is None else table.strict,
            advertise=self.advertise if table.advertise is None else table.advertise,
            hide=self.hide if table.hide is None else table.hide,
            max_size=self.max_size if table.max_size is None else table.max_size,
            max_recipients=table.max_recipients or self.max_recipients,
            profile="none" if table.protocol == "lmtp" else table.profile or self.profile,
        )


OPTIONS: tuple[Option, ...] = tuple(
    Option(name=row.name, default=row.default, **row.metadata)
    for row in fields(Config)
    if row.metadata
)
"""The table, in the order in which it is told."""
