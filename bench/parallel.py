"""Many workers of pytest against one server: `python -m bench.parallel [--runs 3]`.

A thousand tests, each with an inbox and a fault of its own, in sixteen workers; no test may fail,
and none may see the mail of another. It is no measure of speed but of isolation.
"""

import argparse
import re
import subprocess
import sys
import tempfile
import time
from importlib.metadata import entry_points
from pathlib import Path

from mailtrap.testing.servers import in_process

SUITE = """
import smtplib
import pytest

NUMBERS = range({tests})

def send(smtp, address, subject):
    with smtplib.SMTP(smtp.host, smtp.port, timeout=30) as session:
        session.sendmail("app@shop.example", [address], f"Subject: {{subject}}\\r\\n\\r\\nx")

@pytest.mark.parametrize("number", NUMBERS)
def test_mail_of_this_test_alone(mailtrap_inbox, mailtrap_fault, mailtrap_smtp, number):
    mailtrap_fault(reply="451 4.7.1 Later", times=1)
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        send(mailtrap_smtp, mailtrap_inbox.address, number)
    send(mailtrap_smtp, mailtrap_inbox.address, number)
    assert mailtrap_inbox.wait().subject == str(number)
    mailtrap_inbox.expect_none()
    assert [one.code for one in mailtrap_inbox.attempts()] == [451, 250]
"""


def main() -> int:
    """Run it as often as asked; 1 where a test failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--tests", type=int, default=1_000)
    parser.add_argument("--workers", type=int, default=16)
    asked = parser.parse_args()
    failed = 0
    with tempfile.TemporaryDirectory() as folder, in_process() as url:
        Path(folder, "test_parallel.py").write_text(SUITE.format(tests=asked.tests), "utf-8")
        for number in range(1, asked.runs + 1):
            began = time.monotonic()
            told = _run(folder, url, asked.workers)
            failed += f"{asked.tests} passed" not in told
            print(f"run {number}: {told} ({time.monotonic() - began:.1f} s)")
    return 1 if failed else 0


def _run(folder: str, url: str, workers: int) -> str:
    """The last line of pytest."""
    installed = any(one.name == "mailtrap" for one in entry_points(group="pytest11"))
    plugin = [] if installed else ["-p", "mailtrap.testing.plugin"]
    command = [
        sys.executable, "-m", "pytest", "-q", *plugin, "-n", str(workers),
        f"--mailtrap-url={url}", "-p", "no:cacheprovider", folder,
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    return re.sub(r"=+", "", done.stdout.strip().splitlines()[-1]).strip()


if __name__ == "__main__":
    sys.exit(main())
