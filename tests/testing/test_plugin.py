"""The pytest plugin, in runs of pytest of its own."""

import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from mailtrap.client import Client
from mailtrap.testing.thread import ServerThread

pytest_plugins = ["pytester"]

SHOP = (Path(__file__).parents[1] / "client" / "shop.py").read_text("utf-8")

APP = """
import pytest
from shop import Shop

@pytest.fixture
def shop(mailtrap_smtp):
    return Shop(mailtrap_smtp.host, mailtrap_smtp.port)
"""


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> "Run":
    pytester.makepyfile(shop=SHOP)
    pytester.makeconftest(APP)
    return Run(pytester, monkeypatch)


class Run:
    """Runs pytest on a suite, with the plugin as users have it: by entry point where installed."""

    def __init__(self, pytester: pytest.Pytester, environ: pytest.MonkeyPatch) -> None:
        self.path = pytester.path
        self._pytester = pytester
        self._environ = environ

    def __call__(self, suite: str, *options: str, **variables: str) -> pytest.RunResult:
        for name, value in variables.items():
            self._environ.setenv(name, value)
        installed = any(one.name == "mailtrap" for one in entry_points(group="pytest11"))
        plugin = () if installed else ("-p", "mailtrap.testing.plugin")
        self._pytester.makepyfile(test_suite=suite)
        return self._pytester.runpytest_subprocess(*plugin, "-n", "0", *options)


@pytest.fixture
def external() -> Iterator[str]:
    thread = ServerThread()
    yield thread.start()
    thread.stop()


def test_each_test_has_an_inbox_of_its_own(run: Run) -> None:
    result = run("""
        import pytest
        addresses = set()

        @pytest.mark.parametrize("number", range(3))
        def test_sign_up(shop, mailtrap_inbox, number):
            assert mailtrap_inbox.name.startswith(f"sign-up-{number}-")
            shop.sign_up(mailtrap_inbox.address)
            assert mailtrap_inbox.wait().link("/confirm/").endswith("?a=1&b=2")
            mailtrap_inbox.expect_none()
            addresses.add(mailtrap_inbox.address)
            assert len(addresses) == number + 1
    """)
    result.assert_outcomes(passed=3)


def test_faults_of_a_test_act_and_go_with_it(run: Run) -> None:
    result = run("""
        def test_greylisting(shop, mailtrap_inbox, mailtrap_fault, mailtrap_client):
            mailtrap_fault(reply="451 4.7.1 Greylisted", times=2)
            shop.send_receipt(mailtrap_inbox.address)
            shop.run_queue(3)
            assert [one.code for one in mailtrap_inbox.attempts()] == [451, 451, 250]

        def test_after(mailtrap_client):
            assert mailtrap_client.faults().list() == []
    """)
    result.assert_outcomes(passed=2)


def test_a_fault_that_never_acted_fails_the_test_unless_that_is_allowed(run: Run) -> None:
    result = run("""
        def test_strict(mailtrap_fault):
            mailtrap_fault(reply=451, times=2, name="unused")

        def test_lax(mailtrap_fault):
            mailtrap_fault(reply=451, times=2, strict=False)
    """)
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(["*FaultNeverFired*", "*unused: 0 of 2 times*"])


def test_a_fault_may_end_before_the_test_does(run: Run) -> None:
    result = run("""
        def test_outage_that_passes(shop, mailtrap_inbox, mailtrap_fault):
            with mailtrap_fault(reply="451 4.7.1 Later", times=1) as fault:
                shop.send_receipt(mailtrap_inbox.address)
            assert fault.hits == 1
    """)
    result.assert_outcomes(passed=1)


def test_mail_is_told_of_whichever_part_of_a_test_fails(run: Run, external: str) -> None:
    result = run(
        """
        import pytest

        @pytest.fixture
        def signed_up(shop, mailtrap_inbox):
            shop.sign_up(mailtrap_inbox.address)
            raise RuntimeError

        def test_setup(signed_up):
            pass

        def test_teardown(shop, mailtrap_inbox, mailtrap_fault):
            mailtrap_fault(stage="vrfy", reply="550 No", times=1)
            shop.log_in(mailtrap_inbox.address)

        @pytest.fixture
        def other():
            yield
            raise RuntimeError

        def test_later(other, shop, mailtrap_inbox):
            shop.send_receipt(mailtrap_inbox.address)
        """,
        "-o", "mailtrap_mode=external", MAILTRAP_URL=external,
    )  # fmt: skip
    result.assert_outcomes(passed=2, errors=3)
    told = result.stdout.str()
    assert told.count("mailtrap: mail in ") == 2
    assert "Confirm your email  from" in told
    assert "Your code  from" in told
    assert len(Client(external).search("")) == 2


def test_a_failure_has_the_mail_in_its_report_and_in_the_folder(run: Run) -> None:
    result = run(
        """
        def test_wrong(shop, mailtrap_inbox):
            shop.sign_up(mailtrap_inbox.address)
            mailtrap_inbox.wait(subject="Reset", timeout=0)
        """,
        "--mailtrap-artifacts=kept",
    )
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "*NoMessage: expected 1 message*",
            "*Confirm your email*subject differs*",
            "*mailtrap: mail in wrong-*",
            "*Confirm your email*",
            "*SMTP sessions*",
            "*S  220 *",
        ]
    )
    kept = {path.suffix for path in (run.path / "kept").rglob("*.*") if path.is_file()}
    assert kept == {".eml", ".txt", ".html"}


