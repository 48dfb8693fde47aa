"""The MIME tree of a message (RFC 2046), read by offsets: nothing of the raw octets is copied."""

import re
from collections.abc import Iterator
from typing import Final

from mailtrap.mail import transfer
from mailtrap.mail.block import MAX_FIELDS, after_mbox_line
from mailtrap.mail.entity import Entity, read_entity
from mailtrap.mail.message import Defect, Part

MAX_DEPTH: Final = 50
MAX_PARTS: Final = 10_000
MAX_HEADERS: Final = 20_000
MAX_LOOKALIKES: Final = 100_000
MAX_DEFECTS: Final = 1000
_MAX_BOUNDARY: Final = 70

_LINE_REST: Final = re.compile(rb"(--)?[ \t]*+\r*+(?:\n|\Z)")


def read_tree(raw: bytes) -> tuple[Part, tuple[Defect, ...]]:
    """The root part and what was malformed. Never raises, and stays linear in the size.

    Bounded: 50 levels, 10,000 parts, 2,000 header fields a part and 20,000 in all; what lies
    beyond stays unread in the part around it, and a defect says so.
    """
    tree = _Tree(raw)
    begin = after_mbox_line(raw)
    if begin:
        tree.report("", ("a line of an mbox file (From ) before the header",))
    root = tree.entity(begin, len(raw), "text/plain")
    number = "" if root.is_multipart else "1"
    if not root.headers:
        tree.report(number, ("no header",))
    return tree.part(root, len(raw), number, 0), tuple(tree.defects)


class _Tree:
    """One reading of one message: what is left of the bounds, and the defects so far."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.defects: list[Defect] = []
        self._parts = MAX_PARTS
        self._headers = MAX_HEADERS
        self._lookalikes = MAX_LOOKALIKES

    def report(self, where: str, texts: tuple[str, ...]) -> None:
        """Add defects, up to the bound."""
        room = MAX_DEFECTS - len(self.defects)
        self.defects += [Defect(where, text) for text in texts[:room]]

    def entity(self, begin: int, end: int, default: str) -> Entity:
        """Read the header at ``begin``, within what is left of the bound on headers."""
        entity = read_entity(self.raw, begin, end, default, min(MAX_FIELDS, self._headers))
        self._headers -= len(entity.headers)
        return entity

    def part(self, entity: Entity, end: int, number: str, depth: int) -> Part:
        """The part whose header is ``entity`` and whose body ends at ``end``."""
        self._parts -= 1
        self.report(number, entity.problems)
        inner = self._inner(entity, end, depth, number)
        size, problem = end - entity.body, None
        if not entity.is_multipart:
            size, problem = transfer.measure(self.raw, entity.encoding, entity.body, end)
        self.report(number, (problem,) if problem else ())
        if inner is not None:
            children = self._inner_children(inner, end, number, depth + 1)
        else:
            children = self._children(entity, end, number, depth)
        charset = entity.params.get("charset")
        return Part(
            number=number,
            content_type=entity.content_type,
            charset=charset.strip().lower() if charset else None,
            encoding=entity.encoding,
            disposition=entity.disposition,
            filename=entity.filename,
            content_id=entity.content_id,
            size=size,
            begin=entity.body,
            end=end,
            headers=entity.headers,
            children=children,
            inner_headers=inner.headers if inner else (),
        )

    def _inner(self, entity: Entity, end: int, depth: int, number: str) -> Entity | None:
        """The header of the message inside; of an encoded one there are no offsets in the raw."""
        if not entity.is_message or entity.encoding not in transfer.IDENTITY:
            return None
        if self._is_full(number, depth) or entity.body == end:
            return None
        return self.entity(entity.body, end, "text/plain")

    def _inner_children(self, inner: Entity, end: int, number: str, depth: int) -> tuple[Part, ...]:
        """As IMAP numbers them: the multipart of a message inside has no number of its own."""
        if not inner.is_multipart:
            return (self.part(inner, end, f"{number}.1", depth),)
        self.report(number, inner.problems)
        return self._children(inner, end, number, depth)

    def _children(self, entity: Entity, end: int, number: str, depth: int) -> tuple[Part, ...]:
        if not entity.is_multipart or self._is_full(number, depth):
            return ()
        boundary = _boundary(entity)
        if not boundary:
            self.report(number, ("a multipart without a boundary parameter",))
            return ()
        if len(boundary) > _MAX_BOUNDARY:
            self.report(number, (f"a boundary longer than {_MAX_BOUNDARY} octets",))
        default = "message/rfc822" if entity.content_type == "multipart/digest" else "text/plain"
        prefix = f"{number}." if number else ""
        children: list[Part] = []
        for begin, stop in self._between(boundary, entity.body, end, number):
            if self._is_full(number, depth):
                break
            child = self.entity(begin, stop, default)
            children.append(self.part(child, stop, f"{prefix}{len(children) + 1}", depth + 1))
        return tuple(children)

    def _is_full(self, number: str, depth: int) -> bool:
        """Whether a bound forbids to read parts here; then a defect says so."""
        if depth >= MAX_DEPTH:
            self.report(number, (f"nested deeper than {MAX_DEPTH} levels: not read further",))
        elif self._parts <= 0:
            self.report(number, (f"more than {MAX_PARTS} parts: the others are not read",))
        return depth >= MAX_DEPTH or self._parts <= 0

    def _between(
        self, boundary: bytes, begin: int, end: int, number: str
    ) -> Iterator[tuple[int, int]]:
        """What stands between the delimiter lines; without a closing one, up to the end."""
        start: int | None = None
        for line, after, closing in self._delimiters(boundary, begin, end, number):
            if start is not None:
                yield start, _before_line_end(self.raw, start, line)
            if closing:
                if start is None:
                    self.report(number, ("a multipart without parts",))
                return
            start = after
        if start is None:
            self.report(number, ("the boundary does not occur in the multipart",))
            return
        self.report(number, ("the closing boundary is missing",))
        yield start, end

    def _delimiters(
        self, boundary: bytes, begin: int, end: int, number: str
    ) -> Iterator[tuple[int, int, bool]]:
        """Offsets of each delimiter line: of the LF before it, and behind it; whether it closes."""
        needle = b"\n--" + boundary
        at = begin - 1
        while (hit := self.raw.find(needle, at, end)) >= 0:
            at = hit + len(needle)
            rest = _LINE_REST.match(self.raw, at, end)
            if rest is not None:
                yield hit, rest.end(), rest[1] is not None
                at = rest.end() - 1
                continue
            self._lookalikes -= 1
            if self._lookalikes < 0:
                self.report(number, ("too many lines that look like the boundary",))
                return


def _boundary(entity: Entity) -> bytes:
    """The boundary's octets; it cannot end with white space (RFC 2046 section 5.1.1)."""
    return entity.params.get("boundary", "").rstrip().encode("utf-8", "replace")


def _before_line_end(raw: bytes, begin: int, line_feed: int) -> int:
    """The line end before a delimiter belongs to it: LF, CR LF, or the CR CR LF of BusyBox."""
    end = max(begin, line_feed)
    for _ in range(2):
        if end > begin and raw[end - 1] == 0x0D:
            end -= 1
    return end
