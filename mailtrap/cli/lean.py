"""Importing aiohttp without what only its client needs."""

from importlib import import_module


def import_aiohttp() -> None:
    """Import it, and read no certificates of authorities meanwhile.

    Its client, of which nothing is used here, makes itself a context with all of them as it is
    imported: 20 of the 360 ms that all imports of a server take.
    """
    import ssl  # noqa: PLC0415 - the other verbs come through here, and do without

    def load_none(_: ssl.SSLContext, purpose: object = None) -> None:
        del purpose

    load = ssl.SSLContext.load_default_certs
    ssl.SSLContext.load_default_certs = load_none  # type: ignore[method-assign,assignment]
    try:
        import_module("aiohttp")
    finally:
        ssl.SSLContext.load_default_certs = load  # type: ignore[method-assign]
