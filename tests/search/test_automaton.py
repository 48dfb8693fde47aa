import re
import time
from re import _parser as parser  # type: ignore[attr-defined]  # what patterns.py hands over

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailtrap.search.automaton import STEPS_LIMIT, Automaton
from mailtrap.search.program import PROGRAM_LIMIT, IrregularError, TooLargeError

LONG = 64 * 1024


def automaton(pattern: str, flags: int = re.IGNORECASE) -> Automaton:
    return Automaton(parser.parse(pattern, flags), re.compile(pattern, flags).flags)


@pytest.mark.parametrize(
    "pattern",
    [
        "a", "ab|c", "^ab$", r"\bb", r"a\B", r"\Aab\Z", "a*", "(ab)+", "(a|b)*c", "a{2,3}b",
        "a{2,}",
        "[a-c]x", "[^a]", r"\d\w\s", ".", "(?i:A)", "(?-i:A)b", "(?s:.)b", "(a*)*b", "(a+)+$",
        "(|a)+b",
        "(?:)", "^", "$", r"\b", "a+?b", "(?P<n>a)b", "(?x) a  b", "ß", "é+", "(?a:\\w)", "^$",
        "(^|b)a",
        "a(b|$)", r"(\ba|b\b)+", "İ", "K",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "line",
    ["", "a", "b", "A", "ab", "ba", "aab", "aaab", "abab", "a b", "b a", "cx", "1a ", "ß", "SS",
    "É",
     "é1", "b\u212a", "i\u0307", "a\tb", "ü", "xbay", "aaaa"],
)  # fmt: skip
def test_it_finds_what_python_finds(pattern: str, line: str) -> None:
    found = re.search(pattern, line, re.IGNORECASE) is not None
    assert automaton(pattern).found_in(line) is found


def _repeated(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    signs = st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "{0,2}?", "{2,}", "*?"])
    joined = st.lists(inner, min_size=1, max_size=4).map("".join)
    return st.one_of(
        joined,
        st.tuples(inner, signs).map(lambda pair: f"(?:{pair[0]}){pair[1]}"),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({'|'.join(parts)})"),
    )


ATOMS = st.sampled_from(["a", "b", "[ab]", "[^a]", ".", r"\w", " ", "^", "$", r"\b", r"\B", ""])


@given(
    st.recursive(ATOMS, _repeated, max_leaves=6), st.lists(st.text("ab ", max_size=7), max_size=4)
)
def test_it_finds_what_python_finds_for_any_expression(pattern: str, lines: list[str]) -> None:
    found = automaton(pattern)
    for line in lines:
        if line:
            assert found.found_in(line) is (re.search(pattern, line, re.IGNORECASE) is not None)


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        ("(a+)+$", "a" * LONG + "b"), ("(a|a)*c", "a" * LONG), (".*.*.*.*.*x", "a" * LONG),
        ("a?" * 60 + "a" * 60, "a" * 59 + "b"), (r"\w+\d*\w+!", "a1" * (LONG // 2)),
        ("[ab]*a[ab]{200}c", "abbabaabab" * (LONG // 10)), ("(x?y?z?)*!", "xyz" * (LONG // 3)),
        ("(.*,){20}!", "a," * (LONG // 2)), ("é.*à", "é" * LONG),
    ],
)  # fmt: skip
def test_no_expression_takes_long(pattern: str, line: str) -> None:
    begin = time.process_time()
    assert not automaton(pattern).found_in(line)
    assert time.process_time() - begin < 1


def test_it_forgets_and_goes_on() -> None:
    found = automaton("[^x]x$")
    line = "".join(map(chr, range(0x4E00, 0x4E00 + STEPS_LIMIT + 10)))
    assert not found.found_in(line)
    assert found.found_in(f"{line}x")


@pytest.mark.parametrize(
    "pattern", ["(?=a)", "(?!a)", "(?<=a)b", r"(a)\1", "(?>a)", "a*+", "(a)?(?(1)b)"]
)
def test_what_no_automaton_can_say_is_told(pattern: str) -> None:
    with pytest.raises(IrregularError):
        automaton(pattern)


def test_a_large_expression_is_refused() -> None:
    automaton(f"a{{{PROGRAM_LIMIT}}}")
    with pytest.raises(TooLargeError):
        automaton(f"a{{{PROGRAM_LIMIT + 1}}}")
    with pytest.raises(TooLargeError):
        automaton("((a{100}){100}){100}")
