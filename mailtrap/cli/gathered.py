"""Flags that belong together, given to a verb as one record."""

import functools
from collections.abc import Callable, Mapping
from typing import TypeAlias

Verb: TypeAlias = Callable[..., int]
Decorator: TypeAlias = Callable[[Verb], Verb]


def gathered(
    name: str, build: Callable[..., object], options: Mapping[str, Decorator]
) -> Decorator:
    """Give a verb these options, and as its argument ``name`` what ``build`` makes of them.

    ``options`` has click's option decorators by the names of their values, in the help's order.
    """

    def decorate(verb: Verb) -> Verb:
        @functools.wraps(verb)
        def collecting(*arguments: object, **values: object) -> int:
            own = {key: values.pop(key) for key in options}
            return verb(*arguments, **values, **{name: build(**own)})

        decorated: Verb = collecting
        for option in reversed([*options.values()]):
            decorated = option(decorated)
        return decorated

    return decorate
