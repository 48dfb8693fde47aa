"""Every row of docs/search.md finds what it says, among the mails of mails.toml."""

import re
import tomllib
from pathlib import Path

import pytest

from mailtrap.search.document import Document
from mailtrap.search.language import parse
from mailtrap.search.matching import holds
from mailtrap.search.operators import FORMS, OPERATORS
from tests.search.made_up import HERE, NOW, documents

SEARCHES: dict[str, list[str]] = {
    row["query"]: row["finds"].split()
    for row in tomllib.loads((HERE / "searches.toml").read_text("utf-8"))["search"]
}
PAGE = Path(__file__).parents[2] / "docs" / "search.md"
ROW = re.compile(r"^\| .*?`` ?(.+?) ?`` \| (.+) \|$", re.MULTILINE)
"""A row of a table: whatever comes first, the example between double backticks, its meaning."""

ROWS = [(found[1].replace("\\|", "|"), found[2]) for found in ROW.finditer(PAGE.read_text("utf-8"))]


@pytest.fixture(scope="module")
def mails() -> dict[str, Document]:
    return documents()


@pytest.mark.parametrize("query", SEARCHES)
def test_a_search_finds_what_it_should(query: str, mails: dict[str, Document]) -> None:
    node = parse(query, now=NOW)
    assert [name for name, mail in mails.items() if holds(node, mail)] == SEARCHES[query]


@pytest.mark.parametrize("query", [example for example, _ in ROWS])
def test_every_row_of_the_page_is_tried_and_tells_mails_apart(
    query: str, mails: dict[str, Document]
) -> None:
    assert 0 < len(SEARCHES[query]) < len(mails)


def test_the_page_has_every_operator_and_form_as_the_table_tells_it() -> None:
    told = {(form.example, form.help) for form in FORMS}
    told |= {(row.example, row.help) for row in OPERATORS}
    told |= {(f"{row.name}:{word}", line) for row in OPERATORS for word, line in row.words}
    assert told <= set(ROWS)


def test_the_page_names_every_other_name() -> None:
    page = PAGE.read_text("utf-8")
    assert [name for row in OPERATORS for name in row.aliases if f"`{name}:`" not in page] == []


def test_no_name_is_given_twice() -> None:
    names = [name for row in OPERATORS for name in (row.name, *row.aliases)]
    assert len(names) == len(set(names))
