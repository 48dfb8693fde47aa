"""JavaMail."""

from pathlib import Path

import pytest

from tests.interop.caught import Catcher, overheard
from tests.interop.conftest import PASSWORD, USER
from tests.interop.content import EIGHT_BIT, SENDER, SEVEN_BIT
from tests.interop.programs import CLIENTS, Run, need, need_file, run_in
from tests.interop.tap import Tap

pytestmark = pytest.mark.interop

JARS = ("/usr/share/java/javax.mail.jar", "/usr/share/java/javax.activation.jar")


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The class path with the compiled client."""
    jars = [str(need_file(Path(jar), "libmail-java")) for jar in JARS]
    folder = tmp_path_factory.mktemp("java")
    path = ":".join((str(folder), *jars))
    compiler = need("javac", "default-jdk-headless")
    run_in(folder, (compiler, "-cp", path, "-d", folder, CLIENTS / "Send.java"), b"", 0, {})
    return path


@pytest.fixture
def java(compiled: str) -> tuple[str, ...]:
    """The client, but for its settings and the name of its class."""
    quick = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
    return (need("java", "default-jdk-headless"), *quick, "-cp", compiled)


def settings(scheme: str, port: int, **more: str) -> list[str]:
    """System properties of JavaMail; in names ``_`` stands for a dot."""
    names = {"host": "localhost", "port": str(port), "from": SENDER, **more}
    smtp = [f"-Dmail.smtp.{name.replace('_', '.')}={text}" for name, text in names.items()]
    return [f"-Dmail.transport.protocol={scheme}", *smtp]


def test_a_message_stays_as_it_was(
    catcher: Catcher, tap: Tap, recipient: str, run: Run, java: tuple[str, ...]
) -> None:
    dsn = {"dsn_notify": "SUCCESS,FAILURE", "dsn_ret": "HDRS", "allow8bitmime": "true"}
    two = f"{recipient},other@interop.test"
    options = settings("smtp", tap.port, **dsn)
    run(*java, *options, "Send", content=EIGHT_BIT, RECIPIENTS=two)
    heard = overheard(catcher, tap, recipient)
    caught = heard.caught
    assert caught.raw.endswith(EIGHT_BIT.partition(b"\r\n\r\n")[2])
    assert caught.message.envelope.mail_from == SENDER
    assert caught.message.envelope.rcpt_to == (recipient, "other@interop.test")
    assert caught.mail_params["RET"] == "HDRS"
    assert caught.rcpt_params == [{"NOTIFY": "SUCCESS,FAILURE"}] * 2
    assert "NOOP" in caught.said
    assert caught.errors == set()


@pytest.mark.parametrize("mechanism", ["LOGIN", "PLAIN"])
def test_starttls_then_auth(
    checking: Catcher, recipient: str, run: Run, java: tuple[str, ...], mechanism: str
) -> None:
    secure = {"auth": "true", "auth_mechanisms": mechanism, "starttls_required": "true"}
    options = settings("smtp", checking.ports["submission"], starttls_enable="true", **secure)
    who = {"USERNAME": USER, "PASSWORD": PASSWORD, "CA": str(checking.ca)}
    run(*java, *options, "Send", content=SEVEN_BIT, RECIPIENTS=recipient, **who)
    caught = checking.caught(recipient)
    assert caught.auth == (mechanism, USER, PASSWORD)
    assert caught.message.trace.protocol == "ESMTPSA"
