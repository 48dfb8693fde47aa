"""HTML as a reader sees it."""

import time

import pytest

from mailtrap.mail.extract.markup import LIMIT, read_html


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a  b\n c</p>", "a b c\n"),
        ("<p>a</p><p>b</p>", "a\nb\n"),
        ("a<br>b", "a\nb"),
        ("<b>a</b><i>b</i>", "ab"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a\tb\nc\n"),
        ("<td><p>a</p></td> <td><p>b</p></td>", "a\nb\n"),
        ("a<style>b</style>c<script>d</script>e<title>f</title>", "ace"),
        ("a<!-- b -->c", "ac"),
        ("a<!doctype html>b", "ab"),
        ("&lt;a&gt;&nbsp;&amp;", "<a> &"),
        ("a<style>b", "a"),
        ("a<!-- b", "a"),
        ("a < b", "a < b"),
        ("&#99999999999999999999;", "\ufffd"),
        (f"&#{'9' * 5_000};", f"&#{'9' * 5_000};"),
    ],
)
def test_text_is_read_line_by_line(html: str, text: str) -> None:
    assert read_html(html).text == text


@pytest.mark.parametrize(
    "html",
    [
        "a <b>code</b> z",
        "a <strong>code</strong> z",
        "a <h1>code</h1> z",
        "a <code>code</code> z",
        "a <font size=5>code</font> z",
        "a <span style='font-size:24px'>code</span> z",
        "a <span style='font-size: 2em'>code</span> z",
        "a <span style='letter-spacing:4px'>code</span> z",
        "a <span style='letter-spacing:.3em'>code</span> z",
        "a <span style='font-weight:700'>code</span> z",
        "a <span style='font-family:Menlo,monospace'>code</span> z",
        "a <td style='font-size:24px'><p>code</p></td> z",
        "a <b>co<i>de</i></b> z",
    ],
)
def test_what_is_set_off_is_marked(html: str) -> None:
    page = read_html(html)
    assert "".join(page.text[start:end] for start, end in page.marked).strip() == "code"


@pytest.mark.parametrize("style", ["font-size:14px", "letter-spacing:0", "font-weight:400"])
def test_what_is_as_the_rest_is_not_marked(style: str) -> None:
    assert read_html(f"a <span style='{style}'>code</span>").marked == ()


def test_an_end_without_a_beginning_ends_nothing() -> None:
    page = read_html("<b>a</i>b</b>c")
    assert [page.text[start:end] for start, end in page.marked] == ["ab"]


def test_a_long_document_is_read_in_part() -> None:
    assert len(read_html("<p>" + "a" * 2 * LIMIT).text) <= LIMIT


@pytest.mark.parametrize(
    "html",
    [
        "<a " * 90_000,
        "<!--" * 70_000,
        "<a x=" * 50_000,
        "<a " + "x" * 250_000,
        "<a x" + " " * 250_000,
        "<div>" * 50_000,
        "<div>" * 120 + "</p>" * 60_000,
        "<style>" * 30_000,
        "&#9999999999;" * 20_000,
        "<td style='" + "font-size:" * 25_000 + "'>",
    ],
    ids=lambda html: html[:8],
)
def test_hostile_html_costs_no_more(html: str) -> None:
    begin = time.process_time()
    read_html(html)
    assert time.process_time() - begin < 2
