"""Mail transfer agents: Exim relaying with CHUNKING, and Postfix's smtp-source."""

import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.interop.caught import Catcher, overheard, running
from tests.interop.content import EIGHT_BIT, SENDER, with_lf
from tests.interop.programs import Run, cache, need, need_file
from tests.interop.tap import Tap
from tests.interop.wire import contents

pytestmark = pytest.mark.interop

EXIM = """
primary_hostname = exim.client.test
spool_directory = {folder}/spool
log_file_path = {folder}/log-%slog
keep_environment =
qualify_domain = client.test
acl_not_smtp = accept
host_lookup =
untrusted_set_sender = *

begin acl
accept:
  accept

begin routers
smarthost:
  driver = manualroute
  route_list = * 127.0.0.1 byname
  self = send
  transport = out

begin transports
out:
  driver = smtp
  port = {port}
  allow_localhost
  hosts_try_chunking = {chunking}
  hosts_try_prdr = *
  hosts_avoid_tls = *
  hosts_try_fastopen =
  dnssec_request_domains =
"""


@pytest.fixture
def exim_folder() -> Iterator[Path]:
    """A folder that Exim's own user can write to, as it cannot to those of pytest."""
    folder = Path(tempfile.mkdtemp(prefix="exim-"))
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def exim(exim_folder: Path, tap: Tap) -> tuple[str | Path, ...]:
    """Exim with a queue of its own, relaying over the tap."""
    program = need("exim4", "exim4-daemon-light")
    if os.getuid() != 0:
        pytest.skip("Exim reads another configuration only for root")
    return (program, "-C", configured(exim_folder, tap.port, "*"))


def configured(folder: Path, port: int, chunking: str) -> Path:
    path = folder / "exim.conf"
    path.write_text(EXIM.format(folder=folder, port=port, chunking=chunking))
    return path


def test_exim_relays_with_bdat(
    catcher: Catcher, tap: Tap, recipient: str, run: Run, exim: tuple[str | Path, ...]
) -> None:
    envelope = ("-f", SENDER, recipient, "other@interop.test")
    run(*exim, "-odi", "-oi", *envelope, content=with_lf(EIGHT_BIT))
    caught = overheard(catcher, tap, recipient).caught
    assert any(re.fullmatch(r"BDAT \d+ LAST", line) for line in caught.said)
    assert "DATA" not in caught.said
    assert caught.raw.endswith(EIGHT_BIT.partition(b"\r\n\r\n")[2])
    assert caught.message.envelope.mail_from == SENDER
    assert caught.message.envelope.rcpt_to == (recipient, "other@interop.test")
    assert caught.message.trace.helo == "exim.client.test"
    assert caught.errors == set()


def test_exim_relays_a_large_message_in_chunks(
    catcher: Catcher, tap: Tap, recipient: str, run: Run, exim: tuple[str | Path, ...]
) -> None:
    body = b".dot " + b"x" * 60 + b"\n"
    run(*exim, "-odi", "-oi", "-f", SENDER, recipient, content=b"Subject: s\n\n" + body * 4000)
    caught = overheard(catcher, tap, recipient).caught
    assert sum(line.startswith("BDAT ") for line in caught.said) > 1
    assert caught.raw.endswith((body * 4000).replace(b"\n", b"\r\n"))


def test_exim_relays_a_queue_with_a_bounce_in_it(
    catcher: Catcher, tap: Tap, recipient: str, run: Run, exim: tuple[str | Path, ...]
) -> None:
    for sender in (SENDER, "<>"):
        run(*exim, "-odq", "-oi", "-f", sender, recipient, content=b"Subject: s\n\n.\n")
    run(*exim, "-q")
    lines = [bytes(one.client) for one in tap.conversations()]
    caught = [catcher.whole(row) for row in catcher.messages(recipient)]
    sent = [one for line in lines for one in contents(line)]
    assert sorted(one.raw for one in caught) == sorted(sent)
    assert {one.message.envelope.mail_from for one in caught} == {SENDER, ""}


