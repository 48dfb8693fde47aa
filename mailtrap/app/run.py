"""Running a server as a process: signals, the ready line, exit codes."""

import asyncio
import gc
import signal
import sys
import webbrowser
from collections.abc import Callable

from mailtrap.app.announce import Ready, write_ready_file
from mailtrap.app.logs import set_up
from mailtrap.app.server import Server
from mailtrap.config import Config
from mailtrap.server.sockets import ListenError
from mailtrap.server.tls import TlsSetupError
from mailtrap.store.base import StoreError

SIGNALS = (signal.SIGTERM, signal.SIGINT)

COLLECTED = (10_000, 20, 50)
"""When the collector looks for cycles. A message makes some 60 objects that live for a while and no
cycle: at Python's own 700 it is looked for 80 times a second, for 4 % of the time."""


def run(config: Config) -> int:
    """Serve until SIGTERM or SIGINT; the exit code. A start that fails says why in a sentence."""
    set_up(config.log_level, config.log_format)
    try:
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            runner.run(_serve(config))
    except (ListenError, StoreError, TlsSetupError) as error:
        print(f"mailtrap: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Uvloop's where there is one (not on Windows, not on PyPy)."""
    try:
        import uvloop  # noqa: PLC0415 - it may not be there
    except ImportError:
        return None
    return uvloop.new_event_loop


async def _serve(config: Config) -> None:
    stopped = asyncio.Event()
    _on_signals(stopped.set)
    server = Server(config)
    _on_hangup(server.reload_faults)
    ready = await server.start()
    gc.freeze()
    gc.set_threshold(*COLLECTED)
    gc.enable()
    try:
        _announce(config, ready)
        await stopped.wait()
    finally:
        await server.stop()
        if config.ready_file is not None:
            config.ready_file.unlink(missing_ok=True)


def _on_signals(stop: Callable[[], None]) -> None:
    loop = asyncio.get_running_loop()
    for number in SIGNALS:
        try:
            loop.add_signal_handler(number, stop)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop))


def _on_hangup(reload: Callable[[], None]) -> None:
    """SIGHUP, where there is such a signal, reads the file of fault rules anew."""
    if hasattr(signal, "SIGHUP"):
        asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, reload)


def _announce(config: Config, ready: Ready) -> None:
    if config.ready_file is not None:
        write_ready_file(config.ready_file, ready)
    print(ready.json() if config.ready_format == "json" else ready.line(), flush=True)
    if config.open and ready.http:
        webbrowser.open(ready.http[0])
