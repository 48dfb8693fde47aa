"""Binding addresses: TCP on one or both families, unix sockets, and who holds a busy port."""

import errno
import os
import socket
import stat
from collections.abc import Sequence
from pathlib import Path

from mailtrap.config import Address, Endpoint, UnixAddress

BACKLOG = 1_024
TRIES = 20
"""Ports that are tried when one is wanted that is free on both families."""


class ListenError(Exception):
    """An address cannot be bound; the sentence says why."""


def bind_all(endpoints: Sequence[Endpoint]) -> list[socket.socket]:
    """Listening sockets for these endpoints. Raises ListenError; then none is left open.

    TCP addresses of one shorthand (the IPv6 half is optional) with port 0 get the same port.
    """
    for attempt in range(TRIES):
        bound: list[socket.socket] = []
        try:
            for endpoint in endpoints:
                bound.extend(_bind(endpoint, bound))
        except _PortTakenError as error:
            _close(bound)
            if attempt == TRIES - 1 or not _any_port(endpoints):
                raise ListenError(str(error)) from None
        except ListenError:
            _close(bound)
            raise
        else:
            return bound
    raise ListenError("no port is free on both families")  # pragma: no cover - the loop ends above


def _close(sockets: Sequence[socket.socket]) -> None:
    for one in sockets:
        one.close()


def _any_port(endpoints: Sequence[Endpoint]) -> bool:
    return any(isinstance(endpoint, Address) and not endpoint.port for endpoint in endpoints)


class _PortTakenError(ListenError):
    """The port that the other family got is taken on this one."""


def _bind(endpoint: Endpoint, bound: Sequence[socket.socket]) -> list[socket.socket]:
    if isinstance(endpoint, UnixAddress):
        return [_bind_unix(Path(endpoint.path))]
    port = endpoint.port
    if not port and endpoint.optional and bound:
        port = bound[-1].getsockname()[1]
    try:
        return [_bind_tcp(endpoint.host, port)]
    except OSError as error:
        if endpoint.optional and error.errno in _NO_FAMILY:
            return []
        problem = _explain(endpoint.host, port, error)
        if port != endpoint.port:
            raise _PortTakenError(problem) from None
        raise ListenError(problem) from None


_NO_FAMILY = {errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL, errno.EPROTONOSUPPORT}
"""What a machine without IPv6 says."""


def _bind_tcp(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listening = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            listening.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listening.bind(address)
        listening.listen(BACKLOG)
        listening.setblocking(False)
    except OSError:
        listening.close()
        raise
    return listening


def _bind_unix(path: Path) -> socket.socket:
    """A unix socket; one that a process left behind is replaced, a living one is not."""
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        if path.exists() and stat.S_ISSOCK(path.stat().st_mode) and not _answers(path):
            path.unlink()
        listening.bind(str(path))
        listening.listen(BACKLOG)
        listening.setblocking(False)
    except OSError as error:
        listening.close()
        raise ListenError(f"cannot listen on unix:{path}: {error.strerror}") from None
    return listening


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(str(path))
        except OSError:
            return False
    return True


def _explain(host: str, port: int, error: OSError) -> str:
    where = Address(host, port)
    if error.errno == errno.EADDRINUSE:
        holder = holder_of(port)
        by = f" by {holder}" if holder else ""
        return f"port {port} is in use{by}: cannot listen on {where}"
    if error.errno == errno.EACCES:
        return f"not permitted to listen on {where}: ports below 1024 need privileges"
    return f"cannot listen on {where}: {error.strerror or error}"


def holder_of(port: int) -> str:
    """Who listens on a TCP port, as ``name (pid N)``; empty where it cannot be known.

    Read from Linux's /proc; processes of other users stay unknown.
    """
    inodes = {inode for table in ("tcp", "tcp6") for inode in _listening_inodes(table, port)}
    if not inodes:
        return ""
    wanted = {f"socket:[{inode}]" for inode in inodes}
    for process in Path("/proc").glob("[0-9]*"):
        if _holds(process, wanted):
            return f"{_name_of(process)} (pid {process.name})"
    return ""


def _listening_inodes(table: str, port: int) -> list[str]:
    try:
        rows = Path(f"/proc/net/{table}").read_text("ascii").splitlines()[1:]
    except OSError:
        return []
    fields = (row.split() for row in rows)
    suffix = f":{port:04X}"
    return [row[9] for row in fields if row[3] == "0A" and row[1].endswith(suffix)]


def _holds(process: Path, wanted: set[str]) -> bool:
    try:
        return any(str(link.readlink()) in wanted for link in (process / "fd").iterdir())
    except OSError:
        return False


def _name_of(process: Path) -> str:
    try:
        return (process / "comm").read_text("utf-8").strip()
    except OSError:
        return "a process"
