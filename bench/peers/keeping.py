"""aiosmtpd with a handler that keeps every message in a list: ``keeping.py PORT``."""

import asyncio
import sys

from aiosmtpd.smtp import SMTP


class Keeping:
    """Keeps the octets of each message."""

    def __init__(self) -> None:
        self.kept: list[bytes] = []

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:  # noqa: N802 - aiosmtpd's name
        content = getattr(envelope, "original_content", None)
        self.kept.append(content or b"")
        return "250 OK"


async def main(port: int) -> None:
    """Serve until told to end."""
    handler = Keeping()
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(handler, data_size_limit=0), "127.0.0.1", port
    )
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
