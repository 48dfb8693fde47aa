"""A Postfix of its own that relays everything to one port, run from the unpacked package."""

import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from typing import IO

from tests.interop.programs import Run, cache, need_file, unavailable

# Users that every Debian has: no account has to be made. Postfix wants two different ones.
OWNER, DROP_GROUP = "uucp", "news"
QUEUES = ("active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming", "saved")
SOCKETS = {"private": 0o700, "public": 0o710, "maildrop": 0o730}
ANYONE = 0o755
SECONDS = 10.0
PATIENCE = 60.0
STATUS = re.compile(r"to=<(?P<to>[^>]*)>.* status=(?P<status>[a-z]+) ")

SERVICES = """\
pickup  unix  n - n 1 1 pickup
cleanup unix  n - n - 0 cleanup
qmgr    unix  n - n 1 1 qmgr
rewrite unix  - - n - - trivial-rewrite
bounce  unix  - - n - 0 bounce
defer   unix  - - n - 0 bounce
trace   unix  - - n - 0 bounce
smtp    unix  - - n - - smtp
error   unix  - - n - - error
retry   unix  - - n - - error
postlog unix-dgram n - n - 1 postlogd
"""


@dataclass(frozen=True, slots=True)
class Postfix:
    """A running one, its configuration in ``etc``."""

    etc: Path
    log: IO[str]
    run: Run

    def send(self, sender: str, *recipients: str, content: bytes) -> None:
        """Put a message into its queue, as an app does with sendmail."""
        sendmail = unpacked() / "sbin" / "sendmail"
        where = ("-C", self.etc, "-f", sender)
        self.run(sendmail, *where, "--", *recipients, content=content, **libraries())

    def statuses(self, messages: int) -> list[tuple[str, str]]:
        """What it logged, as recipient and status, until so many messages left its queue."""
        found = []
        for line in self.log:
            if match := STATUS.search(line):
                found.append((match["to"], match["status"]))
            if line.endswith(": removed\n"):
                messages -= 1
            if messages == 0:
                return found
        raise AssertionError(f"Postfix ended; its deliveries: {found}")


def libraries() -> dict[str, str]:
    """The variable that lets the unpacked programs find their own libraries."""
    return {"LD_LIBRARY_PATH": str(unpacked() / "lib" / "postfix")}


def unpacked() -> Path:
    """Where the package was unpacked."""
    return cache() / "postfix" / "usr"


@contextmanager
def relaying(port: int, run: Run) -> Iterator[Postfix]:
    """A Postfix that sends all its mail to ``port`` and tries again every second.

    It needs root, since its daemons change to another user.
    """
    if os.geteuid() != 0:
        unavailable("Postfix's daemons change to another user: only root can start them")
    program = need_file(unpacked() / "lib/postfix/sbin/master", "postfix")
    # Its owner must reach it: the folders that pytest makes are closed to all others.
    with TemporaryDirectory(prefix="postfix-") as name:
        home = Path(name)
        home.chmod(ANYONE)
        _lay_out(home, port)
        master = subprocess.Popen(
            [program, "-s", "-c", home / "etc"],
            env={"PATH": os.environ["PATH"], **libraries()},
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # at its end it signals its whole process group
        )
        assert master.stdout is not None
        bound = Timer(PATIENCE, master.terminate)  # its log then ends: no test waits for ever
        bound.start()
        with master, master.stdout as log:
            try:
                yield Postfix(home / "etc", log, run)
            finally:
                bound.cancel()
                master.terminate()
                master.wait(SECONDS)


def _lay_out(home: Path, port: int) -> None:
    owner = pwd.getpwnam(OWNER).pw_uid
    for name in ("etc", "queue", "queue/pid"):
        (home / name).mkdir()
    for name, mode in {**dict.fromkeys(QUEUES, 0o700), **SOCKETS}.items():
        _owned(home / "queue" / name, owner, mode)
    _owned(home / "data", owner, 0o700)
    for name in ("public", "maildrop"):
        shutil.chown(home / "queue" / name, group=DROP_GROUP)
    (home / "etc" / "master.cf").write_text(SERVICES)
    settings = _settings(home, port)
    written = "".join(f"{name} = {value}\n" for name, value in settings.items())
    (home / "etc" / "main.cf").write_text(written)


def _owned(folder: Path, owner: int, mode: int) -> None:
    folder.mkdir()
    os.chown(folder, owner, -1)
    folder.chmod(mode)


def _settings(home: Path, port: int) -> dict[str, str]:
    return {
        "compatibility_level": "3.6",
        "queue_directory": str(home / "queue"),
        "data_directory": str(home / "data"),
        "daemon_directory": str(unpacked() / "lib/postfix/sbin"),
        "command_directory": str(unpacked() / "sbin"),
        "shlib_directory": str(unpacked() / "lib/postfix"),
        "import_environment": "PATH LD_LIBRARY_PATH MAIL_CONFIG TZ",
        "export_environment": "PATH LD_LIBRARY_PATH MAIL_CONFIG TZ",
        "mail_owner": OWNER,
        "setgid_group": DROP_GROUP,
        "maillog_file": "/dev/stdout",
        "myhostname": "relay.test",
        "mydestination": "",
        "alias_maps": "",
        "alias_database": "",
        "fast_flush_domains": "",
        "inet_interfaces": "loopback-only",
        "inet_protocols": "ipv4",
        "relayhost": f"[127.0.0.1]:{port}",
        "smtp_dns_support_level": "disabled",
        "smtp_host_lookup": "native",
        "smtp_connection_cache_on_demand": "no",
        "minimal_backoff_time": "1s",
        "maximal_backoff_time": "1s",
        "queue_run_delay": "1s",
    }
