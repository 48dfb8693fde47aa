"""Addresses to listen on: ``host:port``, ``[v6]:port``, shorthands and ``unix:/path``."""

import re
from pathlib import PurePosixPath

from mailtrap.config.kinds import Kind, quoted, read_text, read_words
from mailtrap.config.records import Address, Endpoint, UnixAddress

_PORT = re.compile(r":?(\d{1,5})", re.ASCII)
_TCP = re.compile(r"(\*|\[[0-9A-Fa-f:.]+(?:%[\w.-]+)?\]|[A-Za-z0-9._-]+):(\d{1,5})", re.ASCII)
_RELAY = re.compile(r"smtp://(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::(\d{1,5}))?/?", re.ASCII)
_ALLOWED = "write host:port, [::1]:port, *:port (every interface), :port (loopback)"
UNIX_PATH_LIMIT = 100


def read_endpoints(value: object, *, unix: bool = False) -> tuple[Endpoint, ...]:
    """Addresses with commas between them; ``off`` is none.

    A bare port, or ``:port``, is the loopback address of both families; ``*:port`` is every
    interface of both. ``unix:/path`` is allowed where ``unix`` says so. Raises ValueError.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if value == "off":
        return ()
    found = [endpoint for word in read_words(value) for endpoint in _endpoints(word, unix)]
    if not found:
        raise ValueError("is empty; write off to listen nowhere")
    return tuple(dict.fromkeys(found))


def read_relay(value: object) -> Address | None:
    """``smtp://host:port``, the port 25 where it is left out; ``store`` is None.

    Raises ValueError.
    """
    text = read_text(value)
    if text == "store":
        return None
    match = _RELAY.fullmatch(text)
    if match is None or not 1 <= int(match[2] or 25) <= 65_535:
        raise ValueError(f"{quoted(text)} is neither store nor an address like smtp://host:port")
    return Address(match[1].strip("[]"), int(match[2] or 25))


def _endpoints(word: str, unix: bool) -> tuple[Endpoint, ...]:
    if word.startswith("unix:"):
        return (_unix_address(word, unix),)
    if match := _PORT.fullmatch(word):
        return _both("127.0.0.1", "::1", _port(match[1], word))
    match = _TCP.fullmatch(word)
    if match is None:
        hint = f"{_ALLOWED}, unix:/path or off" if unix else f"{_ALLOWED} or off"
        raise ValueError(f"{quoted(word)} is not an address; {hint}")
    port = _port(match[2], word)
    if match[1] == "*":
        return _both("0.0.0.0", "::", port)  # noqa: S104 - asked for in so many words
    return (Address(match[1].strip("[]"), port),)


def _both(v4: str, v6: str, port: int) -> tuple[Endpoint, ...]:
    return (Address(v4, port), Address(v6, port, optional=True))


def _port(text: str, word: str) -> int:
    if int(text) > 65_535:
        raise ValueError(f"{quoted(word)} has a port out of range; 0 to 65535 is allowed")
    return int(text)


def _unix_address(word: str, allowed: bool) -> UnixAddress:
    path = word.removeprefix("unix:")
    if not allowed:
        raise ValueError(f"{quoted(word)}: a unix socket is for lmtp and [[listener]] only")
    if not PurePosixPath(path).is_absolute() or len(path.encode()) > UNIX_PATH_LIMIT:
        raise ValueError(
            f"{quoted(word)} needs an absolute path of at most {UNIX_PATH_LIMIT} octets"
        )
    return UnixAddress(path)


def _read_local(value: object) -> tuple[Endpoint, ...]:
    return read_endpoints(value, unix=True)


def _read_tcp(value: object) -> tuple[Address, ...]:
    return tuple(e for e in read_endpoints(value) if isinstance(e, Address))


def _show(endpoints: tuple[Endpoint, ...]) -> str:
    return ",".join(str(endpoint) for endpoint in endpoints) or "off"


def _show_relay(relay: Address | None) -> str:
    return "store" if relay is None else f"smtp://{relay}"


ENDPOINTS: Kind[tuple[Endpoint, ...]] = Kind("ADDRESS", read_endpoints, _show, repeatable=True)
LOCAL_ENDPOINTS: Kind[tuple[Endpoint, ...]] = Kind("ADDRESS", _read_local, _show, repeatable=True)
TCP_ADDRESSES: Kind[tuple[Address, ...]] = Kind("ADDRESS", _read_tcp, _show, repeatable=True)
RELAY: Kind[Address | None] = Kind("store|URL", read_relay, _show_relay)
