"""TLS contexts: the user's certificate, or one of a CA that is made once and kept."""

import os
import ssl
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mailtrap.server.tlslayer import remember_sni

if TYPE_CHECKING:
    import trustme

CA_CERTIFICATE = "ca.pem"
CA_KEY = "ca-key.pem"

VERSIONS = {
    "1.0": ssl.TLSVersion.TLSv1,
    "1.1": ssl.TLSVersion.TLSv1_1,
    "1.2": ssl.TLSVersion.TLSv1_2,
    "1.3": ssl.TLSVersion.TLSv1_3,
}


class TlsSetupError(Exception):
    """The certificate cannot be had; the sentence says why."""


@dataclass(frozen=True, slots=True)
class TlsSettings:
    """What a context is made of. Without ``certificate`` one is generated for ``names``.

    ``state_dir`` is where the generated CA is kept: a client that trusts its ``ca.pem`` trusts
    every certificate that is generated from then on.
    """

    state_dir: Path | None
    names: tuple[str, ...] = ()
    certificate: Path | None = None
    key: Path | None = None
    minimum: str = "1.2"


def server_context(settings: TlsSettings) -> ssl.SSLContext:
    """A context for listeners. Raises TlsSetupError."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    set_versions(context, VERSIONS[settings.minimum])
    if settings.minimum in {"1.0", "1.1"}:
        # OpenSSL's default security level refuses what these versions have to offer.
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
    remember_sni(context)
    if settings.certificate is not None:
        _load(context, settings.certificate, settings.key)
    else:
        _generate(context, settings)
    return context


def set_versions(
    context: ssl.SSLContext, minimum: ssl.TLSVersion, maximum: ssl.TLSVersion | None = None
) -> None:
    """Bound the versions; Python's warning about old ones is for those who do not mean it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = minimum
        if maximum is not None:
            context.maximum_version = maximum


def _load(context: ssl.SSLContext, certificate: Path, key: Path | None) -> None:
    try:
        context.load_cert_chain(certificate, key)
    except (OSError, ssl.SSLError) as error:
        raise TlsSetupError(f"cannot use the certificate {certificate}: {error}") from None


def _generate(context: ssl.SSLContext, settings: TlsSettings) -> None:
    if settings.state_dir is None:
        raise TlsSetupError(
            "there is no folder to keep the generated CA in: give --state-dir, or a certificate "
            "with --tls-cert and --tls-key"
        )
    authority = authority_of(settings.state_dir)
    names = ("localhost", "127.0.0.1", "::1", *settings.names)
    authority.issue_cert(*dict.fromkeys(names)).configure_cert(context)


def authority_of(state_dir: Path) -> "trustme.CA":
    """The CA that is kept, made where there is none. Its key is readable by its owner alone."""
    # It brings cryptography: some 70 ms that only TLS with a generated certificate pays.
    import trustme  # noqa: PLC0415

    certificate, key = state_dir / CA_CERTIFICATE, state_dir / CA_KEY
    try:
        if certificate.exists() and key.exists():
            return trustme.CA.from_pem(certificate.read_bytes(), key.read_bytes())
        state_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        authority = fresh_authority()
        _write(key, authority.private_key_pem.bytes())
        _write(certificate, authority.cert_pem.bytes())
    except (OSError, ValueError) as error:
        raise TlsSetupError(f"cannot keep the generated CA in {state_dir}: {error}") from None
    return authority


def fresh_authority() -> "trustme.CA":
    """A CA that nobody knows yet."""
    import trustme  # noqa: PLC0415 - as above

    return trustme.CA(organization_name="mailtrap", organization_unit_name="test CA")


def _write(path: Path, octets: bytes) -> None:
    """Write whole or not at all, with mode 0600 from the first moment."""
    part = path.with_suffix(".part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(octets)
    part.replace(path)
