"""Numbers that are no codes by what stands at them: amounts, dates, telephones, measures."""

import re
from typing import Final

from mailtrap.mail.extract.shapes import Candidate

_SIGNS: Final = "$€£¥₹₽₩₺₴฿₫₪"
_BEFORE: Final = re.compile(
    rf"""(?: [+{_SIGNS}#№§~≈] [ ]?
           | [&=@/\\]
           | \d[.,:/'\u2019_]
           | \d\d[ -]
           | \.{{2}} | \*{{3}}[ ]? | [•·]{{2}}[ ]?
           | \+?\(?\d{{1,4}}\)[ -]?
           | \b(?:eur|usd|gbp|chf|jpy|inr|pln|czk|huf|ron|try|sek|nok|dkk|brl|mxn|cad|aud)[ ]?
           | \b(?:rs|rp|rm|kr|r|us|tl|zł)\.?[ ]?
           | \b(?:no|nr|num|n|č|\u0431\u0440|br|v|ver)\.[ ]?
           | n[°º][ ]?
           )\Z""",
    re.VERBOSE | re.IGNORECASE,
)
_AFTER: Final = re.compile(
    rf"""(?: [ ]?[%‰°{_SIGNS}]
           | [.,:/'\u2019]\d
           | [-][ ]?\d
           | [/\\@=&]
           | \.[a-z]
           | [ ]\d\d
           | [ ]?(?:eur|usd|gbp|chf|jpy|inr|pln|czk|huf|ron|sek|nok|dkk|brl|mxn|cad|aud)\b
           | [ ]?(?:kr|zł|kč|ft|lei|tl|rsd|đ)\b
           | [ ]?(?:\u0440\u0443\u0431|\u0433\u0440\u043d|\u043b\u0432|\u0434\u0438\u043d)\b
           | [ ]?(?:元|円|원|บาท|块|万|年|ポイント|人|件|名|個)
           | [ ]?(?:kb|mb|gb|tb|kg|km|cm|mm|ml|kwh|kw|mah|px|ms|hrs|utc|gmt|rpm|mhz|ghz|m²|sq)\b
           | [ ](?:users|people|customers|members|points|minutes|seconds|hours|days|words|miles)\b
           | [ ](?:downloads|visitors|items|subscribers|employees|followers|views|steps)\b
           | [ ](?:calories|tokens|credits|messages|lines|commits|stars|students|lessons|records)\b
           )""",
    re.VERBOSE | re.IGNORECASE,
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_COPYRIGHT: Final = re.compile(r"©|\(c\)|copyright|℗|®|™", re.IGNORECASE)
_REACH: Final = 16


def is_other(text: str, candidate: Candidate) -> bool:
    """Whether what stands directly at it makes it an amount, a date, a telephone, a measure."""
    before = text[max(0, candidate.start - _REACH) : candidate.start]
    after = text[candidate.end : candidate.end + _REACH]
    if _BEFORE.search(before) or _AFTER.match(after):
        return True
    return is_year(candidate) and _COPYRIGHT.search(_line_before(text, candidate)) is not None


def is_year(candidate: Candidate) -> bool:
    """Whether it could be a year of our time."""
    return _YEAR.fullmatch(candidate.value) is not None


def _line_before(text: str, candidate: Candidate) -> str:
    return text[max(0, candidate.start - 40) : candidate.start].rpartition("\n")[2]
