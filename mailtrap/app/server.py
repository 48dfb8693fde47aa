"""The composition root: store, bus, catcher, mail listeners, HTTP."""

import socket
import time
from collections.abc import Callable, Sequence
from functools import partial

from aiohttp import web

from mailtrap import __version__
from mailtrap.api.app import build_app
from mailtrap.api.guard import GuardConfig
from mailtrap.api.info import ListenerInfo, Live, ServerInfo
from mailtrap.api.mount import mounted
from mailtrap.app.announce import Ready
from mailtrap.app.faults import FaultFile
from mailtrap.app.inboxes import open_directory
from mailtrap.bus import Bus
from mailtrap.catcher import Catcher, now
from mailtrap.config import Address, Config
from mailtrap.keeper import Keeper, Ports
from mailtrap.mail.summary import scan
from mailtrap.outbound.sender import open_outbox
from mailtrap.server.badtls import wrong_context
from mailtrap.server.listener import Listener
from mailtrap.server.ports import InboxPorts
from mailtrap.server.profiles import profile_of
from mailtrap.server.registry import Registry
from mailtrap.server.server import Bound, MailServer
from mailtrap.server.sockets import bind_all
from mailtrap.server.timeouts import Timeouts
from mailtrap.server.tls import TlsSettings, server_context
from mailtrap.smtp.findings import Finding
from mailtrap.smtp.inspect import inspect
from mailtrap.store.base import Retention
from mailtrap.store.records import Change, NewMessage
from mailtrap.store.sqlite import SqliteStore

HTTP_SHUTDOWN = 0.3
"""Seconds that requests under way get when the server stops."""


class Server:
    """Everything of one running mailtrap. Two of them in one process do not know of each other."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._bus: Bus[Change] = Bus()
        self.catcher = Catcher(_store(config), self._bus)
        self._fault_file = FaultFile(config, time.monotonic())
        self.faults = self._fault_file.book
        directory = open_directory(config, now())
        self._registry = Registry(
            self.catcher,
            limit=config.max_connections,
            timeouts=Timeouts(idle=config.idle_timeout),
            trusted=config.trusted,
            faults=self.faults,
            inboxes=directory,
        )
        self._registry.tls_fault = partial(wrong_context, settings=_tls(config))
        self.catcher.live = self._registry.live
        self.catcher.drained = self._registry.transactions.drained
        self._outbox = open_outbox(
            self.catcher, to=config.bounce_to, host=config.hostname, limit=config.bounce_limit
        )
        self._registry.report = self._outbox.report
        listeners = _listeners(config)
        self._mail = MailServer(self._registry, listeners)
        model = next((one for one in listeners if one.profile.protocol == "smtp"), None)
        self._ports = InboxPorts(self._registry, model)
        self.inboxes = Keeper(
            directory, self.catcher, self.faults, Ports(self._ports.open, self._ports.close)
        )
        self._web: web.AppRunner | None = None
        self._taking = False

    def reload_faults(self) -> None:
        """Read the file of fault rules anew; a mistake in it is logged and changes nothing."""
        self._fault_file.reload(time.monotonic())

    async def start(self) -> Ready:
        """Open the store and listen. Raises StoreFileError or ListenError; then all is closed."""
        await self.catcher.start()
        try:
            await self.inboxes.start()
            bound = await self._mail.start()
            self._taking = True
            http = await self._start_http(bound)
        except BaseException:
            await self.stop()
            raise
        return Ready([(one.listener.name, one.url) for one in bound], http)

    async def stop(self) -> None:
        """Drain the mail listeners, end the requests, commit what is left."""
        self._taking = False
        await self.inboxes.stop()
        await self._ports.stop()
        await self._mail.stop()
        if self._web is not None:
            await self._web.cleanup()
        await self._outbox.close()
        await self.catcher.close()

    async def _start_http(self, bound: Sequence[Bound]) -> list[str]:
        config = self._config
        sockets = bind_all(config.http)
        info = _info(config, bound, self._live)
        guard = _guard(config)
        app = build_app(self.catcher, self._bus, info, guard, self.faults, self.inboxes)
        self._web = web.AppRunner(
            mounted(app), access_log=None, shutdown_timeout=HTTP_SHUTDOWN, handler_cancellation=True
        )
        await self._web.setup()
        for one in sockets:
            await web.SockSite(self._web, one).start()
        return [_http_url(one) + config.http_prefix for one in sockets]

    def _live(self) -> Live:
        return Live(open_sessions=len(self._registry), ready=self._taking)


def _store(config: Config) -> SqliteStore:
    retention = Retention(
        messages=config.max_messages,
        octets=config.max_octets,
        seconds=config.max_age,
        sessions=config.max_sessions,
    )
    return SqliteStore(
        config.store,
        retention=retention,
        summarise=scan,
        inspect=_inspect,
        durable=config.durable,
    )


def _inspect(message: NewMessage) -> tuple[Finding, ...]:
    return inspect(message.raw, message.envelope, crlf=message.crlf)


def _listeners(config: Config) -> list[Listener]:
    listeners = config.listeners
    context = server_context(_tls(config)) if any(one.tls != "none" for one in listeners) else None
    return [
        Listener(
            name=one.name,
            addresses=one.addresses,
            profile=profile_of(one, config),
            context=context if one.tls != "none" else None,
            inbox=one.inbox,
        )
        for one in listeners
    ]


def _tls(config: Config) -> TlsSettings:
    return TlsSettings(
        state_dir=config.state_dir,
        names=(config.hostname, *config.tls_names),
        certificate=config.tls_cert,
        key=config.tls_key,
        minimum=config.min_tls,
    )


def _guard(config: Config) -> GuardConfig:
    return GuardConfig(
        allow_hosts=config.allow_hosts,
        allow_origins=config.allow_origins,
        password=config.http_password or None,
        tokens=config.http_tokens,
    )


def _info(config: Config, bound: Sequence[Bound], live: Callable[[], Live]) -> ServerInfo:
    return ServerInfo(
        version=__version__,
        started_at=now(),
        name=config.hostname,
        listeners=tuple(
            ListenerInfo(
                name=one.listener.name,
                url=one.url,
                protocol=one.listener.profile.protocol,
                tls=one.listener.profile.tls,
                auth=one.listener.profile.auth,
            )
            for one in bound
        ),
        limits={
            "message_octets": config.max_size,
            "recipients": config.max_recipients,
            "line_octets": config.max_line,
            "connections": config.max_connections,
            "commands_without_mail": config.max_commands,
            "idle_seconds": config.idle_timeout,
            "stored_messages": config.max_messages,
            "stored_octets": config.max_octets,
            "stored_seconds": config.max_age,
            "stored_sessions": config.max_sessions,
        },
        store=config.store.name if config.store else "memory",
        show_credentials=config.show_credentials,
        live=live,
        prefix=config.http_prefix,
    )


def _http_url(bound: socket.socket) -> str:
    host, port = bound.getsockname()[:2]
    return f"http://{Address(host, port)}"
