from pathlib import Path

import pytest

from mailtrap.config import OPTIONS, Option
from mailtrap.config.docs import document

PAGE = Path(__file__).parents[2] / "docs" / "configuration.md"


def test_the_page_in_the_tree_is_the_one_that_the_table_gives() -> None:
    assert PAGE.read_text("utf-8") == document(), "run: mailtrap config --docs"


@pytest.mark.parametrize("row", OPTIONS, ids=lambda row: row.name)
def test_every_option_is_on_the_page(row: Option) -> None:
    page = document()
    assert row.help in page
    assert f"`{row.name}`" in page or f"[[{row.name}]]" in page
    assert row.variable is None or f"`{row.variable}`" in page
    assert row.flag is None or f"`{row.flag}" in page


def test_every_row_of_every_table_has_as_many_cells_as_its_head() -> None:
    widths: set[int] = set()
    for line in document().splitlines():
        cells = line.replace("\\|", "").count("|")
        if line.startswith("|---"):
            widths = {cells}
        elif line.startswith("| `"):
            assert {cells} == widths, line
