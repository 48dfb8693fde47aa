import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailtrap.api import shaping
from mailtrap.api.info import Live
from mailtrap.api.shapes import FindingCounts, printable, to_json
from mailtrap.mail.extract.records import Extract
from mailtrap.mail.message import Mail, Part, Summary
from mailtrap.smtp.envelope import Envelope, Path, Recipient
from mailtrap.smtp.findings import Finding
from mailtrap.store.base import Counts
from mailtrap.store.records import Auth, Message, Tls, Trace

TRACE = Trace(
    session="s",
    listener="smtp",
    peer="[::1]:5",
    local="[::1]:25",
    helo=None,
    protocol="ESMTPSA",
    tls=Tls("TLSv1.3", "AES", "mx.test"),
    auth=Auth("PLAIN", "ann", "hunter2"),
    forwarded={"NAME": "x"},
)
ROOT = Part("", "multipart/mixed", None, "7bit", "", None, None, 0, 0, 0)


def a_message(*findings: Finding) -> Message:
    recipient = Recipient(Path("b@b.test", route=("r.test",)), {"NOTIFY": "NEVER", "X": None})
    return Message(
        seq=7,
        id="m/1",
        received_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        size=9,
        summary=Summary(subject="s"),
        envelope=Envelope(Path("a@a.test", route=("x.test", "y.test")), {}, (recipient,)),
        trace=TRACE,
        inboxes=("default",),
        tags=(),
        read=True,
        findings=findings,
    )


def test_a_time_has_microseconds_and_a_z() -> None:
    assert shaping.time(datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)) == "2026-01-02T03:04:05.000000Z"


@pytest.mark.parametrize(
    ("segments", "url"),
    [
        (("messages", "a"), "/api/messages/a"),
        (("messages", "a/b?#%", "cid", "ü@x"), "/api/messages/a%2Fb%3F%23%25/cid/%C3%BC%40x"),
    ],
)
def test_a_url_keeps_its_segments_apart(segments: tuple[str, ...], url: str) -> None:
    assert shaping.url(*segments) == url


def test_findings_are_counted_by_severity() -> None:
    found = [Finding("x", severity, "data", "", "") for severity in ("error", "info", "info")]
    assert shaping.message_row(a_message(*found)).findings == FindingCounts(error=1, info=2)


def test_the_envelope_is_told_in_full() -> None:
    told = detail(secrets=False)["envelope"]
    assert told == {
        "mail_from": "a@a.test",
        "rcpt_to": ["b@b.test"],
        "params": {},
        "route": ["x.test", "y.test"],
        "recipients": [
            {
                "address": "b@b.test",
                "params": {"NOTIFY": "NEVER", "X": None},
                "route": ["r.test"],
            }
        ],
    }


@pytest.mark.parametrize(("secrets", "secret"), [(False, "********"), (True, "hunter2")])
def test_the_trace_is_told_with_its_secret_masked(*, secrets: bool, secret: str) -> None:
    trace = detail(secrets=secrets)["trace"]
    assert isinstance(trace, dict)
    assert trace["tls"] == {"version": "TLSv1.3", "cipher": "AES", "sni": "mx.test"}
    assert trace["auth"] == {"mechanism": "PLAIN", "identity": "ann", "secret": secret}
    assert trace["forwarded"] == {"NAME": "x"}


def test_a_root_without_a_number_has_no_url() -> None:
    parts = detail(secrets=False)["parts"]
    assert isinstance(parts, dict)
    assert parts["url"] is None


def detail(*, secrets: bool) -> dict[str, object]:
    read = Mail((), Summary(), ROOT, None, None)
    shape = shaping.message_detail(
        a_message(), read, attempt=None, remote=(), taken=Extract(), secrets=secrets
    )
    told: dict[str, object] = json.loads(to_json(shape))
    return told


def test_open_sessions_are_counted_with_what_is_held() -> None:
    held = Counts(1, 2, 3, 4, 5, 6, ())
    assert shaping.counts(held, Live(open_sessions=9)).open_sessions == 9


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ü", "ü"),
        ("a\udcff", "a\\xff"),
        ("\udcc3\udcbc", "ü"),
        ("\ud800x", "\\ud800x"),
    ],
)
def test_what_is_no_text_is_told_escaped(text: str, told: str) -> None:
    assert printable(text) == told


ANY_TEXT = st.text(st.characters())
ANYTHING = st.recursive(
    st.none() | st.booleans() | ANY_TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(ANY_TEXT, inner),
)


@given(ANYTHING)
def test_anything_can_be_told(value: object) -> None:
    json.loads(to_json({"value": value, "\udcff": ["\ud800"]}))
