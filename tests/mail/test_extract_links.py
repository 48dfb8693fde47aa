"""Links of a mail, from its HTML, its text and its header."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailtrap.mail.extract.extract import extract
from mailtrap.mail.extract.links import links
from mailtrap.mail.extract.markup import MAX_LINKS
from mailtrap.mail.extract.records import Link
from mailtrap.mail.message import Mail
from mailtrap.mail.parse import parse


def of_html(html: str) -> tuple[Link, ...]:
    return links(parse(f"Content-Type: text/html; charset=utf-8\n\n{html}".encode()))


def of_text(text: str, kind: str = "text/plain; charset=utf-8") -> tuple[Link, ...]:
    return links(parse(f"Content-Type: {kind}\n\n{text}".encode()))


def hrefs(found: tuple[Link, ...]) -> list[str]:
    return [link.href for link in found]


def test_a_link_has_address_text_and_parameters() -> None:
    html = '<a href="https://x.test/c?token=a%2Fb&amp;n=1&amp;n=2">Confirm <b>now</b></a>'
    assert of_html(html) == (
        Link(
            href="https://x.test/c?token=a%2Fb&n=1&n=2",
            text="Confirm now",
            source="html",
            kind="link",
            query=(("token", "a/b"), ("n", "1"), ("n", "2")),
        ),
    )


@pytest.mark.parametrize(
    ("html", "href", "text"),
    [
        ("<a href=https://x.test/a>A</a>", "https://x.test/a", "A"),
        ("<A HREF='https://x.test/a'>A</A>", "https://x.test/a", "A"),
        ("<a href=' https://x.test/\n a\tb '>A</a>", "https://x.test/ ab", "A"),
        ("<base href='https://[x'><a href='//x.test/a'>A</a>", "https://x.test/a", "A"),
        ("<a href='//x.test/a'>A</a>", "https://x.test/a", "A"),
        ("<base href='https://x.test/app/'><a href='b?c=1'>A</a>", "https://x.test/app/b?c=1", "A"),
        ("<a href='https://x.test'><img alt='Logo' src='cid:1'></a>", "https://x.test", "Logo"),
        ("<a href='https://x.test'><table><tr><td>A</td></tr></table></a>", "https://x.test", "A"),
        ("<a href='https://x.test'>A", "https://x.test", "A"),
        ("<a href='https://x.test'>A\u2013B&nbsp;٤</a>", "https://x.test", "A\u2013B ٤"),
        ("<a href='https://x.test'><p>A</p><p>B</p></a>", "https://x.test", "A B"),
        ("<a href='https://x.test'>A<a href='#x'>B</a>", "https://x.test", "A"),
        ("<map><area href='https://x.test' alt='A'></map>", "https://x.test", "A"),
        ("<a href='myapp://open?x=1'>A</a>", "myapp://open?x=1", "A"),
        ("<a href='https://bücher.test/ä'>A</a>", "https://bücher.test/ä", "A"),
    ],
)
def test_a_link_in_html(html: str, href: str, text: str) -> None:
    assert [(link.href, link.text, link.kind) for link in of_html(html)] == [(href, text, "link")]


@pytest.mark.parametrize(
    "html",
    [
        "<a href='javascript:alert(1)'>A</a>",
        "<a href='JavaScript:alert(1)'>A</a>",
        "<a href='java\nscript:alert(1)'>A</a>",
        "<a href='data:text/html,x'>A</a>",
        "<a href='#top'>A</a>",
        "<a href=''>A</a>",
        "<a name='x'>A</a>",
        "<!-- <a href='https://x.test'>A</a> -->",
        "<script>'<a href=https://x.test>A</a>'</script>",
        "<img src='cid:1'>",
        "<img src='data:image/png;base64,AA'>",
        f"<a href='https://x.test/{'a' * 20_000}'>A</a>",
    ],
)
def test_what_nobody_can_follow_is_no_link(html: str) -> None:
    assert of_html(html) == ()


@pytest.mark.parametrize("href", ["mailto:a@x.test", "tel:+49301234", "/reset?token=1", "reset"])
def test_what_opens_no_page_is_told_apart(href: str) -> None:
    assert [(link.href, link.kind) for link in of_html(f"<a href='{href}'>A</a>")] == [
        (href, "other")
    ]


def test_images_are_told_apart() -> None:
    html = "<a href='https://x.test'><img src='https://cdn.test/p.png?u=1' alt='Shop'></a>"
    assert [(link.href, link.kind, link.text) for link in of_html(html)] == [
        ("https://cdn.test/p.png?u=1", "image", "Shop"),
        ("https://x.test", "link", "Shop"),
    ]


def test_links_stand_in_order_and_none_twice() -> None:
    html = (
        "<a href='https://x.test/b'>B</a><a href='https://x.test/a'><img src='cid:1'></a>"
        "<a href='https://x.test/b'>B</a><a href='https://x.test/a'>A</a>"
        "<a href='https://x.test/b'>Other words</a>"
    )
    assert [(link.href, link.text) for link in of_html(html)] == [
        ("https://x.test/b", "B"),
        ("https://x.test/a", "A"),
        ("https://x.test/b", "Other words"),
    ]


def test_links_are_bounded() -> None:
    html = "".join(f"<a href='https://x.test/{number}'>A</a>" for number in range(2 * MAX_LINKS))
    assert len(of_html(html)) == MAX_LINKS


def test_a_long_text_is_cut() -> None:
    (link,) = of_html(f"<a href='https://x.test'>{'word ' * 5_000}</a>")
    assert len(link.text) == 500


@pytest.mark.parametrize(
    ("url", "query"),
    [
        ("https://x.test/?a=&b", (("a", ""), ("b", ""))),
        ("https://x.test/#/reset?token=1", (("token", "1"),)),
        ("https://x.test/?a=1#/b?c=2", (("a", "1"), ("c", "2"))),
        ("https://[x/?a=1", ()),
        ("https://x.test/?" + "&".join(["a=1"] * 500), ()),
        ("https://x.test/?q=%C3%A4+%26", (("q", "ä &"),)),
    ],
)
def test_parameters_are_read(url: str, query: tuple[tuple[str, str], ...]) -> None:
    assert [link.query for link in of_html(f'<a href="{url}">A</a>')] == [query]


def test_list_unsubscribe_is_a_link_of_the_header() -> None:
    raw = (
        b"List-Unsubscribe: <mailto:out@x.test?subject=u>,\r\n <https://x.test/u?id=1>\r\n"
        b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n\r\nHello"
    )
    assert links(parse(raw)) == (
        Link("mailto:out@x.test?subject=u", "", "header", "unsubscribe", (("subject", "u"),)),
        Link("https://x.test/u?id=1", "", "header", "unsubscribe", (("id", "1"),), one_click=True),
    )


def test_without_the_field_for_it_one_click_is_not_promised() -> None:
    (link,) = links(parse(b"List-Unsubscribe: <https://x.test/u>\r\n\r\n"))
    assert link.one_click is False


def test_a_link_of_the_body_that_the_header_names_unsubscribes() -> None:
    raw = b"List-Unsubscribe: <https://x.test/u>\r\n\r\nhttps://x.test/u https://x.test/v"
    assert [(link.source, link.kind) for link in links(parse(raw))] == [
        ("text", "unsubscribe"),
        ("text", "link"),
        ("header", "unsubscribe"),
    ]


def test_html_comes_before_text() -> None:
    raw = (
        b"Content-Type: multipart/alternative; boundary=b\n\n--b\n\nhttps://x.test/t\n"
        b"--b\nContent-Type: text/html\n\n<a href=https://x.test/h>A</a>\n--b--\n"
    )
    found = links(parse(raw))
    assert [(link.source, link.href) for link in found] == [
        ("html", "https://x.test/h"),
        ("text", "https://x.test/t"),
    ]


def test_soft_line_breaks_are_undone() -> None:
    raw = (
        b"Content-Transfer-Encoding: quoted-printable\n\nGo to https://x.test/reset?tok=\nen=3D1&a="
        b"\n=3D2 now"
    )
    assert hrefs(links(parse(raw))) == ["https://x.test/reset?token=1&a=2"]


def test_lines_that_flow_without_blanks_are_joined() -> None:
    text = "https://x.test/long/ \npath and more"
    kind = "text/plain; format=flowed; delsp=yes"
    assert hrefs(of_text(text, kind)) == ["https://x.test/long/path"]
    assert hrefs(of_text(text)) == ["https://x.test/long/"]


def test_a_mail_without_links_has_none() -> None:
    assert links(parse(b"")) == ()
    assert extract(parse(b"")).links == ()


@given(st.text(alphabet="<>a ='\"/!-&;#x:htps[]().\n\\\ud800", max_size=80))
def test_whatever_is_written_is_read(text: str) -> None:
    read = parse(b"\n")
    whole = Mail(read.headers, read.summary, read.root, f"https://{text}", f"<a href={text}")
    for link in links(whole):
        assert link.href
        assert not link.href.lower().startswith("javascript:")
