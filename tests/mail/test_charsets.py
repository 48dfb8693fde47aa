"""Charsets of the world, wrongly named ones, and octets that are not what they say."""

import pytest

from mailtrap.mail import charsets

WORLD = [
    ("iso-2022-jp", "iso2022_jp", "こんにちは世界"),
    ("ISO-2022-JP", "iso2022_jp", "日本語"),
    ("gb18030", "gb18030", "你好世界€𠀀"),
    ("gb2312", "gb18030", "朱镕基"),
    ("GBK", "gbk", "繁體"),
    ("big5", "big5", "繁體中文"),
    ("big5", "big5hkscs", "香港嘅"),
    ("koi8-r", "koi8_r", "Привет, мир"),
    ("KOI8-U", "koi8_u", "Привіт"),
    ("windows-1251", "cp1251", "Здравствуйте"),
    ("utf-7", "utf_7", "Hi Mom -☺-!"),
    ("UNICODE-1-1-UTF-7", "utf_7", "ä"),
    ("shift_jis", "shift_jis", "カタカナ"),
    ("x-sjis", "cp932", "①ローマ"),
    ("windows-31j", "cp932", "髙橋"),
    ("euc-jp", "euc_jp", "日本"),
    ("euc-kr", "euc_kr", "안녕하세요"),
    ("ks_c_5601-1987", "cp949", "똠방각하"),
    ("iso-8859-8-i", "iso8859_8", "שלום"),
    ("iso-8859-8", "iso8859_8", "עברית"),
    ("windows-1256", "cp1256", "مرحبا"),
    ("tis-620", "cp874", "สวัสดี"),
    ("iso-8859-2", "iso8859_2", "Žluťoučký"),
    ("iso-8859-15", "iso8859_15", "10 €"),
    ("latin1", "cp1252", "“quotes” €"),
    ("iso-8859-9", "cp1254", "Şişli €"),
    ("utf8", "utf_8", "naïve ☃"),
    ("utf8mb4", "utf_8", "🎉"),
    ("utf-16", "utf_16", "Ω"),
    ("utf-16be", "utf_16_be", "Ω"),
    ("us-ascii", "ascii", "plain"),
    ("ANSI_X3.4-1968", "ascii", "plain"),
    ('"utf-8"', "utf_8", "ä"),
    ("cp437", "cp437", "░"),
    ("mac-roman", "mac_roman", "é"),
]


@pytest.mark.parametrize(("charset", "codec", "text"), WORLD)
def test_a_declared_charset_is_read(charset: str, codec: str, text: str) -> None:
    assert charsets.decode(text.encode(codec), charset) == (text, None)


@pytest.mark.parametrize(
    "charset",
    [
        *("", "x-unknown", "base64", "idna", "punycode", "unicode_escape", "undefined", "mbcs"),
        *("rot13", "../../etc/passwd", "\x00", "a" * 10_000, "zlib", "hex", "utf-8; x=y"),
    ],
)
def test_a_charset_that_is_none_is_unknown(charset: str) -> None:
    assert charsets.codec(charset) is None


@pytest.mark.parametrize(
    ("octets", "charset", "text", "problem"),
    [
        (b"plain", None, "plain", None),
        ("ä".encode(), None, "ä", "without a charset: read as utf-8"),
        (b"\xe4\x80", None, "ä€", "without a charset: read as windows-1252"),
        (b"\xe4\x81", None, "ä\x81", "without a charset: read as iso-8859-1"),
        ("ä".encode(), "x-nope", "ä", "unknown charset 'x-nope': read as utf-8"),
        (b"\xe4", "x-nope", "ä", "unknown charset 'x-nope': read as windows-1252"),
        ("ä".encode(), "us-ascii", "ä", "not us-ascii: read as utf-8"),
        (b"\xe4", "us-ascii", "ä", "not us-ascii: read as windows-1252"),
        (b"sch\xf6n", "utf-8", "schön", "not utf-8: read as windows-1252"),
        ("ä☃".encode() + b"\xe2\x98", "utf-8", "ä☃\ufffd", "not utf-8: read as utf-8 with holes"),
        ("日本".encode(), "euc-jp", "日本", "not euc-jp: read as utf-8"),
        ("日本".encode("euc_jp") + b"\xff", "euc-jp", "日本\ufffd", "euc_jp with holes"),
        (b"a\x98", "windows-1251", "a\ufffd", "not windows-1251: read as cp1251 with holes"),
    ],
)
def test_what_cannot_be_right_is_guessed_and_told(
    octets: bytes, charset: str | None, text: str, problem: str | None
) -> None:
    found, told = charsets.decode(octets, charset)
    assert found == text
    assert told is None if problem is None else problem in (told or "")


@pytest.mark.parametrize(
    ("octets", "charset"),
    [
        (b"\xef\xbb\xbfhi \xc3\xa4", "iso-8859-1"),
        (b"\xef\xbb\xbfhi \xc3\xa4", None),
        (b"\xff\xfe" + "hi ä".encode("utf-16-le"), "utf-8"),
        (b"\xfe\xff" + "hi ä".encode("utf-16-be"), "utf-16be"),
        ("\ufeffhi ä".encode("utf-32"), None),
        (b"+/v8-hi +AOQ-", "utf-7"),
    ],
)
def test_a_byte_order_mark_decides_and_is_not_text(octets: bytes, charset: str | None) -> None:
    assert charsets.decode(octets, charset) == ("hi ä", None)


def test_a_mark_that_lies_decides_nothing() -> None:
    assert charsets.decode(b"\xef\xbb\xbf\xff", "latin1") == ("ï»¿ÿ", None)


def test_utf7_cannot_smuggle_lone_surrogates() -> None:
    text, _ = charsets.decode(b"+2AA-x", "utf-7")
    assert text.encode() == "\ufffdx".encode()


def test_a_long_charset_name_is_told_short() -> None:
    _, problem = charsets.decode(b"\xff", "x" * 5000)
    assert problem is not None
    assert len(problem) < 100
