"""Keys for the images of a preview.

A mail is shown in a frame of opaque origin, so to the server its images look like requests from a
foreign site, without credentials. Each ``cid:`` URL of a preview therefore carries a key that only
this process can make: who was shown the preview may load that one image, and nobody else.
"""

import hashlib
import hmac
import secrets


class Seal:
    """Makes and knows the keys. A secret of its own for each application, never stored."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)

    def key(self, message_id: str, content_id: str) -> str:
        """The key of one part of one message: 32 hexadecimal digits."""
        text = f"{message_id}\0{content_id}".encode(errors="surrogatepass")
        return hmac.new(self._secret, text, hashlib.sha256).hexdigest()[:32]

    def fits(self, message_id: str, content_id: str, key: str) -> bool:
        """Whether ``key`` is that of this part; takes the same time whatever it is."""
        made = self.key(message_id, content_id)
        return hmac.compare_digest(made.encode(), key.encode(errors="surrogatepass"))
