"""Words around codes, by language: those that mark one-time codes, and those of other numbers.

Phrases stand between bars, in lower or upper case, with or without accents (letters.folded is
taken of both sides). A blank stands for a blank, a hyphen or a line end; a star for whatever more
the word has at its end. Languages are named by their codes (BCP 47).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of one language.

    ``otp`` can only mean a one-time code; ``code`` may mean one; ``about`` makes that likely (what
    it is for, that it expires); ``other`` names a number of another kind; ``sale`` marks a code
    that many people get.
    """

    otp: str
    code: str
    about: str
    other: str
    sale: str = ""
