import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailtrap.search.fold import fold
from mailtrap.search.reading import SOURCE_LIMIT, paragraphs, readable


def read(html: str) -> list[str]:
    return [line for one in readable(html) if (line := fold(one))]


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p>One <b>bo</b>ld</p><p>Two</p>", ["one bold", "two"]),
        ("a<br>b<br/>c", ["a b c"]), ("<td>a</td><td>b</td>", ["a b"]),
        ("<style>p{}</style><script>if (a<b) {}</script>text", ["text"]),
        ("<script>never closed", []), ("<!-- a > b -->c", ["c"]), ("<!-- never closed", []),
        ("<!DOCTYPE html><title>t</title>b", ["b"]),
        ("caf&eacute; &lt;b&gt; &#65;", ["café <b> a"]),
        ('<img alt="Our &amp; logo" src=x>', ["our & logo"]), ("<img src=x alt=logo>", ["logo"]),
        ('<a title="a > b" href=x>c</a>', ["c"]), ("1 < 2 > 0", ["1 < 2 > 0"]), ("<", ["<"]),
        ("a\nb", ["a b"]), ("<p\n>x", ["x"]), ("&#" + "9" * 5000 + ";", None),
        ("re&shy;set", ["reset"]),
        ("<noscript>n</noscript >x", ["x"]), ("<a", []), ("<div>a<div>b</div>c</div>", ["a", "b",
        "c"]),
    ],
)  # fmt: skip
def test_html_is_read_as_a_person_would(html: str, lines: list[str] | None) -> None:
    assert lines is None or read(html) == lines


def test_a_paragraph_ends_at_an_empty_line() -> None:
    assert paragraphs("a\nb\n\nc\r\n \r\n\n\td\n") == ["a\nb", "c", "d\n"]


@pytest.mark.parametrize(
    "piece",
    ["<", "<a ", "<!--", '<a "', "<a '\"", "</", "<script>", "<style", "<img alt=", "&", "&#x",
    "\n \n",
     "<!--->", "<a x=\"'>"],
)  # fmt: skip
def test_hostile_markup_takes_no_time(piece: str) -> None:
    begin = time.process_time()
    readable(piece * (SOURCE_LIMIT // len(piece)))
    paragraphs(piece * 100_000)
    assert time.process_time() - begin < 3


@given(st.text(st.sampled_from("<>/!-ab \"'=&#;\n"), max_size=60) | st.text(st.characters()))
def test_any_html_is_read(html: str) -> None:
    assert all("\n" not in line for line in readable(html))
    paragraphs(html)
