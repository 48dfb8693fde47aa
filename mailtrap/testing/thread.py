"""A whole server in a thread of this process, on ports that the system chooses."""

import asyncio
import threading
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailtrap.app.announce import Ready

STARTS_WITHIN = 30.0
"""Seconds that a server may take to start, or to stop."""


class ServerThread:
    """A server with a loop and a thread of its own; its mail is in memory.

    ``options`` are those of the command line, such as ``strict=True``.
    """

    def __init__(self, **options: object) -> None:
        local = {"smtp": "127.0.0.1:0", "http": "127.0.0.1:0", "config": "off"}
        self._options = {**local, **options}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None
        self._started = threading.Event()
        self._error: BaseException | None = None
        self._ready: Ready | None = None
        self._thread = threading.Thread(target=self._run, name="mailtrap", daemon=True)

    def start(self) -> str:
        """Start it; the URL of its API. Raises what kept it from starting."""
        self._thread.start()
        if not self._started.wait(STARTS_WITHIN):
            raise RuntimeError(f"the server did not start within {STARTS_WITHIN:g} seconds")
        if self._error is not None:
            raise self._error
        assert self._ready is not None
        return self._ready.http[0]

    def stop(self) -> None:
        """Stop it, once its sessions have ended."""
        if self._loop is not None and self._stopping is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(STARTS_WITHIN)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:  # noqa: BLE001 - start() raises it where it is waited for
            self._error = error
        finally:
            self._started.set()

    async def _serve(self) -> None:
        # Only here: a test session that needs no server of its own does not pay for aiohttp.
        from mailtrap.app.server import Server  # noqa: PLC0415
        from mailtrap.config import load  # noqa: PLC0415

        self._loop = asyncio.get_running_loop()
        self._stopping = asyncio.Event()
        server = Server(load(self._options, {}, Path.cwd()))
        self._ready = await server.start()
        self._started.set()
        try:
            await self._stopping.wait()
        finally:
            await server.stop()
