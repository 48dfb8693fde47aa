"""A second opinion on the wire: a naive reader of whole conversations, and of their replies."""

import re
from collections.abc import Iterator

CRLF = b"\r\n"
END = b"\r\n.\r\n"
REPLY_LINE = re.compile(rb"(?P<code>[2-5]\d\d)(?P<mark>[ -])(?P<text>[^\r\n]*)", re.DOTALL)
STATUS = re.compile(rb"(?P<status>[245]\.\d{1,3}\.\d{1,3})(?: |$)")


def contents(octets: bytes) -> Iterator[bytes]:
    """The messages in what a client sent that the server refused nothing of.

    DATA is unstuffed as RFC 5321 section 4.5.2 says, BDAT chunks (RFC 3030) are joined.
    """
    chunks: list[bytes] = []
    while octets:
        line, _, octets = octets.partition(CRLF)
        verb, *arguments = line.upper().split() or [b""]
        if verb == b"DATA":
            whole, _, octets = (CRLF + octets).partition(END)
            yield unstuffed(whole[2:] + CRLF if whole else b"")
        elif verb == b"BDAT":
            size = int(arguments[0])
            chunks.append(octets[:size])
            octets = octets[size:]
            if arguments[1:] == [b"LAST"]:
                yield b"".join(chunks)
                chunks.clear()


def unstuffed(content: bytes) -> bytes:
    """Content without the first dot of every line (ended by CRLF) that begins with one."""
    return re.sub(rb"(\A|\r\n)\.", rb"\1", content)


def replies(octets: bytes) -> list[str]:
    """The replies in what a server sent, as ``code text`` with the lines parted by line feeds.

    Raises ValueError where one breaks RFC 5321 section 4.2 or RFC 2034 section 4.
    """
    told: list[str] = []
    lines: list[re.Match[bytes]] = []
    if not octets.endswith(CRLF):
        raise ValueError(f"the last line has no end: {octets[-80:]!r}")
    for line in octets[:-2].split(CRLF):
        match = REPLY_LINE.fullmatch(line)
        if match is None or len(line) > 510:
            raise ValueError(f"not a reply line: {line!r}")
        lines.append(match)
        if match["mark"] == b" ":
            told.append(_reply(lines))
            lines = []
    if lines:
        raise ValueError(f"a reply is not ended: {lines[-1][0]!r}")
    return told


def _reply(lines: list[re.Match[bytes]]) -> str:
    shown = [line[0] for line in lines]
    if len({line["code"] for line in lines}) != 1:
        raise ValueError(f"one reply has several codes: {shown}")
    statuses = {match["status"] if (match := STATUS.match(text)) else b"" for text in _texts(lines)}
    if len(statuses) != 1:
        raise ValueError(f"one reply has several status codes: {shown}")
    status = statuses.pop()
    if status and status[:1] != lines[0]["code"][:1]:
        raise ValueError(f"status and reply code differ: {shown}")
    text = b"\n".join(_texts(lines)).decode()
    return f"{lines[0]['code'].decode()} {text}"


def _texts(lines: list[re.Match[bytes]]) -> list[bytes]:
    return [line["text"] for line in lines]
