"""Words around codes, by language."""

from typing import Final

from mailtrap.mail.extract.words.beyond_latin import BEYOND_LATIN
from mailtrap.mail.extract.words.further import FURTHER
from mailtrap.mail.extract.words.germanic import GERMANIC
from mailtrap.mail.extract.words.more_latin import MORE_LATIN
from mailtrap.mail.extract.words.record import Words
from mailtrap.mail.extract.words.romance import ROMANCE
from mailtrap.mail.extract.words.without_blanks import WITHOUT_BLANKS

__all__ = ["LANGUAGES", "Words"]

LANGUAGES: Final = GERMANIC | ROMANCE | MORE_LATIN | BEYOND_LATIN | WITHOUT_BLANKS | FURTHER
"""The words of each language, by its code (BCP 47)."""
