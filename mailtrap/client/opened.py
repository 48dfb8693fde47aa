"""An inbox as it was opened: what its two faces, the one that waits and the other, share."""

from mailtrap.client import records
from mailtrap.client.calls import Told
from mailtrap.client.operations import Place


class Opened:
    """An inbox that the server told of. ``place`` is that of another face of the same inbox."""

    def __init__(self, told: Told, timeout: float, place: Place | None = None) -> None:
        self.name: str = told["name"]
        self.address: str = told["address"]
        self.smtp = records.endpoint(told["smtp"])
        self.ui_url: str = told["url"]
        self.timeout = timeout
        cursor = str(told["cursor"])
        self.place = place or Place(self.name, cursor, cursor)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name} {self.address}>"

    @property
    def cursor(self) -> str:
        """Up to where its mail was given."""
        return self.place.cursor

    def new_address(self, label: str | None = None) -> str:
        """Another address of this inbox, with this label or a fresh one."""
        return labelled(self.address, label)

    def _patience(self, timeout: float | None) -> float:
        """Seconds that a wait waits."""
        return self.timeout if timeout is None else timeout


def labelled(address: str, label: str | None) -> str:
    """An address of the same inbox: its name, a dot, and a label of letters, digits, hyphens."""
    local, _, domain = address.partition("@")
    if label is None:
        # Only here, since it takes ten milliseconds to import.
        import secrets  # noqa: PLC0415

        label = secrets.token_hex(4)
    plain = "".join(c if c.isascii() and c.isalnum() else "-" for c in label.lower()).strip("-")
    return f"{local}.{plain or 'x'}@{domain}"
