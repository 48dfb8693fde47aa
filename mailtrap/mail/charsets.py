"""Octets to text by the charset a mail declares, and by a guess where that cannot be right."""

import codecs
import re
from encodings.aliases import aliases
from typing import Final

_UNFIT: Final = frozenset(
    {"base64_codec", "bz2_codec", "hex_codec", "mbcs", "quopri_codec", "rot_13", "uu_codec"}
    | {"zlib_codec"}
)
_UNALIASED: Final = frozenset(
    {"cp720", "cp737", "cp856", "cp874", "cp875", "koi8_t", "koi8_u", "mac_arabic", "mac_croatian"}
    | {"mac_farsi", "mac_romanian", "utf_8_sig"}
)
_CODECS: Final = (frozenset(aliases.values()) - _UNFIT) | _UNALIASED
"""The codecs a stranger may name: asking Python for unknown ones grows its cache without end."""

_ALIASES: Final = {
    "ansi_x3_4": "ascii",
    "cp_1252": "cp1252",
    "dos_874": "cp874",
    "iso_8859_8_e": "iso8859_8",
    "iso_8859_8_i": "iso8859_8",
    "ks_c_5601": "euc_kr",
    "unicode_2_0_utf_7": "utf_7",
    "utf8mb4": "utf_8",
    "windows_31j": "cp932",
    "windows_874": "cp874",
    "windows_936": "gbk",
    "windows_949": "cp949",
    "windows_950": "cp950",
    "x_gbk": "gbk",
    "x_sjis": "shift_jis",
    "x_mac_roman": "mac_roman",
}
_WIDER: Final = {
    "big5": ("cp950", "big5hkscs"),
    "cp949": ("cp949", "johab"),
    "euc_jp": ("euc_jp", "euc_jisx0213"),
    "euc_kr": ("cp949",),
    "gb2312": ("gb18030",),
    "gbk": ("gb18030",),
    "iso2022_jp": ("iso2022_jp", "iso2022_jp_ext", "iso2022_jp_3"),
    "iso8859_9": ("cp1254", "iso8859_9"),
    "latin_1": ("cp1252", "latin_1"),
    "shift_jis": ("cp932", "shift_jisx0213"),
    "tis_620": ("cp874",),
}
"""What is meant where the narrower name is written: mailers say gb2312 and send gbk."""

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf_8"),
    (codecs.BOM_UTF32_LE, "utf_32"),
    (codecs.BOM_UTF32_BE, "utf_32"),
    (codecs.BOM_UTF16_LE, "utf_16"),
    (codecs.BOM_UTF16_BE, "utf_16"),
)
_PUNCTUATION: Final = re.compile(r"[^a-z0-9]+")
_MAX_NAME: Final = 40


def codec(charset: str) -> str | None:
    """The name of the codec that reads ``charset``, or None where none does."""
    name = _PUNCTUATION.sub("_", charset[:_MAX_NAME].lower()).strip("_")
    name = _ALIASES.get(name, name)
    name = aliases.get(name, name)
    return name if name in _CODECS else None


def decode(octets: bytes, charset: str | None) -> tuple[str, str | None]:
    """The text, and in words what was wrong with the charset (None: nothing). Never raises.

    ``charset`` None is the default of RFC 2046 section 4.1.2, US-ASCII. A byte order mark decides
    before anything else. The text holds no surrogates.
    """
    for mark, name in _BOMS:
        if octets.startswith(mark) and (text := _strictly(octets, (name,))) is not None:
            return text.removeprefix("\ufeff"), None
    if charset is None:
        text, name = guess(octets)
        return (
            text,
            None if octets.isascii() else f"octets above 127 without a charset: read as {name}",
        )
    found = codec(charset)
    if found is None:
        text, name = guess(octets)
        return text, f"unknown charset {charset[:_MAX_NAME]!r}: read as {name}"
    text_or_none = _strictly(octets, _WIDER.get(found, (found,)))
    if text_or_none is not None:
        return text_or_none.removeprefix("\ufeff"), None
    text, name = _mislabelled(octets, found)
    return text, f"not {charset[:_MAX_NAME]}: read as {name}"


def guess(octets: bytes) -> tuple[str, str]:
    """Text of octets without a usable charset, and what they were read as."""
    for name in ("utf_8", "cp1252"):
        if (text := _strictly(octets, (name,))) is not None:
            return text, {"utf_8": "utf-8", "cp1252": "windows-1252"}[name]
    return octets.decode("latin_1"), "iso-8859-1"


def _strictly(octets: bytes, names: tuple[str, ...]) -> str | None:
    for name in names:
        try:
            text = octets.decode(name)
        except UnicodeError:
            continue
        return _whole(text) if name == "utf_7" else text
    return None


def _mislabelled(octets: bytes, name: str) -> tuple[str, str]:
    """Text of octets that are not what they say: another reading, or holes where nothing fits."""
    if name == "ascii":
        return guess(octets)
    if name in {"utf_8", "utf_8_sig"}:
        return _broken_utf8(octets)
    text = _strictly(octets, ("utf_8",))
    if text is not None and not octets.isascii():
        return text, "utf-8"
    return _whole(octets.decode(name, "replace")), f"{name} with holes"


def _broken_utf8(octets: bytes) -> tuple[str, str]:
    """One character cut in two must not spoil a whole text: holes, unless most would be holes."""
    text = octets.decode("utf_8", "replace")
    holes = text.count("\ufffd")
    foreign = len(text) - len(text.encode("ascii", "ignore")) - holes
    return (text, "utf-8 with holes") if foreign >= holes else guess(octets)


def _whole(text: str) -> str:
    """``text`` without lone surrogates, which UTF-7 can spell and no other encoding can write."""
    return text.encode("utf_16_le", "surrogatepass").decode("utf_16_le", "replace")