def test_exim_relays_with_data_where_it_may_not_chunk(
    catcher: Catcher,
    tap: Tap,
    recipient: str,
    run: Run,
    exim: tuple[str | Path, ...],
    exim_folder: Path,
) -> None:
    configured(exim_folder, tap.port, "")
    run(*exim, "-odi", "-oi", "-f", SENDER, recipient, content=with_lf(EIGHT_BIT))
    caught = overheard(catcher, tap, recipient).caught
    assert "DATA" in caught.said
    assert caught.raw.endswith(EIGHT_BIT.partition(b"\r\n\r\n")[2])


def test_exim_satisfies_a_strict_server(
    strict: Catcher,
    recipient: str,
    run: Run,
    exim: tuple[str | Path, ...],
    exim_folder: Path,
) -> None:
    configured(exim_folder, strict.ports["smtp"], "*")
    run(*exim, "-odi", "-oi", "-f", SENDER, recipient, content=with_lf(EIGHT_BIT))
    caught = strict.caught(recipient)
    assert caught.raw.endswith(EIGHT_BIT.partition(b"\r\n\r\n")[2])
    assert any(line.startswith("BDAT ") for line in caught.said)


def test_exim_tells_from_prdr_who_takes_the_message(
    tmp_path: Path, recipient: str, run: Run, exim: tuple[str | Path, ...], exim_folder: Path
) -> None:
    refusing = 'message 550 5.7.1 "No such mail" rcpt=refusing@*'
    with running(tmp_path, "--advertise", "PRDR", "--fault", refusing) as server:
        configured(exim_folder, server.ports["smtp"], "*")
        who = (recipient, "refusing@interop.test", "other@interop.test")
        run(*exim, "-odi", "-oi", "-f", "<>", *who, content=b"Subject: s\n\nx\n")
        caught = server.caught(recipient)
    assert caught.message.envelope.rcpt_to == (recipient, "other@interop.test")
    log = (exim_folder / "log-mainlog").read_text()
    assert re.search(r"\*\* refusing@interop.test .*PRDR error .*550 5.7.1 No such mail", log)
    assert log.count(" PRDR K C=") == 2


@pytest.fixture
def smtp_source() -> tuple[str, dict[str, str]]:
    """The program, and the variables that it needs to find its libraries."""
    unpacked = cache() / "postfix" / "usr"
    program = need_file(unpacked / "sbin" / "smtp-source", "postfix")
    return str(program), {"LD_LIBRARY_PATH": str(unpacked / "lib" / "postfix")}


@pytest.mark.parametrize("session", [(), ("-d",)], ids=["a session each", "few sessions"])
def test_smtp_source_loses_nothing(
    catcher: Catcher,
    tap: Tap,
    recipient: str,
    run: Run,
    smtp_source: tuple[str, dict[str, str]],
    session: tuple[str, ...],
) -> None:
    program, variables = smtp_source
    load = ("-m", "60", "-s", "6", "-l", "5000", "-r", "2")
    who = ("-f", SENDER, "-t", recipient, f"inet:127.0.0.1:{tap.port}")
    run(program, *session, *load, *who, **variables)
    sent = [one for line in tap.conversations() for one in contents(bytes(line.client))]
    caught = [catcher.whole(row) for row in catcher.messages(recipient)]
    assert Counter(one.raw for one in caught) == Counter(sent)
    assert len(caught) == 60
    assert {len(one.message.envelope.rcpt_to) for one in caught} == {2}


def test_smtp_source_speaks_lmtp(
    catcher: Catcher, recipient: str, run: Run, smtp_source: tuple[str, dict[str, str]]
) -> None:
    program, variables = smtp_source
    where = f"inet:127.0.0.1:{catcher.ports['lmtp']}"
    run(program, "-L", "-m", "5", "-f", SENDER, "-t", recipient, where, **variables)
    caught = [catcher.whole(row) for row in catcher.messages(recipient)]
    assert [one.message.trace.protocol for one in caught] == ["LMTP"] * 5
