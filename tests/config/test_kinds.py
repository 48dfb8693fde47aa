from contextlib import suppress
from ipaddress import ip_network
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailtrap.config import kinds


@pytest.mark.parametrize(
    ("written", "octets"),
    [
        ("0", 0),
        (0, 0),
        (1048576, 1048576),
        ("1048576", 1048576),
        ("50MB", 50_000_000),
        ("50MiB", 52_428_800),
        ("50mib", 52_428_800),
        ("1 GiB", 1_073_741_824),
        ("1.5kB", 1_500),
        ("7 B", 7),
    ],
)
def test_a_size_is_read_in_octets(written: object, octets: int) -> None:
    assert kinds.read_size(written) == octets


@pytest.mark.parametrize("written", ["", "MB", "5 apples", "-1", "1e9", "50M", True, 1.5, None, []])
def test_what_is_no_size_is_refused_with_examples(written: object) -> None:
    with pytest.raises(ValueError, match=r"is not a size; write it like 50MiB, 50MB or 1048576"):
        kinds.read_size(written)


def test_a_size_beyond_63_bits_is_refused() -> None:
    with pytest.raises(ValueError, match="too large"):
        kinds.read_size("999999999TiB")


@given(st.integers(min_value=0, max_value=2**62))
def test_a_size_that_is_shown_reads_back_the_same(octets: int) -> None:
    assert kinds.read_size(kinds.show_size(octets)) == octets


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        (300, 300.0),
        ("300", 300.0),
        (1.5, 1.5),
        ("1.5s", 1.5),
        ("500ms", 0.5),
        ("5m", 300.0),
        ("7d", 604_800.0),
        ("1h30m", 5_400.0),
        ("0", 0.0),
        ("2W", 1_209_600.0),
    ],
)
def test_a_duration_is_read_in_seconds(written: object, seconds: float) -> None:
    assert kinds.read_duration(written) == seconds


@pytest.mark.parametrize("written", ["", "m", "5 minutes", "-5m", "5y", True, -1, float("nan")])
def test_what_is_no_duration_is_refused_with_examples(written: object) -> None:
    with pytest.raises(ValueError, match=r"is not a duration; write it like 300, 1.5s, 5m"):
        kinds.read_duration(written)


def test_a_duration_beyond_a_hundred_years_is_refused() -> None:
    with pytest.raises(ValueError, match="hundred years"):
        kinds.read_duration("99999999d")


@pytest.mark.parametrize("seconds", [0.0, 0.5, 1.0, 90.0, 300.0, 5_400.0, 86_400.0, 604_800.0])
def test_a_duration_that_is_shown_reads_back_the_same(seconds: float) -> None:
    assert kinds.read_duration(kinds.show_duration(seconds)) == seconds


@pytest.mark.parametrize(
    ("written", "truth"),
    [(True, True), ("on", True), ("YES", True), ("1", True), (False, False), ("off", False)],
)
def test_a_switch_is_read(written: object, truth: bool) -> None:
    assert kinds.read_switch(written) is truth


@pytest.mark.parametrize("written", ["", "maybe", 1, 0, None])
def test_what_is_no_switch_is_refused(written: object) -> None:
    with pytest.raises(ValueError, match="neither true nor false"):
        kinds.read_switch(written)


def test_a_count_holds_its_bounds() -> None:
    kind = kinds.count(1, 10)
    assert [kind.read(1), kind.read("10")] == [1, 10]
    for outside in (0, "11"):
        with pytest.raises(ValueError, match="out of range; 1 to 10 is allowed"):
            kind.read(outside)


@pytest.mark.parametrize("written", [True, 1.0, "1.0", "-1", "", "ten"])
def test_what_is_no_whole_number_is_no_count(written: object) -> None:
    with pytest.raises(ValueError, match="is not a whole number"):
        kinds.count(0).read(written)


def test_a_choice_names_what_is_allowed() -> None:
    kind = kinds.choice("text", "json")
    assert kind.read("JSON") == "json"
    with pytest.raises(ValueError, match="'xml' is not one of: text, json"):
        kind.read("xml")


@pytest.mark.parametrize("written", ["a,b", ["a", "b"], ("a", "b,a"), " a , b ,"])
def test_a_list_is_an_array_or_has_commas_and_no_doubles(written: object) -> None:
    assert kinds.read_words(written) == ("a", "b")


