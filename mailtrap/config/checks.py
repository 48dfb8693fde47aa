"""Settings that contradict each other."""

from collections import Counter
from collections.abc import Iterator

from mailtrap.config.options import Config
from mailtrap.config.records import Address, ConfigError, Endpoint


def check(config: Config) -> None:
    """Nothing, or ConfigError with the first contradiction."""
    for sentence in _contradictions(config):
        raise ConfigError(sentence)


def _contradictions(config: Config) -> Iterator[str]:
    if not config.listeners and not config.http:
        yield "there is nothing to listen on: smtp and http are off; give one of them an address"
    if (config.tls_cert is None) != (config.tls_key is None):
        there, missing = ("tls_key", "tls_cert") if config.tls_key else ("tls_cert", "tls_key")
        yield f"{_name(config, there)} is set and {missing} is not; set both, or neither"
    if config.durable and config.store is None:
        yield (
            f"{_name(config, 'durable')} is on and the store is in memory; "
            "name a file with store, or leave durable off"
        )
    for table in config.listener:
        if table.protocol == "lmtp" and (table.profile or "none") != "none":
            yield (
                f"listener {table.name!r} speaks lmtp, and profile {table.profile} is of an SMTP "
                "server; leave one of them out"
            )
    names = Counter(listener.name for listener in config.listeners)
    for name in (name for name, times in names.items() if times > 1):
        yield f"two listeners are called {name!r}; in [[listener]], give each its own name"
    yield from _shared_addresses(config)


def _shared_addresses(config: Config) -> Iterator[str]:
    owners: dict[Endpoint, str] = {address: "http" for address in config.http if address.port}
    for listener in config.listeners:
        for address in listener.addresses:
            if isinstance(address, Address) and address.port == 0:
                continue
            owner = owners.setdefault(address, listener.name)
            if owner != listener.name:
                yield f"{owner} and {listener.name} both listen on {address}; move one of them"


def _name(config: Config, option: str) -> str:
    """The option, and where it was set if that is known."""
    source = config.sources.get(option, "default")
    return option if source == "default" else f"{option} ({source})"
