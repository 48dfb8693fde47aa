"""How many messages are wanted, and for how long: the flags of ``wait`` and ``expect``."""

from collections.abc import Callable
from dataclasses import dataclass

import click

from mailtrap.cli.asking import Pair, seconds
from mailtrap.cli.duration import optional_duration
from mailtrap.cli.gathered import Decorator, gathered


@dataclass(frozen=True, slots=True)
class Amount:
    """How many; exactly one where nothing is said. Seconds, None where they were not given."""

    count: int | None = None
    at_least: int | None = None
    latest: bool = False
    none: bool = False
    drain: bool = False
    within: float | None = None
    quiet: float | None = None

    def check(self) -> None:
        """Raise click.UsageError where the flags do not go together."""
        amounts = (self.count, self.at_least, self.latest or None, self.none or None)
        if sum(amount is not None for amount in amounts) > 1:
            raise click.UsageError("choose one of --count, --at-least, --latest and --none")

    def pairs(self) -> list[Pair]:
        """The parameters of a wait; ``within`` and the timeout are told apart by the verb."""
        numbers = {"count": self.count, "at_least": self.at_least}
        switches = {"latest": self.latest, "none": self.none, "drain": self.drain}
        pairs = [(name, str(number)) for name, number in numbers.items() if number is not None]
        pairs += [(name, "1") for name, on in switches.items() if on]
        return pairs + ([("quiet", seconds(self.quiet))] if self.quiet is not None else [])


_Option = Callable[[], Decorator]

OPTIONS: dict[str, _Option] = {
    "count": lambda: click.option(
        "--count",
        type=click.IntRange(min=1),
        metavar="N",
        help="Exactly so many; one where nothing is said.",
    ),
    "at_least": lambda: click.option(
        "--at-least", type=click.IntRange(min=1), metavar="N", help="So many or more."
    ),
    "latest": lambda: click.option(
        "--latest", is_flag=True, help="One or more; the newest is given."
    ),
    "none": lambda: click.option("--none", is_flag=True, help="None may come."),
    "drain": lambda: click.option(
        "--drain",
        is_flag=True,
        help="Judge when every SMTP transaction that is open now has ended.",
    ),
    "within": lambda: click.option(
        "--within",
        callback=optional_duration,
        metavar="DURATION",
        help="How long to wait for it, or with --none how long none may come.",
    ),
    "quiet": lambda: click.option(
        "--quiet",
        callback=optional_duration,
        metavar="DURATION",
        help="No more of it for so long.",
    ),
}


def amounts(*names: str) -> Decorator:
    """Give a verb these flags; it gets them as ``amount``."""
    return gathered("amount", Amount, {name: OPTIONS[name]() for name in names})
