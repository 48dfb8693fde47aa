"""PIPELINING (RFC 2920): the engine parses on only when an event was answered."""

from mailtrap.smtp.extensions.base import Extension, bare

PIPELINING = Extension(keyword="PIPELINING", rfc="2920", advertise=bare("PIPELINING"))
