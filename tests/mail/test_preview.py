"""cid references are pointed to parts, remote content is listed, the rest stays as sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailtrap.mail.preview import MAX_REMOTE, prepare


def part_url(content_id: str) -> str | None:
    return {"a@b": "/p/1", "odd": '/p?a=1&b="2"\'(3)'}.get(content_id)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<img src="cid:a@b">', '<img src="/p/1">'),
        ("<img src='cid:a@b'>", '<img src="/p/1">'),
        ("<img src=cid:a@b>", '<img src="/p/1">'),
        ("<img src=cid:a@b alt=x/>", '<img src="/p/1" alt=x/>'),
        ("<IMG SRC = 'CID:a@b' >", '<IMG SRC = "/p/1" >'),
        ('<img src=" cid:a@b ">', '<img src="/p/1">'),
        ('<img src="cid:a%40b">', '<img src="/p/1">'),
        ('<img src="&#99;id&colon;a&#64;b">', '<img src="/p/1">'),
        ('<img src="cid:odd">', '<img src="/p?a=1&amp;b=&quot;2&quot;&#x27;(3)">'),
        ('<a href="cid:a@b">', '<a href="/p/1">'),
        ('<td background="cid:a@b">', '<td background="/p/1">'),
        ('<video poster="cid:a@b">', '<video poster="/p/1">'),
        ('<object data="cid:a@b">', '<object data="/p/1">'),
        ('<image xlink:href="cid:a@b"/>', '<image xlink:href="/p/1"/>'),
        ('<img srcset="cid:a@b 1x, x.png 2x">', '<img srcset="/p/1 1x, x.png 2x">'),
        ('<img srcset="cid:a@b, cid:a@b">', '<img srcset="/p/1, /p/1">'),
        ('<p style="background: url(cid:a@b)">', '<p style="background: url(/p/1)">'),
        ("<p style='a:url( \"cid:a@b\" )'>", '<p style="a:url( &quot;/p/1&quot; )">'),
        ('<p style="a:url(&quot;cid:a@b&quot;)">', '<p style="a:url(&quot;/p/1&quot;)">'),
        ("<style>p{a:URL('cid:a@b')}</style>", "<style>p{a:URL('/p/1')}</style>"),
        ("<style>a{b:url(cid:odd)}", "<style>a{b:url(/p?a=1&b=%222%22%27%283%29)}"),
        ("<style>@import 'cid:a@b'</STYLE >", "<style>@import '/p/1'</STYLE >"),
        ("<div a b=c><img\nsrc=cid:a@b\n>", '<div a b=c><img\nsrc="/p/1"\n>'),
        ('<img alt=">" src="cid:a@b">', '<img alt=">" src="/p/1">'),
        ("<!-- x --><img src=cid:a@b>", '<!-- x --><img src="/p/1">'),
        ("<!--><img src=cid:a@b>", '<!--><img src="/p/1">'),
        (
            "<script>'</scripty'</script><img src=cid:a@b>",
            "<script>'</scripty'</script><img src=\"/p/1\">",
        ),
        ("a < b <img src=cid:a@b>", 'a < b <img src="/p/1">'),
        ('<img =x src="cid:a@b">', '<img =x src="/p/1">'),
    ],
)
def test_a_reference_points_to_its_part(html: str, expected: str) -> None:
    assert prepare(html, part_url).html == expected


@pytest.mark.parametrize(
    "html",
    [
        "",
        "plain text with cid:a@b and src=cid:a@b",
        '<img src="cid:unknown">',
        '<p title="cid:a@b" alt=cid:a@b>',
        "<!-- <img src=cid:a@b> -->",
        "<!-- never closed <img src=cid:a@b>",
        "<script>x = '<img src=cid:a@b>'</script>",
        "<textarea><img src=cid:a@b></textarea>",
        "<title>never closed <img src=cid:a@b>",
        '<img src="never closed cid:a@b>',
        "<img src=",
        "<img",
        "<",
        "<p STYLE='color:red &amp; url(x)'>Ünï &nbsp; \x00</P  >",
        '<p style="a:url(never closed">',
        "<style>@import url(x); p{}</style>",
        '<img srcset=" , ,">',
    ],
)
def test_everything_else_stays_as_sent(html: str) -> None:
    assert prepare(html, part_url).html == html


@pytest.mark.parametrize(
    ("html", "remote"),
    [
        ('<img src="https://x/a">', ["https://x/a"]),
        ("<img src=HTTP://x/a?b&amp;c>", ["HTTP://x/a?b&c"]),
        ('<img src="//x/a">', ["//x/a"]),
        ("<script src=https://x/a></script>", ["https://x/a"]),
        ("<iframe src=https://x/a></iframe>", ["https://x/a"]),
        ('<link href="https://x/a.css">', ["https://x/a.css"]),
        ('<body background="https://x/a">', ["https://x/a"]),
        ('<video poster="https://x/a" src="https://x/b">', ["https://x/a", "https://x/b"]),
        ('<img srcset="https://x/a 1x, https://x/b,c 2x">', ["https://x/a", "https://x/b,c"]),
        ('<p style="a:url(https://x/a)">', ["https://x/a"]),
        ("<style>@import 'https://x/a'; @import url(//x/b);</style>", ["https://x/a", "//x/b"]),
        ("<style>a{b:url(https://x/a) url('https://x/b')}</style>", ["https://x/a", "https://x/b"]),
        ("<img src=https://x/a><img src=https://x/a>", ["https://x/a"]),
        ('<a href="https://x/a">', []),
        ("<img src=a.png><img src=data:image/png;base64,//aa><img src=cid:a@b>", []),
        ("https://x/a", []),
        ("<!-- <img src=https://x/a> -->", []),
    ],
)
def test_remote_content_is_listed(html: str, remote: list[str]) -> None:
    found = prepare(html, part_url)
    assert list(found.remote) == remote


def test_remote_content_that_may_load_is_not_listed() -> None:
    html = "<img src=https://x/a><img src=cid:a@b>"
    found = prepare(html, part_url, remote=True)
    assert found.remote == ()
    assert found.html == '<img src=https://x/a><img src="/p/1">'


def test_the_list_is_bounded() -> None:
    html = "".join(f"<img src=https://x/{n}>" for n in range(MAX_REMOTE + 10))
    assert len(prepare(html, part_url).remote) == MAX_REMOTE


@given(st.text(alphabet=st.characters()))
def test_any_text_is_survived(html: str) -> None:
    assert prepare(html, lambda _: None).html == html


MARKUP = (
    *("<img ", "<p", "<style>", "</style>", "<!--", "-->", "src=", "style=", "srcset=", '"', "'"),
    *(">", "/", " ", "cid:x", "url(", ")", "https://y", "&#99;", ",", "=", "@import "),
)


@given(st.lists(st.sampled_from(MARKUP), max_size=25))
def test_any_mixture_of_markup_without_parts_stays_as_sent(pieces: list[str]) -> None:
    html = "".join(pieces)
    assert prepare(html, lambda _: None).html == html
