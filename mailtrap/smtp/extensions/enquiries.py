"""HELP, VRFY and EXPN as keywords of EHLO (RFC 5321 section 4.1.1.1); the verbs are core."""

from mailtrap.smtp.extensions.base import Extension, bare

HELP = Extension(keyword="HELP", rfc="5321", advertise=bare("HELP"))
VRFY = Extension(keyword="VRFY", rfc="5321", advertise=bare("VRFY"))
EXPN = Extension(keyword="EXPN", rfc="5321", advertise=bare("EXPN"))
