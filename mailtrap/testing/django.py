"""Django's settings, for as long as a test runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

SMTP: Final = "django.core.mail.backends.smtp.EmailBackend"


@contextmanager
def sending_to(host: str, port: int) -> Iterator[None]:
    """Send mail by SMTP to this server, without TLS; user and password stay as they are.

    ``MAILERS`` (Django 6.1 and later) is changed where it is set, else the ``EMAIL_*`` settings.
    """
    # Only here: who does not use Django need not have it.
    from django.conf import settings  # noqa: PLC0415
    from django.test.utils import override_settings  # noqa: PLC0415

    if getattr(settings, "MAILERS", None):
        with override_settings(MAILERS=_mailers(settings.MAILERS, host, port)):
            yield
        return
    with override_settings(
        EMAIL_BACKEND=SMTP,
        EMAIL_HOST=host,
        EMAIL_PORT=port,
        EMAIL_USE_TLS=False,
        EMAIL_USE_SSL=False,
    ):
        yield


def _mailers(mailers: dict[str, dict[str, object]], host: str, port: int) -> dict[str, object]:
    """Every mailer, sending here."""
    told: dict[str, object] = {}
    for name, mailer in mailers.items():
        options = mailer.get("OPTIONS")
        kept = dict(options) if isinstance(options, dict) else {}
        for key in ("use_tls", "use_ssl"):
            kept.pop(key, None)
        told[name] = {**mailer, "BACKEND": SMTP, "OPTIONS": {**kept, "host": host, "port": port}}
    return told
