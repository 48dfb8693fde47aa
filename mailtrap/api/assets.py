"""The page's files, in memory, each with its ETag and gzip form."""

import gzip
import hashlib
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final, TypeAlias

import msgspec
from aiohttp import web

from mailtrap.api.comments import without_comments
from mailtrap.api.headers import PAGE_CSP
from mailtrap.api.joining import joined

TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".ts": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
}
"""What is served, by the end of its name: all else in the folder is not for browsers."""

FOLDERS: Final = ("css", "js", "vendor")
CLIENT: Final = {"/client.js": "client/mailtrap.js", "/client.d.ts": "client/mailtrap.d.ts"}
"""Where the client for tests in JavaScript is handed out."""
INDEX: Final = "index.html"
WHOLE: Final = ("js/main.js", "css/page.css")
"""The files that the document names: each is served with all that it imports inside."""

Stamps: TypeAlias = dict[str, tuple[int, int] | None]
"""When each of some files was changed, and its size; None for one that cannot change."""


class Asset(msgspec.Struct, frozen=True):
    """One file: its octets, the same compressed, its ETag and media type.

    ``stamps`` change when the files do that it is made of; None for one that cannot (in a zip).
    """

    body: bytes
    packed: bytes
    etag: str
    content_type: str
    stamps: Stamps


def web_root() -> Traversable:
    """Where the page's files are: inside the installed package, or beside it in a checkout."""
    packaged = files("mailtrap") / "_web"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[2] / "web"


class Assets:
    """The files below ``root``, found once and read when first asked for, or when they changed.

    Only names found at the start are known, so no name can lead out of the folder.
    """

    def __init__(self, root: Traversable) -> None:
        found = [("", child) for child in root.iterdir() if child.is_file()]
        for folder in FOLDERS:
            found += _below(f"{folder}/", root / folder)
        self._paths = {
            f"{at}{path.name}": path
            for at, path in found
            if _type(path.name) and not path.name.endswith(".ts")
        }
        self._paths |= {name: path for name in CLIENT.values() if (path := root / name).is_file()}
        self._read: dict[str, Asset] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def get(self, name: str) -> Asset | None:
        """The file with this name below the root, such as ``js/main.js``; None if there is none."""
        known = self._read.get(name)
        try:
            if known is None or known.stamps != {part: self._stamp(part) for part in known.stamps}:
                known = self._read[name] = self._made(name)
        except (KeyError, FileNotFoundError):
            return None
        return known

    def _made(self, name: str) -> Asset:
        body, names = joined(name, self._text) if name in WHOLE else (self._text(name), (name,))
        stamps = {part: self._stamp(part) for part in names}
        return asset_with(Asset(b"", b"", "", TYPES[Path(name).suffix], stamps), body)

    def _text(self, name: str) -> bytes:
        return without_comments(name, self._paths[name].read_bytes())

    def _stamp(self, name: str) -> tuple[int, int] | None:
        path = self._paths[name]
        if not isinstance(path, Path):
            return None
        stat = path.stat()
        return stat.st_mtime_ns, stat.st_size


def asset_response(request: web.Request, asset: Asset) -> web.Response:
    """``asset``, or 304 where the client has it already (RFC 9110 section 13.1.2)."""
    headers = {
        "Cache-Control": "no-cache",
        "Content-Security-Policy": PAGE_CSP,
        "ETag": asset.etag,
        "Vary": "Accept-Encoding",
    }
    known = request.headers.get("If-None-Match", "")
    if asset.etag.removeprefix("W/") in (
        tag.strip().removeprefix("W/") for tag in known.split(",")
    ):
        return web.Response(status=304, headers=headers)
    headers["Content-Type"] = asset.content_type
    if not _takes_gzip(request):
        return web.Response(body=asset.body, headers=headers)
    headers["Content-Encoding"] = "gzip"
    return web.Response(body=asset.packed, headers=headers)


def asset_with(asset: Asset, body: bytes) -> Asset:
    """The same file with other octets."""
    return msgspec.structs.replace(
        asset,
        body=body,
        packed=gzip.compress(body, mtime=0),
        etag=f'W/"{hashlib.sha256(body).hexdigest()[:20]}"',
    )


def _below(prefix: str, folder: Traversable) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    if not folder.is_dir():
        return found
    for child in folder.iterdir():
        if child.is_dir():
            found += _below(f"{prefix}{child.name}/", child)
        else:
            found.append((prefix, child))
    return found


def _type(name: str) -> str | None:
    return TYPES.get(Path(name).suffix)


def _takes_gzip(request: web.Request) -> bool:
    return "gzip" in request.headers.get("Accept-Encoding", "")
