"""Words that mark one-time codes, and numbers of another kind."""

import pytest

from mailtrap.mail.extract.labels import Kind, find_labels
from mailtrap.mail.extract.letters import clean, folded
from mailtrap.mail.extract.words import LANGUAGES, Words


def found(text: str) -> list[tuple[str, Kind]]:
    low = folded(clean(text))
    return [(low[one.start : one.end], one.kind) for one in find_labels(low, 0, len(low))]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Verification code", [("verification code", "otp")]),
        ("verification\ncode", [("verification\ncode", "otp")]),
        ("one-time  password", [("one-time  password", "otp")]),
        ("the code", [("code", "code")]),
        ("decoder, barcoded", []),
        ("promo code", [("promo code", "other")]),
        ("código de verificación", [("codigo de verificacion", "otp")]),
        ("CÓDIGO", [("codigo", "code")]),
        ("Bestätigungscode", [("bestatigungscode", "otp")]),
        ("Haustürcode", [("hausturcode", "code")]),
        ("doğrulama kodunuz", [("dogrulama kodunuz", "otp")]),
        ("код подтверждения", [("код подтверждения", "otp")]),
        ("ΚΩΔΙΚΟΣ", [("κωδικοσ", "code")]),
        ("您的验证码是", [("验证码", "otp")]),
        ("認証コード", [("認証コード", "otp")]),
        ("このコード", [("コード", "code")]),
        ("支店コード", [("支店コード", "other")]),
        ("部門コード", [("コード", "other")]),
        ("رمز التحقّق", [("رمز التحق\u0651ق", "otp")]),
        ("کد تأیید", [("کد تایید", "otp")]),
        ("रसीद कोड", [("कोड", "code")]),
        ("", []),
    ],
)
def test_phrases_are_found_and_the_longest_wins(text: str, labels: list[tuple[str, Kind]]) -> None:
    assert found(text) == labels


def test_only_the_part_that_is_asked_for_is_read() -> None:
    assert list(find_labels("code code code", 4, 10)) == list(find_labels("xxxx code xxxx", 0, 14))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_phrase_for_codes_is_found_as_one(lang: str) -> None:
    for phrase in LANGUAGES[lang].otp.split("|"):
        assert "otp" in {kind for _, kind in found(phrase.removesuffix("*"))}, phrase


@pytest.mark.parametrize("words", LANGUAGES.values(), ids=list(LANGUAGES))
def test_the_tables_have_no_empty_and_no_double_phrases(words: Words) -> None:
    for told in (words.otp, words.code, words.about, words.other):
        phrases = told.split("|")
        assert all(phrase.strip() == phrase and phrase for phrase in phrases)
        assert len(set(phrases)) == len(phrases)
