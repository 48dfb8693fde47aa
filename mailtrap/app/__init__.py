"""The whole, put together: everything is built here, started and stopped in order."""

from mailtrap.app.run import run

__all__ = ["run"]
