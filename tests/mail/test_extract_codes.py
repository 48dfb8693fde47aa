"""One-time codes: where they may stand, what is none, how they are told."""
# ruff: noqa: RUF001 - characters that look like others are what is tested

from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailtrap.mail.extract.codes import MAX_CODES, codes
from mailtrap.mail.extract.records import Code
from mailtrap.mail.message import Mail
from mailtrap.mail.parse import parse


def mail(text: str | None = None, *, subject: str = "", html: str | None = None) -> Mail:
    message = EmailMessage()
    message["Subject"] = subject
    if text is not None:
        message.set_content(text)
    if html is not None and text is not None:
        message.add_alternative(html, subtype="html")
    elif html is not None:
        message.set_content(html, subtype="html")
    return parse(message.as_bytes())


def values(found: tuple[Code, ...]) -> list[str]:
    return [code.value for code in found]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Your code is 482913", "482913"),
        ("Code: 482913", "482913"),
        ("482913 is your code.", "482913"),
        ("Your verification code:\n\n482913\n", "482913"),
        ("Your verification code:\n\n   482 913   \n", "482913"),
        ("Your verification code: 482-913", "482913"),
        ("Your verification code: 4 8 2 9 1 3", "482913"),
        ("Your verification code:\n4\n8\n2\n9\n1\n3\n", "482913"),
        ("Your verification code: ４８２９１３", "482913"),
        ("رمز التحقق: ٤٨٢٩١٣", "482913"),
        ("Your verification code: **482913**", "482913"),
        ("Your verification code:\n> 482913\n", "482913"),
        ("Your PIN is 4829", "4829"),
        ("Verification code: 4829137705", "4829137705"),
        ("Verification code: K7QX9P", "K7QX9P"),
        ("Verification code: AB12-CD34", "AB12-CD34"),
        ("Verification code: G-482913", "G-482913"),
        ("Your verification\ncode is 482913", "482913"),
        ("YOUR VERIFICATION CODE: 482913", "482913"),
        ("Ihr Bestätigungscode lautet 482913.", "482913"),
        ("ΚΩΔΙΚΟΣ ΕΠΑΛΗΘΕΥΣΗΣ: 482913", "482913"),
        ("Votre code d\u2019accès : 482913", "482913"),
        ("您的验证码是482913\uff0c5分钟内有效", "482913"),
        ("Verification code: 48\u200b29\u200b13", "482913"),
    ],
)
def test_a_code_is_found(text: str, value: str) -> None:
    assert values(codes(mail(text))) == [value]


@pytest.mark.parametrize(
    "text",
    [
        "482913",
        "Order 482913",
        "Your order number is 482913. We will never ask for your verification code.",
        "Use code SAVE20 at checkout",
        "Promo code: 482913",
        "Zip code: 94107",
        "Error code: 50012",
        "Verification code: see below\n\n(c) 2026 Acme",
        "Your verification code costs $4829",
        "Your verification code costs 4829 EUR",
        "Your verification code: +4829137705",
        "Your verification code is at https://x.test/482913",
        "Your verification code was sent to user482913@x.test",
        "Your verification code of 24.11.2026 has expired",
        "Your verification code expires at 14:30",
        "Verification codes are used by 4829%",
        "Verification code: 1.482.913",
        "Verification code: 4829-1377-0448-2913",
        "Verification code for the card ending in 4829",
        "Verification code for the card ****4829",
        "Verification code: 123",
        "Verification code: 12345678901",
        "Verification code: 123e4567-e89b-12d3-a456-426614174000",
        "Verification code: CONFIRM",
    ],
)
def test_another_number_is_no_code(text: str) -> None:
    assert codes(mail(text)) == ()


@pytest.mark.parametrize(
    "html",
    [
        "<p>Your code</p><h1>482913</h1>",
        "<p>Your code</p><p style='font-size:32px'>482 913</p>",
        "<p>Your code</p><p>4<b>8</b>2913</p>",
        "Your code<table><td>4</td><td>8</td><td>2</td><td>9</td><td>1</td><td>3</td></table>",
        "<p>Your code</p><div>4</div><div>8</div><div>2</div><div>9</div><div>1</div><div>3</div>",
        "<table><tr><td>Code</td><td>482913</td></tr></table>",
        "<p>Your code:&nbsp;<code>482913</code></p>",
        "<p>Your code&#58; &#52;82913</p>",
    ],
)
def test_a_code_is_found_in_html(html: str) -> None:
    (found,) = codes(mail(html=html))
    assert (found.value, found.source) == ("482913", "html")


