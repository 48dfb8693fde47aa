"""What a connection is put together of, when its client comes."""

from asyncio import Transport
from dataclasses import dataclass

from mailtrap.server.belonging import Belonging
from mailtrap.server.desk import Desk
from mailtrap.server.handshake import Handshake
from mailtrap.server.listener import Listener
from mailtrap.server.performer import Performer
from mailtrap.server.recorder import Recorder
from mailtrap.server.registry import Origin, Registry
from mailtrap.server.wire import Wire
from mailtrap.smtp.engine import Engine


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one connection, each with the others that it needs."""

    wire: Wire
    engine: Engine
    record: Recorder
    handshake: Handshake
    performer: Performer
    desk: Desk
    origin: Origin


def assemble(registry: Registry, listener: Listener, transport: Transport) -> Parts:
    """The parts for a client that has just connected."""
    facts, origin = registry.meet(listener, transport)
    wire = Wire(transport)
    engine = Engine(
        listener.profile, peer=origin.name, nonce=registry.nonce(), trusted=origin.trusted
    )
    belonging = Belonging(registry.inboxes, listener.inbox, engine.session, origin.name)
    record = Recorder(
        registry.catcher, facts, engine.session, registry.clock, registry.transactions, belonging
    )
    return Parts(
        wire=wire,
        engine=engine,
        record=record,
        handshake=Handshake(listener, engine, wire, record),
        performer=Performer(wire),
        desk=Desk(registry, origin, engine.session, record),
        origin=origin,
    )
