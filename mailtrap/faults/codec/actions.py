"""Actions as words: one row for each, with how it is read and how it is written."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar, get_args

from mailtrap.config import kinds
from mailtrap.faults import actions
from mailtrap.faults.actions import COPIES_LIMIT, DELAY_LIMIT, ENDINGS, AnyAction, EndingName
from mailtrap.faults.codec import words
from mailtrap.faults.codec.bounces import read_bounce, write_bounce
from mailtrap.faults.codec.replies import CODE, read_reply, write_reply
from mailtrap.faults.garble import GARBLES, GarbleKind
from mailtrap.faults.rules import RuleError
from mailtrap.faults.steps import Cut, Ending, TlsKind

A = TypeVar("A", bound=AnyAction)

PACE_LIMIT = 60.0
"""Seconds between two octets of a reply."""

CUT_LIMIT = 2**40
LINES_LIMIT = 100

_KEYWORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}", re.ASCII)
_CUT = re.compile(r"(\S+?)(?:\s+then\s+(\S+))?", re.ASCII)
_GARBLES: Mapping[str, GarbleKind] = {kind: kind for kind in GARBLES}
_TLS: Mapping[str, TlsKind] = {kind: kind for kind in get_args(TlsKind)}
_ENDINGS: Mapping[str, EndingName] = {name: name for name in ENDINGS}


class Form(Protocol):
    """How one action is written: a word, and what follows it. ``hint`` shows an example."""

    @property
    def word(self) -> str:
        """Its first word."""

    @property
    def hint(self) -> str:
        """An example."""

    def read(self, rest: str) -> AnyAction:
        """The action that ``rest`` makes of the word. Raises RuleError."""

    def told(self, action: AnyAction) -> str | None:
        """The action as text; None where it is another."""


@dataclass(frozen=True, slots=True)
class _Form(Generic[A]):
    word: str
    hint: str
    kind: type[A]
    reader: Callable[[str], A]
    writer: Callable[[A], str]

    def read(self, rest: str) -> AnyAction:
        return self.reader(rest)

    def told(self, action: AnyAction) -> str | None:
        if not isinstance(action, self.kind):
            return None
        return f"{self.word} {self.writer(action)}".rstrip(" ")


@dataclass(frozen=True, slots=True)
class _Bare:
    """An action that is nothing but its word."""

    word: str
    action: AnyAction

    @property
    def hint(self) -> str:
        return self.word

    def read(self, rest: str) -> AnyAction:
        if rest:
            raise RuleError(f"{self.word} stands alone, without {kinds.quoted(rest)}")
        return self.action

    def told(self, action: AnyAction) -> str | None:
        return self.word if action == self.action else None


def _seconds(word: str, most: float = DELAY_LIMIT) -> Callable[[str], float]:
    return lambda rest: words.read_seconds(word, rest, most=most)


def _choice(what: str, rest: str, known: Mapping[str, str]) -> str:
    if rest not in known:
        raise words.unknown(what, rest, known)
    return known[rest]


def _read_raw(rest: str) -> actions.Raw:
    text = words.unquote("raw", rest)
    if not text:
        raise RuleError(r'raw: nothing to send; write it like raw "220 hi\r\n"')
    return actions.Raw(words.octets_of(text))


def _read_hide(rest: str) -> actions.Hide:
    keywords = tuple(word.strip() for word in rest.split(","))
    for keyword in keywords:
        if not _KEYWORD.fullmatch(keyword):
            raise RuleError(f"hide: {kinds.quoted(keyword)} is not a keyword such as STARTTLS")
    return actions.Hide(keywords)


def _read_advertise(rest: str) -> actions.Advertise:
    tokens = [match[0] for match in words.TOKEN.finditer(rest)]
    quoted = bool(tokens) and all(words.is_quoted(token) for token in tokens)
    lines = tuple(words.unquote("advertise", t) for t in (tokens if quoted else [rest]))
    if len(lines) > LINES_LIMIT or not all(line and line.isprintable() for line in lines):
        raise RuleError(
            f"advertise: 1 to {LINES_LIMIT} lines of printable characters are allowed, "
            'such as advertise "SIZE 1000" "X-FEATURE"'
        )
    return actions.Advertise(lines)


def _write_advertise(action: actions.Advertise) -> str:
    return " ".join(words.quote(line) for line in action.lines)


def _read_throttle(rest: str) -> actions.Throttle:
    octets = words.read("throttle", kinds.read_size, rest.removesuffix("/s"))
    if octets < 1:
        raise RuleError("throttle: at least 1 octet a second, such as throttle 1KB/s")
    return actions.Throttle(float(octets))


def _read_cut(rest: str) -> actions.CutOff:
    match = _CUT.fullmatch(rest)
    if match is None:
        raise RuleError(f"cut: {kinds.quoted(rest)}; write it like cut 1000 then reset")
    octets = words.read("cut", kinds.read_size, match[1])
    if octets > CUT_LIMIT:
        raise RuleError(f"cut: {octets} octets; at most {CUT_LIMIT} are allowed")
    return actions.CutOff(Cut(octets, _ending(match[2] or "reset")))


def _ending(word: str) -> Ending:
    if word not in _ENDINGS:
        raise words.unknown("ending", word, _ENDINGS)
    return ENDINGS[_ENDINGS[word]]


def _write_cut(action: actions.CutOff) -> str:
    name = next(name for name, ending in ENDINGS.items() if ending == action.cut.ending)
    return f"{action.cut.octets} then {name}"


def _read_garble(rest: str) -> actions.Garble:
    _choice("kind of garble", rest, _GARBLES)
    return actions.Garble(_GARBLES[rest])


def _read_tls(rest: str) -> actions.BreakTls:
    _choice("kind of tls failure", rest, _TLS)
    return actions.BreakTls(_TLS[rest])


def _read_copies(rest: str) -> actions.Duplicate:
    return actions.Duplicate(words.read_count("duplicate", rest or "2", 2, COPIES_LIMIT))


def _speed(action: actions.Throttle) -> str:
    octets = int(action.octets_per_second)
    return f"{octets // 1000}KB/s" if octets % 1000 == 0 else f"{octets}B/s"


FORMS: tuple[Form, ...] = (
    _Form(
        "delay", "delay 2s", actions.Delay,
        lambda rest: actions.Delay(_seconds("delay")(rest)),
        lambda action: words.show_seconds(action.seconds),
    ),
    _Form(
        "trickle", "trickle 50ms", actions.Trickle,
        lambda rest: actions.Trickle(_seconds("trickle", PACE_LIMIT)(rest)),
        lambda action: words.show_seconds(action.seconds),
    ),
    *(_Bare(name, actions.EndWith(ending)) for name, ending in ENDINGS.items()),
    _Form(
        "raw", r'raw "220 hi\r\n"', actions.Raw, _read_raw,
        lambda action: words.quote(words.text_of(action.octets)),
    ),
    _Form(
        "garble", "garble bare-lf", actions.Garble, _read_garble, lambda action: action.kind
    ),
    _Form(
        "hide", "hide STARTTLS,SIZE", actions.Hide, _read_hide,
        lambda action: ",".join(action.keywords),
    ),
    _Form("advertise", 'advertise "SIZE 10"', actions.Advertise, _read_advertise, _write_advertise),
    _Form("throttle", "throttle 1KB/s", actions.Throttle, _read_throttle, _speed),
    _Form("cut", "cut 1000 then reset", actions.CutOff, _read_cut, _write_cut),
    _Form("tls", "tls expired", actions.BreakTls, _read_tls, lambda action: action.kind),
    _Bare("keep", actions.Keep()),
    _Bare("discard", actions.Discard()),
    _Form(
        "duplicate", "duplicate 2", actions.Duplicate, _read_copies,
        lambda action: str(action.copies),
    ),
    _Form(
        "bounce", "bounce after 2s 550 5.1.1 User unknown", actions.BounceLater,
        lambda rest: actions.BounceLater(read_bounce(rest)),
        lambda action: write_bounce(action.bounce),
    ),
    _Form(
        "outage", "outage 30s", actions.Outage,
        lambda rest: actions.Outage(_seconds("outage")(rest)),
        lambda action: words.show_seconds(action.seconds),
    ),
    _Form(
        "blackhole", "blackhole 30s", actions.Blackhole,
        lambda rest: actions.Blackhole(_seconds("blackhole")(rest)),
        lambda action: words.show_seconds(action.seconds),
    ),
    _Form(
        "hold", "hold 5s", actions.Hold,
        lambda rest: actions.Hold(_seconds("hold")(rest)),
        lambda action: words.show_seconds(action.seconds),
    ),
)  # fmt: skip
"""Every action but the reply, which is written without a word."""

_BY_WORD: Mapping[str, Form] = {form.word: form for form in FORMS}
ACTION_WORDS: tuple[str, ...] = ("reply", *_BY_WORD)


def read_action(value: object, *, mismatch: bool = False) -> AnyAction:
    """One action: text such as ``delay 2s``, or a table such as ``{delay = "2s"}``.

    Raises RuleError.
    """
    text = words.read_string("an action", _text(value), 2 * words.TEXT_LIMIT + 100).strip(" ")
    if CODE.match(text):
        return actions.ReplyWith(read_reply(text, mismatch=mismatch))
    word, _, rest = text.partition(" ")
    rest = rest.strip(" ")
    if word == "reply":
        return actions.ReplyWith(read_reply(rest, mismatch=mismatch) if rest else None)
    if word not in _BY_WORD:
        raise words.unknown("action", word, ("a reply such as 451 4.7.1 Text", *ACTION_WORDS))
    return _BY_WORD[word].read(rest)


def write_action(action: AnyAction) -> str:
    """An action as text: one line, whatever it says."""
    if isinstance(action, actions.ReplyWith):
        return "reply" if action.reply is None else write_reply(action.reply)
    return next(told for form in FORMS if (told := form.told(action)) is not None)


def action_word(action: AnyAction) -> str:
    """How an action is called in a message."""
    if isinstance(action, actions.ReplyWith):
        return "a reply"
    return write_action(action).partition(" ")[0]


def _text(value: object) -> object:
    """A table of one action as text."""
    if not isinstance(value, Mapping):
        return value
    if len(value) != 1:
        raise RuleError(f'a table in do has one key, such as {{delay = "2s"}}, not {len(value)}')
    (word, told), *_ = value.items()
    if told is True:
        return str(word)
    if word == "advertise":
        return " ".join(["advertise", *(words.quote(str(one)) for one in words.read_list(told))])
    return f"{word} {','.join(str(one) for one in words.read_list(told))}"
