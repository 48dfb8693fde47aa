"""Which parts a reader shows as the text and as the HTML of a message (RFC 2046, RFC 2387)."""

from typing import NamedTuple

from mailtrap.mail.headers import parameters
from mailtrap.mail.message import Part


class Bodies(NamedTuple):
    """Parts to be shown one after the other: as plain text, and as HTML."""

    text: tuple[Part, ...] = ()
    html: tuple[Part, ...] = ()


def bodies(root: Part) -> Bodies:
    """The parts to show of a whole message; none where it has no body."""
    if root.content_type.startswith("multipart/"):
        return _of(root)
    if root.begin == root.end or root.disposition == "attachment":
        return Bodies()
    if root.content_type == "text/html":
        return Bodies(html=(root,))
    return Bodies(text=(root,)) if root.content_type.startswith("text/") else Bodies()


def _of(part: Part) -> Bodies:
    match part.content_type:
        case "multipart/alternative":
            return _best(part)
        case "multipart/related":
            return _of(_start(part)) if part.children else Bodies()
        case "multipart/signed":
            return _of(part.children[0]) if part.children else Bodies()
        case "text/plain":
            return Bodies() if part.is_attachment else Bodies(text=(part,))
        case "text/html":
            return Bodies() if part.is_attachment else Bodies(html=(part,))
        case _:
            return _all(part)


def _all(part: Part) -> Bodies:
    """One below the other, as in a multipart/mixed."""
    if not part.content_type.startswith("multipart/"):
        return Bodies()
    found = [_of(child) for child in part.children]
    return Bodies(
        tuple(one for each in found for one in each.text),
        tuple(one for each in found for one in each.html),
    )


def _best(part: Part) -> Bodies:
    """Of alternatives the last is the best (RFC 2046 section 5.1.4): for each form its own."""
    found = [_of(child) for child in reversed(part.children)]
    return Bodies(
        next((each.text for each in found if each.text), ()),
        next((each.html for each in found if each.html), ()),
    )


def _start(part: Part) -> Part:
    """The root of a multipart/related: the one that ``start`` names, else the first."""
    sent = next((h.raw for h in part.headers if h.name.lower() == "content-type"), b"")
    start = parameters(sent)[1].get("start", "").strip("<> ")
    named = (child for child in part.children if start and child.content_id == start)
    return next(named, part.children[0])
