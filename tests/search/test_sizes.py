import pytest

from mailtrap.search.errors import UnusableError
from mailtrap.search.sizes import larger, read_size, sized, smaller
from mailtrap.search.tree import Size


@pytest.mark.parametrize(
    ("text", "octets"),
    [
        ("0", 0), ("500", 500), ("500b", 500), ("10K", 10240), ("10kb", 10240), ("1.5M", 1572864),
        ("2MB", 2097152), ("1GiB", 1073741824), (" 1k ", 1024), ("9" * 15 + "g", 2**53),
    ],
)  # fmt: skip
def test_a_size_counts_in_powers_of_1024(text: str, octets: int) -> None:
    assert read_size(text) == octets


@pytest.mark.parametrize("text", ["", "K", "-1", "1,5M", "1T", "ten"])
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(UnusableError, match="no size"):
        read_size(text)


@pytest.mark.parametrize(
    ("node", "size"),
    [
        (larger("1K"), Size(least=1025)), (smaller("1K"), Size(most=1023)),
        (sized("1K"), Size(least=1024)), (sized(">1K"), Size(least=1025)),
        (sized(">=1K"), Size(least=1024)), (sized("<1K"), Size(most=1023)),
        (sized("<=1K"), Size(most=1024)), (sized("=1K"), Size(1024, 1024)),
    ],
)  # fmt: skip
def test_a_bound_is_left_out_or_taken_in_as_it_says(node: Size, size: Size) -> None:
    assert node == size
