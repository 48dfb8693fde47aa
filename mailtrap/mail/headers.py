"""Header values: everything that reads one, under one name."""

from mailtrap.mail.addresses import addresses
from mailtrap.mail.dates import date
from mailtrap.mail.params import media_type, parameters
from mailtrap.mail.words import decode_words, to_text, unfold

__all__ = [
    "addresses",
    "date",
    "decode_words",
    "media_type",
    "parameters",
    "to_text",
    "unfold",
]
