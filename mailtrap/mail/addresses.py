"""Address lists (RFC 5322 section 3.4, obsolete forms of 4.4), read as far as they can be read."""

import re
from typing import Final

from mailtrap.mail.message import Address
from mailtrap.mail.words import expand_words, unfold

MAX_ADDRESSES: Final = 5000

_ATOM: Final = r"[^\s\"<>()\[\],;:@\\=?]++"
_SIMPLE: Final = re.compile(
    rf"""(?: (?:({_ATOM}(?:[ ]{_ATOM})*+)|"([^"\\=]*+)")?\s*+<({_ATOM}@{_ATOM})>
           | ({_ATOM}@{_ATOM}) )
         (?:\s*+,\s*+|\Z)""",
    re.VERBOSE,
)
"""A mailbox without comments, escapes and encoded words: nearly all of them."""

_TOKEN: Final = re.compile(
    r"""
    "(?P<quoted>(?:[^"\\]|\\.)*+)"
    | <(?P<angle>[^<>]*+)>
    | <(?P<open>[^<>,;\s]*+)
    | (?P<end>[,;])
    | (?P<colon>:)
    | (?P<comment>\()
    | (?P<text>(?:[^"\\,;:<>()\[]|\\.|\[[^\[\]]*+\]|["\\\[])
               (?:[^"\\,;:<>()\[]|\\.|\[[^\[\]]*+\])*+)
    """,
    re.VERBOSE | re.DOTALL,
)
_PAREN: Final = re.compile(r"\\.|[()]", re.DOTALL)
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_ROUTE: Final = re.compile(r"@[^:]*:")


def addresses(value: bytes | str) -> tuple[Address, ...]:
    """The mailboxes of an address list, at most 5,000; those in groups too. Never raises.

    Names are decoded, unquoted, and taken from a comment where there is no phrase. Where a piece
    has no address, ``address`` is its only word, or empty and the piece is the name.
    """
    text = unfold(value)
    found = _simple(text)
    if found is None:
        found = _read(text)
    if any("@" in one.address for one in found) or "=?" not in text:
        return found
    # Against RFC 2047 section 5, but seen: the whole mailbox as one encoded word.
    decoded = expand_words(text)
    return _read(decoded) if "@" in decoded else found


def _simple(text: str) -> tuple[Address, ...] | None:
    """The quick way for lists without anything special; None where it takes more."""
    found: list[Address] = []
    at = 0
    while at < len(text):
        match = _SIMPLE.match(text, at)
        if match is None or len(found) == MAX_ADDRESSES:
            return None
        phrase, quoted, angle, bare = match.groups()
        found.append(Address(phrase or quoted or "", angle or bare))
        at = match.end()
    return tuple(found)


class _Mailbox:
    """What was read of one list element. ``source`` keeps the quotes that ``phrase`` has lost."""

    def __init__(self) -> None:
        self.phrase: list[str] = []
        self.source: list[str] = []
        self.comment = ""
        self.angle: str | None = None

    def address(self) -> Address | None:
        """The finished mailbox, or None where there is nothing."""
        comment = _words(self.comment)
        if self.angle is not None:
            found = Address(_phrase(self.phrase) or comment, _addr_spec(self.angle))
        else:
            found = self._bare(comment)
        return found if found.name or found.address else None

    def _bare(self, comment: str) -> Address:
        source = "".join(self.source).strip()
        if "@" in source:
            head, address = _last_word(source)
            return Address(_words(head.replace('"', "")) or comment, address)
        name = _phrase(self.phrase)
        return Address(name, "") if " " in name else Address(comment, name)


def _read(text: str) -> tuple[Address, ...]:
    found: list[Address] = []
    box, at = _Mailbox(), 0
    while at < len(text) and len(found) < MAX_ADDRESSES:
        token = _TOKEN.match(text, at)
        if token is None:  # a > or ) that closes nothing
            at += 1
            continue
        at = token.end()
        if token.lastgroup == "comment":
            inside, at = _comment(text, at)
            box.comment = box.comment or inside
        elif token.lastgroup in {"end", "colon"}:
            box = _close(box, found, group=token.lastgroup == "colon")
        else:
            _take(box, token)
    _close(box, found, group=False)
    return tuple(found[:MAX_ADDRESSES])


def _close(box: _Mailbox, found: list[Address], *, group: bool) -> _Mailbox:
    """Keep what is finished and start the next; before a colon stood only a group's name."""
    if not (group and box.angle is None) and (address := box.address()) is not None:
        found.append(address)
    return _Mailbox()


def _take(box: _Mailbox, token: re.Match[str]) -> None:
    match token.lastgroup:
        case "quoted":
            box.phrase.append(_ESCAPED.sub(r"\1", token["quoted"]))
            box.source.append(token[0])
        case "angle" | "open":
            box.angle = token[token.lastgroup]
        case _:
            box.phrase.append(token[0])
            box.source.append(token[0])


def _comment(text: str, at: int) -> tuple[str, int]:
    """The comment whose parenthesis opened just before ``at``, and where it ends."""
    depth = 1
    for paren in _PAREN.finditer(text, at):
        depth += {"(": 1, ")": -1}.get(paren[0], 0)
        if depth == 0:
            return text[at : paren.start()], paren.end()
    return text[at:], len(text)


def _phrase(pieces: list[str]) -> str:
    return " ".join("".join(map(expand_words, pieces)).split())


def _words(text: str) -> str:
    return " ".join(expand_words(_ESCAPED.sub(r"\1", text)).split())


def _addr_spec(inside: str) -> str:
    """What stood in angle brackets, without a source route (RFC 5322 section 4.4)."""
    text = inside.strip()
    return _ROUTE.sub("", text, count=1) if text.startswith("@") else text


def _last_word(source: str) -> tuple[str, str]:
    """``Jane jane@example.com`` without brackets: the name, and the word with the ``@``."""
    if source.startswith('"'):
        closed = source.find('"@')
        if closed > 0 and " " not in source[closed:]:
            return "", source
    words = source.split()
    at = next(index for index, word in enumerate(words) if "@" in word)
    return " ".join(words[:at] + words[at + 1 :]), words[at]
