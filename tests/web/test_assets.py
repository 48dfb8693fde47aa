"""What is shipped of the page: small, nothing dead, no style but the style sheets'."""

import re
from pathlib import Path
from urllib.parse import urljoin

from mailtrap.api.assets import CLIENT, INDEX, WHOLE, Assets
from mailtrap.api.comments import without_comments
from mailtrap.api.joining import joined

WEB = Path(__file__).parents[2] / "web"
ASSETS = Assets(WEB)
PAGE = sorted(name for name in ASSETS if not name.startswith(("vendor/", "client/")))
SHEETS = [name for name in PAGE if name.endswith(".css")]
SCRIPTS = [name for name in PAGE if name.endswith(".js")]

BUDGET = 150 * 1024
"""Octets of all that a browser is given that opens every view, as they are sent."""

COMMENTS = re.compile(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", re.DOTALL)
COMMENT = re.compile(r"/\*\*|^\s*(?:\*|//)")
LINKS = {
    ".html": re.compile(r'(?:href|src)="([^"]+)"'),
    ".css": re.compile(r'(?:@import\s+|url\()\s*["\']?([^"\')]+)'),
    ".js": re.compile(r'(?:\bfrom\s*|\bbase\()"(\.[^"]+|/vendor[^"]+)"'),
}
COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|light-dark)\("
    r"|\b(?:black|white|gr[ae]y|red|green|blue|orange|yellow|purple|silver)\b",
    re.IGNORECASE,
)
ROOT = re.compile(r"^\.([a-z][\w-]*)(?=[\s,{:])", re.MULTILINE)
STYLE = re.compile(r"(?<![.\w-])style\s*=\s*[\"'$]")
DECLARATION = re.compile(r"[\w-]+\s*:\s*([^;{}]+)[;}]")


def _text(name: str) -> str:
    return COMMENTS.sub("", (WEB / name).read_text())


def _links(name: str) -> set[str]:
    pattern = LINKS.get(Path(name).suffix)
    found = pattern.findall(_text(name)) if pattern else []
    return {urljoin(f"/{name}", link).lstrip("/") for link in found}


def _reached() -> set[str]:
    reached: set[str] = set()
    ahead = {"index.html"}
    while ahead:
        name = ahead.pop()
        reached.add(name)
        ahead |= {link for link in _links(name) if link in set(ASSETS)} - reached
    return reached


def _served(name: str) -> bytes:
    asset = ASSETS.get(name)
    assert asset is not None
    return asset.packed


def _sent() -> set[str]:
    """What browsers ask for: the document, what it names, and what those name outside of them."""
    inside = {part for name in WHOLE for part in joined(name, _bare)[1]}
    return {INDEX, *WHOLE} | (_reached() - inside)


def _bare(name: str) -> bytes:
    return without_comments(name, (WEB / name).read_bytes())


def test_all_that_is_sent_is_small() -> None:
    assert len(_sent()) == 5
    assert sum(len(_served(name)) for name in _sent()) <= BUDGET


def test_what_is_served_is_the_file_line_for_line_without_comments() -> None:
    for name in SCRIPTS:
        lines, served = (WEB / name).read_text().split("\n"), _bare(name).decode().split("\n")
        assert len(served) == len(lines), name
        changed = {one for one, other in zip(lines, served, strict=True) if one != other}
        assert {line for line in changed if not COMMENT.search(line)} == set(), name


def test_every_file_is_reached_from_the_page() -> None:
    dead = {
        name
        for name in set(ASSETS) - _reached() - set(CLIENT.values())
        if _text(name).strip() != "export {};"  # types alone, which only comments name
    }
    assert dead == set()


def test_every_link_leads_to_a_file() -> None:
    files = set(ASSETS)
    lost = {
        (name, link)
        for name in ASSETS
        for link in _links(name)
        if link not in files and not link.startswith("api/") and not link.endswith(".mjs")
    }
    assert lost == set()


def test_no_file_has_more_than_four_hundred_lines() -> None:
    lines = {name: len((WEB / name).read_text().splitlines()) for name in PAGE}
    assert {name: count for name, count in lines.items() if count > 400} == {}


def test_no_template_writes_a_style_attribute() -> None:
    """The page's own policy would refuse it; ``.style=${…}`` is what works."""
    assert [name for name in SCRIPTS if STYLE.search(_text(name))] == []


def test_colours_come_from_the_tokens() -> None:
    found = {
        (name, value.strip())
        for name in SHEETS
        if name != "css/tokens.css"
        for value in DECLARATION.findall(_text(name))
        if COLOUR.search(value)
    }
    assert found == set()


def test_a_class_is_begun_in_one_sheet() -> None:
    """A name that two views take for different things dresses each as the other."""
    begun: dict[str, set[str]] = {}
    for name in SHEETS:
        for found in ROOT.findall(_text(name)):
            begun.setdefault(found, set()).add(name)
    shared = {found for found, names in begun.items() if len(names) > 1}
    assert shared == {"hint", "page", "shell", "tab-body"}, "the frame's own names may be shared"


def test_every_token_that_is_used_is_set() -> None:
    sheets = "".join(_text(name) for name in SHEETS)
    code = "".join(_text(name) for name in SCRIPTS)
    set_ = set(re.findall(r"(--[\w-]+)\s*:", sheets)) | set(
        re.findall(r"(?:setProperty\(\s*|\.style=\$\{)[\"'`](--[\w-]+)", code)
    )
    assert set(re.findall(r"var\((--[\w-]+)\)", sheets)) - set_ == set()
