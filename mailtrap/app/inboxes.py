"""The directory of inboxes as the configuration has it."""

from datetime import datetime

from mailtrap.config import Config, ConfigError, InboxTable
from mailtrap.inboxes.directory import Directory
from mailtrap.inboxes.records import Inbox
from mailtrap.inboxes.routes import OWN_HEADER, Kind, Routes
from mailtrap.inboxes.written import match_of
from mailtrap.search.patterns import PatternError
from mailtrap.store.base import Retention


def open_directory(config: Config, created: datetime) -> Directory:
    """The directory as the configuration has it, its inboxes created at this time.

    Raises ConfigError for a bad pattern.
    """
    headers = [word.partition(":")[2] for word in config.route if word.startswith("header:")]
    kinds: frozenset[Kind] = frozenset(
        word  # type: ignore[misc]  # config lets nothing else through
        for word in config.route
        if not word.startswith("header:")
    )
    routes = Routes(kinds, (OWN_HEADER, *headers), config.inbox_domain.casefold())
    directory = Directory(routes)
    for table in config.inbox:
        directory.put(_written(table, directory.address_for(table.name), created))
    return directory


def _written(table: InboxTable, address: str, created: datetime) -> Inbox:
    bounds = Retention(table.max_messages, table.max_octets, table.max_age, sessions=0)
    try:
        match = match_of(
            rcpt=table.rcpt, auth=table.auth, helo=table.helo, ip=table.ip, header=table.header
        )
    except PatternError as error:
        raise ConfigError(f"[[inbox]] {table.name}: {error}") from None
    return Inbox(
        name=table.name,
        address=address,
        created_at=created,
        match=match,
        limits=bounds if bounds != Retention(sessions=0) else None,
    )
