"""TLS that is wrong on purpose: certificates out of date, of another name or CA; old versions."""

import ssl
from datetime import UTC, datetime, timedelta

from mailtrap.faults.steps import TlsKind
from mailtrap.server.tls import (
    TlsSettings,
    TlsSetupError,
    authority_of,
    fresh_authority,
    set_versions,
)

DAY = timedelta(days=1)
NAMES = ("localhost", "127.0.0.1", "::1")


def wrong_context(kind: TlsKind, settings: TlsSettings) -> ssl.SSLContext | None:
    """A context with just this fault; None where it is not one of the certificate or version.

    But for ``unknown-ca`` the certificate is of the CA that a client may trust, so that nothing
    else is wrong with it. Raises TlsSetupError.
    """
    if kind in {"handshake-fail", "stall"}:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    if kind == "old":
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        set_versions(context, ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1)
    if settings.state_dir is None:
        raise TlsSetupError("there is no folder that the generated CA is kept in")
    unknown = kind == "unknown-ca"
    authority = fresh_authority() if unknown else authority_of(settings.state_dir)
    names = ("wrong.invalid",) if kind == "wrong-name" else (*NAMES, *settings.names)
    now = datetime.now(UTC)
    begins = now + DAY if kind == "not-yet-valid" else now - 10 * DAY
    ends = now - DAY if kind == "expired" else now + 30 * DAY
    issued = authority.issue_cert(*dict.fromkeys(names), not_before=begins, not_after=ends)
    issued.configure_cert(context)
    return context
