"""Configuration: one option table, read from flags, the environment and TOML."""

from mailtrap.config.load import load
from mailtrap.config.options import OPTIONS, Config
from mailtrap.config.records import (
    Address,
    ConfigError,
    Endpoint,
    InboxTable,
    Listener,
    ListenerTable,
    UnixAddress,
    User,
)
from mailtrap.config.table import Option

__all__ = [
    "OPTIONS",
    "Address",
    "Config",
    "ConfigError",
    "Endpoint",
    "InboxTable",
    "Listener",
    "ListenerTable",
    "Option",
    "UnixAddress",
    "User",
    "load",
]