@pytest.mark.parametrize("written", [7, ["a", 7], "a\nb", "x" * 1_001, None])
def test_a_text_is_a_short_printable_string(written: object) -> None:
    with pytest.raises(ValueError, match=r"is not a string|printable"):
        kinds.read_words(written)


def test_keywords_are_upper_case() -> None:
    assert kinds.read_keywords("pipelining,Size") == ("PIPELINING", "SIZE")


def test_an_ehlo_line_keeps_its_parameters() -> None:
    assert kinds.read_ehlo_lines("LIMITS RCPTMAX=10,X-Foo") == ("LIMITS RCPTMAX=10", "X-Foo")


@pytest.mark.parametrize("written", ["-X", "X\u00e9", "X  Y", "X Y "[:-1] + "\u00a0"])
def test_what_is_no_ehlo_line_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"is not an EHLO line|printable"):
        kinds.read_ehlo_lines(written)


@pytest.mark.parametrize("name", ["mailtrap.local", "a", "mx-1.example.test", "[192.0.2.1]"])
def test_a_host_name_is_a_domain_or_an_address_literal(name: str) -> None:
    assert kinds.read_hostname(name) == name


@pytest.mark.parametrize("name", ["", "a b", "-a.test", "a..b", "a.test-", "é.test", "x" * 300])
def test_what_is_no_host_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="is not a host name"):
        kinds.read_hostname(name)


def test_networks_are_read() -> None:
    expected = (ip_network("10.0.0.0/8"), ip_network("::1/128"))
    assert kinds.read_networks("10.0.0.0/8,::1") == expected


def test_a_network_with_host_bits_is_refused() -> None:
    with pytest.raises(ValueError, match=r"'10.0.0.1/8' is not a network"):
        kinds.read_networks("10.0.0.1/8")


def test_hosts_are_lower_case_and_without_brackets() -> None:
    written = "Mail.Example.test,*.ci.test,[::1],192.0.2.7"
    assert kinds.read_hosts(written) == ("mail.example.test", "*.ci.test", "::1", "192.0.2.7")


@pytest.mark.parametrize("host", ["http://a", "a/b", "a*b", "a b", "*"])
def test_what_is_no_host_is_refused(host: str) -> None:
    with pytest.raises(ValueError, match="is not a host"):
        kinds.read_hosts(host)


def test_a_star_allows_any_host() -> None:
    assert kinds.read_host_patterns("a.test,*") == ("*",)
    assert kinds.read_host_patterns("a.test") == ("a.test",)


def test_origins_have_a_scheme_and_no_path() -> None:
    assert kinds.read_origins("http://localhost:3000") == ("http://localhost:3000",)
    for wrong in ("localhost:3000", "http://a/", "*"):
        with pytest.raises(ValueError, match="is not an origin"):
            kinds.read_origins(wrong)


def test_a_store_is_memory_or_a_file() -> None:
    assert kinds.read_store("memory") is None
    assert kinds.read_store("mail.db") == Path("mail.db")


def test_a_path_expands_the_home_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert kinds.read_path("~/mail.db") == tmp_path / "mail.db"
    assert kinds.read_path("") is None


def test_a_long_value_is_cut_in_messages() -> None:
    with pytest.raises(ValueError, match="…") as caught:
        kinds.read_size("9" * 500)
    assert len(str(caught.value)) < 200


@given(st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.lists(st.text())))
def test_any_value_is_read_or_refused_with_a_value_error(value: object) -> None:
    readers = (
        kinds.read_size,
        kinds.read_duration,
        kinds.read_words,
        kinds.read_hosts,
        kinds.read_networks,
        kinds.read_hostname,
        kinds.read_ehlo_lines,
        kinds.count(0).read,
    )
    for read in readers:
        with suppress(ValueError):
            assert read(value) is not None


def test_rules_of_faults_may_hold_commas_and_be_several() -> None:
    lines = ("helo,mail stall", "rcpt 451 4.7.1 Later, please")
    assert kinds.FAULT_LINES.read(lines) == lines
    assert kinds.FAULT_LINES.read(lines[0]) == (lines[0],)
    assert kinds.FAULT_LINES.read("") == ()
    assert kinds.FAULT_LINES.show(lines) == "; ".join(lines)


@pytest.mark.parametrize("value", [7, "x" * 5_001, "mail stall\r\n", ["mail stall", 7]])
def test_a_rule_of_faults_is_a_bounded_printable_text(value: object) -> None:
    with pytest.raises(ValueError, match=r"is not a string|at most 5000 characters"):
        kinds.FAULT_LINES.read(value)
