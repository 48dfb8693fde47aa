"""The reference page ``docs/configuration.md``, written from the option table."""

from collections.abc import Iterator
from itertools import groupby

from mailtrap.config.inboxes import COLUMNS as INBOX_COLUMNS
from mailtrap.config.listeners import COLUMNS
from mailtrap.config.options import OPTIONS
from mailtrap.config.table import Option

_HEAD = """# Configuration

<!-- Written by `mailtrap config --docs`; change mailtrap/config/options.py instead. -->

Every setting has a flag, an environment variable and a TOML key. Flags go over the environment,
the environment over TOML, TOML over the defaults. `mailtrap config --show` prints each value and
where it comes from. A mistake ends the start with one sentence that names the place.

## Where TOML is found

The first of these that exists, and only that one:

1. the file named by `--config` or `MAILTRAP_CONFIG` (`off` reads no file at all),
2. `mailtrap.toml` in the current folder,
3. `[tool.mailtrap]` in the current folder's `pyproject.toml`,
4. `mailtrap/config.toml` in `$XDG_CONFIG_HOME` (`~/.config` where that is not set; `%APPDATA%` on
   Windows).

Keys are written with `_` or `-`. Relative paths count from the folder of the file; on the command
line and in the environment, from the current folder.

## How values are written

| Kind | Written as |
|---|---|
| address | `host:port`, `[::1]:port`; `:port` or `port` is loopback, IPv4 and IPv6; `*:port` is \
every interface; `off` is none; port `0` lets the system choose |
| size | `1048576`, `50MB` (10⁶), `50MiB` (2²⁰); `0` is no limit |
| duration | `300` (seconds), `1.5s`, `5m`, `12h`, `7d`, `1h30m`; `0` is no limit |
| switch | TOML `true`/`false`; in the environment also `on`, `yes`, `1`, `off`, `no`, `0`; \
`--strict` and `--no-strict` |
| list | a TOML array; elsewhere commas between, or the flag repeated |

## Secrets

Passwords and tokens have no flag: a command line can be read by others. They come from their
variable, from the file that the variable's name with `_FILE` names, from TOML, or from the file
that the TOML key with `_file` names. In such a file a list has one entry a line.
"""

_TAIL = """
## More listeners

Only TOML can say these: one `[[listener]]` table each. `name` and `address` are required; what is
left out of `strict`, `advertise`, `hide`, `max_size`, `max_recipients` and `profile` is the general
setting.

| Key | Values |
|---|---|
{keys}

```toml
store = "mail.db"
max_age = "7d"
hide = ["PIPELINING"]

[users]
alice = "secret"

[[listener]]
name = "ci"
address = ":2525"
tls = "starttls"
auth = "required"
inbox = "ci"
strict = true
max_size = "1MiB"
```

## Inboxes

Only TOML can say these: one `[[inbox]]` table each. Whatever matches one of its patterns is in the
inbox; `docs/inboxes.md` tells in which order they are asked. Inboxes need no table: they are there
as soon as something names them.

| Key | Values |
|---|---|
{inbox_keys}

```toml
[[inbox]]
name = "shop"
rcpt = ["*@shop.example.com"]
header = {{ X-App = "shop*" }}
max_messages = 500
```
"""

_INBOX_KEYS = {
    "name": "a name, its own",
    "rcpt": "patterns of recipients (`*@shop.example.com`, `/regex/`), a list of them",
    "auth": "patterns of users that log in",
    "helo": "patterns of names in EHLO",
    "ip": "addresses or networks of clients",
    "header": "a table of header fields and patterns of their values",
    "max_messages": "a number; the oldest leave first",
    "max_octets": "a size",
    "max_age": "a time",
}

_LISTENER_KEYS = {
    "name": "a name, its own",
    "protocol": "`smtp` (the default) or `lmtp`",
    "address": "an address, a list of them, or `unix:/path`",
    "tls": "`none` (the default), `starttls` or `implicit`",
    "auth": "`off`, `optional` (the default) or `required`",
    "inbox": "the inbox for what comes here",
    "strict": "a switch",
    "advertise": "EHLO lines to add",
    "hide": "extensions to switch off",
    "max_size": "a size",
    "max_recipients": "a number",
    "profile": "`none` or a server: `gmail`, `microsoft365`, `yahoo`, `ses`, `postfix`, `exim`",
}


def document() -> str:
    """The page, in Markdown."""
    keys = "\n".join(f"| `{key}` | {_LISTENER_KEYS[key]} |" for key in COLUMNS)
    inboxes = "\n".join(f"| `{key}` | {_INBOX_KEYS[key]} |" for key in INBOX_COLUMNS)
    return "\n".join([_HEAD, *_groups()]) + _TAIL.format(keys=keys, inbox_keys=inboxes)


def _groups() -> Iterator[str]:
    for group, options in groupby(OPTIONS, key=lambda option: option.group):
        yield f"## {group}\n"
        yield "| TOML key | Flag | Variable | Default | What it does |"
        yield "|---|---|---|---|---|"
        yield from map(_row, options)
        yield ""


def _row(row: Option) -> str:
    metavar = row.kind.metavar.replace("|", "\\|")
    key = f"[[{row.name}]]" if row.toml_only else row.name
    flag = f"{row.flag} {metavar}".rstrip() if row.flag else ""
    cells = (key, flag, row.variable or "", row.kind.show(row.default))
    coded = (f"`{cell}`" if cell else "" for cell in cells)
    return f"| {' | '.join(coded)} | {row.help} |"
