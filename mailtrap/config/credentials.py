"""Passwords, tokens and users: never shown in a message, never taken from a command line."""

from mailtrap.config.kinds import Kind
from mailtrap.config.records import User

SECRET_LIMIT = 1_000
MASK = "********"


def read_secret(value: object) -> str:
    """One secret, as it is. Raises ValueError without repeating it."""
    if not isinstance(value, str) or len(value) > SECRET_LIMIT or not value.isprintable():
        raise ValueError(
            f"must be a string of at most {SECRET_LIMIT} characters, all of them printable"
        )
    return value


def read_secrets(value: object) -> tuple[str, ...]:
    """A TOML array, or text: one a line, or in one line with commas between."""
    items = value if isinstance(value, list | tuple) else _pieces(value)
    return tuple(dict.fromkeys(read_secret(item) for item in items if item))


def read_users(value: object) -> tuple[User, ...]:
    """A TOML table of name = password, or text: ``name:password``, one a line or with commas."""
    if isinstance(value, tuple | list):
        raise ValueError("must be a table of name = password")  # noqa: TRY004 - one type for callers
    pairs = value.items() if isinstance(value, dict) else map(_pair, _pieces(value))
    users = tuple(User(read_secret(name), read_secret(password)) for name, password in pairs)
    names = [user.name for user in users]
    if not all(names) or len(set(names)) < len(names):
        raise ValueError("needs names that are not empty and differ from each other")
    return users


def _pieces(value: object) -> list[str]:
    if not isinstance(value, str):
        raise ValueError("must be text or a list of texts")  # noqa: TRY004 - one type for callers
    return [piece for piece in (value.splitlines() if "\n" in value else value.split(",")) if piece]


def _pair(text: str) -> tuple[str, str]:
    name, colon, password = text.partition(":")
    if not colon:
        raise ValueError("needs entries of the form name:password")
    return name, password


def _show_secret(value: str) -> str:
    return MASK if value else ""


def _show_secrets(values: tuple[str, ...]) -> str:
    return ",".join([MASK] * len(values))


def _show_users(users: tuple[User, ...]) -> str:
    return ",".join(f"{user.name}:{MASK}" for user in users)


SECRET = Kind("SECRET", read_secret, _show_secret)
SECRETS = Kind("SECRET", read_secrets, _show_secrets, repeatable=True)
USERS = Kind("NAME:PASSWORD", read_users, _show_users, repeatable=True)
