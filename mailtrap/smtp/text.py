"""Where octets become text and back: the one crossing, loss-free both ways."""


def decode(octets: bytes) -> str:
    """Octets as UTF-8; what is not UTF-8 is kept as surrogate escapes."""
    return octets.decode("utf-8", "surrogateescape")


def encode(text: str) -> bytes:
    """The octets that ``decode`` made this text of."""
    return text.encode("utf-8", "surrogateescape")


def valid_utf8(text: str) -> bool:
    """Whether text came of valid UTF-8."""
    return text.isascii() or not any("\udc80" <= c <= "\udcff" for c in text)
