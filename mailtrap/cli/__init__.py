"""The command line: one module a verb; ``mailtrap`` alone is ``mailtrap serve``."""

from mailtrap.cli.group import main

__all__ = ["main"]
