"""The security headers of every response."""

from collections.abc import Mapping
from typing import Final

PAGE_CSP: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html uplot"
)
"""For our own page: nothing but its own files, and no string ever becomes script.

The two policies are lit-html's, for its templates, and that of ``js/views/charts/uplot.js``, which
knows one address.
"""

DATA_CSP: Final = "default-src 'none'; frame-ancestors 'none'; sandbox"
"""For JSON, raw messages and parts: opened as a document, they can do nothing."""

_PREVIEW_CSP: Final = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src {images}; "
    "style-src {styles}; font-src {fonts}; frame-ancestors 'self'{base}"
)

DEFAULTS: Final[Mapping[str, str]] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": DATA_CSP,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""What a response carries unless its handler said otherwise."""


def preview_csp(*, remote: bool, images: bool = True) -> str:
    """The policy of an HTML mail: a sandbox without scripts and without our origin.

    With ``remote`` images, styles and fonts of other servers may load, for this response only.
    Without, a ``<base>`` in the mail must not turn the URLs of its own parts away from us.
    Without ``images`` none loads, wherever it comes from.
    """
    allowed = "'self' data: http: https:" if remote else "'self' data:"
    return _PREVIEW_CSP.format(
        images=allowed if images else "'none'",
        styles="'unsafe-inline' http: https:" if remote else "'unsafe-inline'",
        fonts="data: http: https:" if remote else "data:",
        base="" if remote else "; base-uri 'none'",
    )
