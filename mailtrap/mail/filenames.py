"""File names that are safe to offer for a download."""

import re
import unicodedata
from typing import Final

MAX_OCTETS: Final = 200
_MAX_SUFFIX: Final = 20

_SEPARATOR: Final = re.compile(r"[/\\]")
_FORBIDDEN: Final = re.compile(r'[<>:"|?*]')
_RESERVED: Final = re.compile(
    r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\s*(?:\.|\Z)", re.IGNORECASE
)
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Control, format (such as a right-to-left override), surrogate, line and paragraph separator."""


def safe_filename(name: str | None, fallback: str) -> str:
    """The last component of ``name``, fit for every file system; ``fallback`` where none is left.

    No separators, control or invisible characters, nothing that Windows forbids or reserves, no dot
    in front, at most 200 octets of UTF-8 (a short extension is kept). Never empty.
    """
    return _safe(name or "") or _safe(fallback) or "file"


def _safe(name: str) -> str:
    last = _SEPARATOR.split(name[-4096:].rstrip("/\\"))[-1]
    shown = "".join(char for char in last if unicodedata.category(char) not in _HIDDEN)
    clean = _shortened(_FORBIDDEN.sub("_", shown).lstrip(". ").rstrip(". "))
    return f"_{clean}" if _RESERVED.match(clean) else clean


def _shortened(name: str) -> str:
    if len(name.encode()) <= MAX_OCTETS:
        return name
    stem, dot, suffix = name.rpartition(".")
    if not stem or len(suffix.encode()) > _MAX_SUFFIX:
        stem, dot, suffix = name, "", ""
    room = MAX_OCTETS - len((dot + suffix).encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(". ") + dot + suffix