def test_an_inbox_of_a_failed_test_stays_and_others_go(run: Run, external: str) -> None:
    run(
        """
        def test_passes(shop, mailtrap_inbox):
            shop.sign_up(mailtrap_inbox.address)
            mailtrap_inbox.wait()

        def test_fails(shop, mailtrap_inbox):
            shop.sign_up(mailtrap_inbox.address)
            raise AssertionError
        """,
        f"--mailtrap-url={external}",
    ).assert_outcomes(passed=1, failed=1)
    assert len(Client(external).search("subject:confirm")) == 1


def test_options_markers_and_settings(run: Run) -> None:
    result = run(
        """
        import os, subprocess, sys, pytest
        from mailtrap.client import NoMessage

        @pytest.mark.mailtrap(timeout=0, prefix="mine")
        def test_marker(mailtrap_inbox):
            assert mailtrap_inbox.name.startswith("mine-")
            with pytest.raises(NoMessage):
                mailtrap_inbox.wait()

        def test_env(mailtrap_env, mailtrap_inbox):
            code = (
                "import os, smtplib;"
                "smtp = smtplib.SMTP(os.environ['SMTP_HOST'], int(os.environ['EMAIL_PORT']));"
                "smtp.sendmail('a@x.test', os.environ['TO'], 'Subject: from afar');"
                "smtp.quit()"
            )
            told = {**os.environ, **mailtrap_env, "TO": mailtrap_inbox.address}
            subprocess.run([sys.executable, "-c", code], env=told, check=True)
            assert mailtrap_inbox.wait().subject == "from afar"

        def test_more_inboxes(shop, mailtrap_inbox_factory):
            one, two = mailtrap_inbox_factory(), mailtrap_inbox_factory(listen=True)
            assert one.address != two.address and one.smtp.port != two.smtp.port

        def test_server(mailtrap_server, mailtrap_client):
            assert mailtrap_client.info().url == mailtrap_server.url
        """,
        "-o", "mailtrap_mode=subprocess",
    )  # fmt: skip
    result.assert_outcomes(passed=4)


def test_an_unknown_mode_is_refused_by_name(run: Run) -> None:
    result = run("def test_it(mailtrap_server): pass", "--mailtrap-mode=docker")
    result.stdout.fnmatch_lines(["*'docker' is none of thread, subprocess, external*"])


def test_the_inbox_can_be_awaited(run: Run) -> None:
    result = run("""
        import asyncio

        def test_async(shop, mailtrap_async_inbox):
            async def work():
                shop.log_in(mailtrap_async_inbox.address)
                return (await mailtrap_async_inbox.wait(subject="code")).code()

            assert asyncio.run(work()) == "481516"
    """)
    result.assert_outcomes(passed=1)


@pytest.mark.parametrize("style", ["EMAIL", "MAILERS"])
def test_django_sends_to_the_server(run: Run, style: str) -> None:
    result = run(f"""
        import pytest
        from django.conf import settings

        style = {style!r}
        if not settings.configured:
            kept = {{"username": "u"}}
            settings.configure(
                **({{"MAILERS": {{"default": {{"BACKEND": "x", "OPTIONS": kept}}}}}}
                   if style == "MAILERS" else {{"EMAIL_HOST_USER": "u"}})
            )

        def test_settings(mailtrap_django, mailtrap_smtp):
            if style == "MAILERS":
                options = settings.MAILERS["default"]["OPTIONS"]
                assert (options["host"], options["port"]) == mailtrap_smtp[:2]
                assert options["username"] == "u"
            else:
                assert (settings.EMAIL_HOST, settings.EMAIL_PORT) == mailtrap_smtp[:2]

        @pytest.mark.skipif(style == "MAILERS", reason="needs Django 6.1")
        def test_sending(mailtrap_django, mailtrap_inbox):
            from django.core.mail import send_mail
            send_mail("Hello", "x", "shop@x.test", [mailtrap_inbox.address])
            assert mailtrap_inbox.wait().envelope.auth_user is None

        def test_after():
            assert not settings.is_overridden("EMAIL_HOST") or settings.EMAIL_HOST == "localhost"
    """)
    outcomes = result.parseoutcomes()
    assert outcomes["passed"] + outcomes.get("skipped", 0) == 3, outcomes


def test_workers_share_a_server_and_never_meet(run: Run, external: str) -> None:
    result = run(
        """
        import pytest

        @pytest.mark.parametrize("number", range(100))
        def test_sign_up(shop, mailtrap_inbox, mailtrap_fault, number):
            mailtrap_fault(reply="451 4.7.1 Later", times=1)
            shop.send_receipt(mailtrap_inbox.address)
            shop.run_queue(2)
            assert [one.code for one in mailtrap_inbox.attempts()] == [451, 250]
            assert mailtrap_inbox.wait().subject == "Your receipt"
            mailtrap_inbox.expect_none()
        """,
        f"--mailtrap-url={external}", "-n", "4", "-p", "xdist",
    )  # fmt: skip
    result.assert_outcomes(passed=100)
    assert Client(external).search("subject:receipt") == []


def test_importing_the_plugin_imports_nothing_heavy() -> None:
    code = (
        "import sys, pytest; before = set(sys.modules); import mailtrap.testing.plugin;"
        "print(*sorted(set(sys.modules) - before))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(told.stdout.split()) <= {"mailtrap", "mailtrap.testing", "mailtrap.testing.plugin"}
