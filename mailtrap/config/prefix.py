"""A path below which all addresses are."""

import re

from mailtrap.config.kinds import Kind, quoted, read_text

LONGEST = 200
_PREFIX = re.compile(r"(?:/(?!\.{1,2}(?:/|\Z))[A-Za-z0-9._~-]+)+", re.ASCII)


def read_prefix(value: object) -> str:
    """``/mail`` or ``/dev/mail``; slashes at the ends do not matter. Nothing is the root."""
    text = read_text(value).strip("/")
    if not text:
        return ""
    if len(text) > LONGEST or not _PREFIX.fullmatch(f"/{text}"):
        raise ValueError(
            f"{quoted(value)} is not a path such as /mail: letters, digits and . _ ~ - between "
            f"slashes, at most {LONGEST} characters"
        )
    return f"/{text}"


PREFIX = Kind("PATH", read_prefix, str)
