import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailtrap.api.files import disposition, file_response, image_response
from mailtrap.mail.message import Part


def a_part(
    content_type: str = "text/plain", filename: str | None = None, charset: str | None = None
) -> Part:
    return Part("2", content_type, charset, "7bit", "", filename, None, 0, 0, 0)


@pytest.mark.parametrize(
    "kind", ["image/png", "image/jpeg", "image/gif", "image/webp", "image/jpg"]
)
def test_an_image_may_be_shown(kind: str) -> None:
    response = file_response(a_part(kind), b"")
    assert response.headers["Content-Disposition"].startswith("inline;")


SAVED = ("text/html", "image/svg+xml", "application/pdf", "text/xml", "application/xhtml+xml")
ODD = ("application/octet-stream", "IMAGE/PNG; x", "image/png\r\nX: y", "", "nonsense", "a/b/c")


@pytest.mark.parametrize("kind", [*SAVED, *ODD])
def test_all_else_is_saved(kind: str) -> None:
    response = file_response(a_part(kind), b"")
    assert response.headers["Content-Disposition"].startswith("attachment;")
    assert re.match(r"^[\w.+-]+/[\w.+-]+$", response.headers["Content-Type"])


HOSTILE = ["../../etc/passwd", 'a"b.txt', "a\r\nSet-Cookie: x=y", "x\x00y", "..", "", "ü\ud800.txt"]


@pytest.mark.parametrize("name", [*HOSTILE, "C:\\evil.exe", "con", "a" * 5000, "名前.pdf", None])
def test_a_hostile_filename_becomes_a_harmless_header(name: str | None) -> None:
    header = file_response(a_part(filename=name), b"").headers["Content-Disposition"]
    match = re.fullmatch(
        r'attachment; filename="([ !#-\[\]-~]+)"; filename\*=UTF-8\'\'([\w!#$&+.^`|~%-]+)', header
    )
    assert match
    assert "/" not in match[1]
    assert "%2F" not in match[2]
    assert len(header) < 1500


@given(st.text())
def test_any_filename_gives_a_plain_header(name: str) -> None:
    header = disposition("attachment", name)
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2


def test_a_name_is_told_in_plain_and_extended_form() -> None:
    assert disposition("attachment", "ä b.txt") == (
        "attachment; filename=\"_ b.txt\"; filename*=UTF-8''%C3%A4%20b.txt"
    )


def test_a_nameless_part_is_named_by_its_number() -> None:
    header = file_response(a_part(), b"").headers["Content-Disposition"]
    assert 'filename="part-2"' in header


@pytest.mark.parametrize("charset", ["x\r\ny", "a b", "ü", '"', ""])
def test_a_charset_that_is_none_is_left_out(charset: str) -> None:
    response = file_response(a_part(charset=charset), b"")
    assert response.headers["Content-Type"] == "text/plain"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\nx", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a", "image/gif"),
        (b"RIFF0000WEBPVP8", "image/webp"),
        (b"<svg onload=x>", "application/octet-stream"),
        (b"", "application/octet-stream"),
    ],
)
def test_an_unnamed_image_is_known_by_its_first_octets(data: bytes, kind: str) -> None:
    response = image_response(a_part("application/octet-stream"), data)
    assert response.headers["Content-Type"] == kind


def test_an_image_keeps_the_type_it_declares() -> None:
    response = image_response(a_part("image/gif"), b"\x89PNG\r\n\x1a\n")
    assert response.headers["Content-Type"] == "image/gif"


def test_a_common_misspelling_is_a_jpeg() -> None:
    response = file_response(a_part("image/jpg"), b"")
    assert response.headers["Content-Type"] == "image/jpeg"
