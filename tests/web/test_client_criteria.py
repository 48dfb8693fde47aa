import re
from pathlib import Path

from mailtrap.search.criteria import CRITERIA

HELPER = Path(__file__).parents[2] / "web" / "client" / "mailtrap.js"


def test_the_criteria_of_the_javascript_helper_are_the_servers() -> None:
    listed = re.search(r"const CRITERIA = \[(.*?)\]", HELPER.read_text(), re.DOTALL)
    assert listed is not None
    assert re.findall(r'"(\w+)"', listed[1]) == list(CRITERIA)