@pytest.mark.parametrize(
    "html",
    [
        "<style>.code{color:#482913}</style><p>Your code</p>",
        "<title>Your code 482913</title><p>Hello</p>",
        "<!-- code: 482913 --><p>Hello</p>",
        "<p>Your code</p><script>var code = 482913</script>",
        "<p>Your code</p><a href='https://x.test/482913'>here</a>",
        "<table><tr><td>Your code comes by mail<tr><td>Staff</td><td>482913</td></tr></table>",
    ],
)
def test_what_a_reader_does_not_see_as_a_code_is_none(html: str) -> None:
    assert codes(mail(html=html)) == ()


def test_the_best_comes_first() -> None:
    found = codes(mail("Enter the code 7712 or sign in.\n\nYour verification code is\n\n482913\n"))
    assert values(found)[0] == "482913"
    assert [code.score for code in found] == sorted((c.score for c in found), reverse=True)


def test_one_code_in_subject_text_and_html_comes_once() -> None:
    subject = "482913 is your login code"
    found = codes(mail("Login code: 482 913", subject=subject, html="<p>Login code: 482913</p>"))
    assert values(found) == ["482913"]
    assert any(reason.startswith("also in the ") for reason in found[0].reasons)


def test_of_one_code_twice_in_a_text_the_likelier_place_is_told() -> None:
    (found,) = codes(mail("Enter the code 482913 below.\n\nVerification code:\n\n482913\n"))
    assert found.line == "482913"
    assert not any(reason.startswith("also") for reason in found.reasons)


def test_a_code_in_several_places_is_likelier() -> None:
    once = codes(mail("Login code: 482913"))[0]
    twice = codes(mail("Login code: 482913", subject="Login code 482913"))[0]
    assert twice.score > once.score


def test_a_code_is_found_in_the_subject_alone() -> None:
    (found,) = codes(mail("Hello", subject="482913 is your login code"))
    assert (found.value, found.source, found.line) == (
        "482913",
        "subject",
        "482913 is your login code",
    )


def test_the_line_around_is_told_as_written() -> None:
    (found,) = codes(mail("Hi!\nYour Verification  code is ４８２９１３.\nBye\n"))
    assert found.line == "Your Verification code is 482913."


def test_a_long_line_is_told_in_part() -> None:
    (found,) = codes(mail("x " * 400 + "verification code: 482913 " + "y " * 400))
    assert len(found.line) < 200
    assert "482913" in found.line


def test_reasons_say_why() -> None:
    (found,) = codes(mail("To log in, use this 6-digit verification code:\n\n482913\n"))
    assert found.reasons == (
        "in a line below words that only mean one-time codes",
        "6 digits",
        "alone in its line or cell",
        "words about signing in or confirming near it",
        "a code of 6 is announced",
    )
    assert 0.9 < found.score <= 1


def test_recovery_codes_are_all_found() -> None:
    given = [f"{number:08d}" for number in range(11_223_344, 11_223_356)]
    text = "Your recovery codes:\n\n" + "".join(f"{code[:4]}-{code[4:]}\n" for code in given)
    assert sorted(values(codes(mail(text)))) == given


def test_no_more_than_twenty_are_told() -> None:
    text = "".join(f"Verification code: {number}\n" for number in range(100_001, 100_060))
    assert len(codes(mail(text))) == MAX_CODES


def test_a_text_is_looked_at_in_part() -> None:
    late = "\n" * 8 + "word " * 20_000 + "\nVerification code: 482913\n"
    assert codes(mail(late)) == ()


def test_a_mail_without_a_body_has_no_codes() -> None:
    assert codes(parse(b"")) == ()
    assert codes(parse(b"Subject: code 482913 x")) == codes(mail(subject="code 482913 x"))


WORDS = st.sampled_from(
    ["code", "Your verification code", "482913", "4 8 2 9", "K7QX9P", "is", ":", "\n", "\t", "<td>",
     "</td>", "<b>", "</b>", "order", "%", "https://x.test/1", "a@b.test", "コード", "験", "٤٨٢٩١٣",
     "<a href=", "'", '"', ">", "<!--", "-->", "&#x110000;", "\ud800", "\x00", "İ", "ŉ", "ﬃ"]
)  # fmt: skip


@given(st.lists(WORDS | st.text(max_size=3), max_size=30).map(" ".join))
def test_whatever_is_written_is_read(text: str) -> None:
    read = parse(b"Subject: code\n\n")
    whole = Mail(read.headers, read.summary, read.root, text, text, read.parts)
    for code in codes(whole):
        assert 0.5 <= code.score <= 1
        assert code.value.replace("-", "").isascii()
        assert code.value.replace("-", "").isalnum()
        assert code.line
