"""What has the form of a code, and numbers that are none by what stands at them."""

import time

import pytest

from mailtrap.mail.extract.numbers import is_other, is_year
from mailtrap.mail.extract.shapes import MAX_CANDIDATES, candidates, without_addresses


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("482913", ["482913"]),
        ("482 913", ["482913"]),
        ("48-29-13", ["482913"]),
        ("4829 1377", ["48291377"]),
        ("402-771-938", ["402771938"]),
        ("4 8 2 9 1 3", ["482913"]),
        ("4\t8\t2\t9", ["4829"]),
        ("4 · 8 · 2 · 9", ["4829"]),
        ("A 8 2 9", ["A829"]),
        ("K7QX9P", ["K7QX9P"]),
        ("k7qx9p", ["k7qx9p"]),
        ("AB12-CD34", ["AB12-CD34"]),
        ("G-482913", ["G-482913"]),
        ("WDJB-MJHT", ["WDJB-MJHT"]),
        ("QX7 K2M", ["QX7K2M"]),
        ("码482913是", ["482913"]),
        ("123", []),
        ("12345678901", []),
        ("24-11-2026", []),
        ("555-1234", []),
        ("06 12 34 56 78", []),
        ("1234-5678-9012-3456", []),
        ("word A4 B2B MP3", []),
        ("CONFIRM NOW", []),
        ("BS1 6QH, K1A 0B1", []),
        ("INV-2026-001 ORD-48291", []),
        ("1200x600 10th 500ms 24Nov2026", []),
        ("XXXXXX4417", []),
        ("iphone15", []),
        ("123e4567-e89b-12d3-a456-426614174000", []),
    ],
)
def test_candidates(text: str, values: list[str]) -> None:
    assert [one.value for one in candidates(text)] == values


def test_a_candidate_has_its_place() -> None:
    text = "the code 482 913."
    (one,) = candidates(text)
    assert text[one.start : one.end] == "482 913"
    assert (one.shape, one.boxed) == ("digits", False)


def test_boxes_are_told() -> None:
    assert [one.boxed for one in candidates("4 8 2 9 1 3")] == [True]


def test_candidates_are_bounded() -> None:
    assert len(list(candidates("482913, " * 1_000))) == MAX_CANDIDATES


@pytest.mark.parametrize(
    "text",
    [
        "$4829",
        "4829 EUR",
        "EUR 4829",
        "4829%",
        "+4829137705",
        "#482913",
        "1.482913",
        "482913,50",
        "20:4829",
        "/4829",
        "4829/20",
        "No. 4829",
        "4829 kg",
        "4829 users",
        "4829元",
        "..4829",
        "****4829",
        "(020) 4829",
        "© Acme 2026",
        "v.4829",
        "file4829.pdf",
        "4829 \u0440\u0443\u0431",
        "a=4829",
    ],
)
def test_a_number_is_of_another_kind_by_what_stands_at_it(text: str) -> None:
    assert all(is_other(text, one) for one in candidates(text))


@pytest.mark.parametrize("text", ["4829", "(4829)", "4829.", "**4829**", "code=  4829", "4829 để"])
def test_a_number_may_stand_between_punctuation(text: str) -> None:
    (one,) = candidates(text)
    assert not is_other(text, one)


@pytest.mark.parametrize(("text", "year"), [("2026", True), ("1999", True), ("4829", False)])
def test_years(text: str, *, year: bool) -> None:
    (one,) = candidates(text)
    assert is_year(one) is year


def test_addresses_are_blotted_out_in_place() -> None:
    text = "a https://x.test/482913 b ann482913@x.test c"
    readable = without_addresses(text)
    assert len(readable) == len(text)
    assert list(candidates(readable)) == []
    assert readable.replace("\ufffc", "").split() == ["a", "b", "c"]


@pytest.mark.parametrize(
    "text",
    [
        "1" * 70_000,
        "1 " * 35_000,
        "12 " * 20_000,
        "A-" * 30_000,
        "AB1-" * 20_000,
        "A" * 70_000,
        "a@" * 30_000,
        "Q1 " * 20_000,
        "https://" * 8_000,
        "\n " * 35_000,
    ],
    ids=lambda text: text[:6],
)
def test_hostile_text_costs_no_more(text: str) -> None:
    begin = time.process_time()
    list(candidates(without_addresses(text)))
    assert time.process_time() - begin < 1
