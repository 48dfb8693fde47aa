from bench.ratios import cheaper, ratio, rows
from bench.receiving import Sent


def sent(target: str, rate: float, cpu: float | None = 1.0) -> Sent:
    return Sent("case", target, 100, rate, cpu, cpu, 1_000.0)


def test_a_ratio_is_the_median_of_those_of_the_rounds() -> None:
    some = [
        sent("a", 10),
        sent("b", 20),
        sent("b", 10),
        sent("a", 10),
        sent("a", 30),
        sent("b", 10),
    ]
    assert ratio(some, "case", "a", "b") == 1.0


def test_there_is_no_ratio_to_what_was_not_measured() -> None:
    assert ratio([sent("a", 10)], "case", "a", "b") is None
    assert cheaper([sent("a", 10), sent("b", 10, None)], "case", "a", "b") is None


def test_cheaper_is_told_for_each_message() -> None:
    assert cheaper([sent("a", 10, 0.5), sent("b", 10, 2.0)], "case", "a", "b") == 4.0


def test_a_row_has_the_medians_and_the_spread() -> None:
    (row,) = rows([sent("a", 10, 0.1), sent("a", 20, 0.2), sent("a", 40, 0.3)])
    assert (row.rounds, row.rate, row.spread) == (3, 20, 4)
    assert (row.cpu, row.memory) == (2.0, 10.0)
