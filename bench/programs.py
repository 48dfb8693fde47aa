"""Where other people's programs are: on the PATH, in the places of Debian, or unpacked."""

import os
import shutil
from pathlib import Path

_PLACES = ("/usr/sbin", "/usr/local/sbin", "/usr/local/bin")


def unpacked() -> Path:
    """Where ``.ci/install-clients`` unpacks Postfix, which cannot be installed beside Exim."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(os.environ.get("MAILTRAP_INTEROP") or Path(home) / "mailtrap-interop") / "postfix"


def find(name: str) -> Path | None:
    """The program of this name, None where there is none."""
    places = (*_PLACES, str(unpacked() / "usr" / "sbin"))
    found = shutil.which(name) or shutil.which(name, path=os.pathsep.join(places))
    return Path(found) if found else None


def environment(program: Path) -> dict[str, str]:
    """The environment in which a program finds its libraries."""
    libraries = unpacked() / "usr" / "lib" / "postfix"
    if not program.is_relative_to(unpacked()):
        return dict(os.environ)
    return {**os.environ, "LD_LIBRARY_PATH": str(libraries)}
