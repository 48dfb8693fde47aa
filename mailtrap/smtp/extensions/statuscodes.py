"""ENHANCEDSTATUSCODES (RFC 2034): the catalogue of replies carries them."""

from mailtrap.smtp.extensions.base import Extension, bare

ENHANCEDSTATUSCODES = Extension(
    keyword="ENHANCEDSTATUSCODES", rfc="2034", advertise=bare("ENHANCEDSTATUSCODES")
)
