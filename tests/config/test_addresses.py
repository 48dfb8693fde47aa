from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailtrap.config import Address, UnixAddress
from mailtrap.config.addresses import ENDPOINTS, LOCAL_ENDPOINTS, TCP_ADDRESSES, read_endpoints


@pytest.mark.parametrize("written", [":1025", "1025", 1025])
def test_a_bare_port_is_loopback_of_both_families(written: object) -> None:
    assert read_endpoints(written) == (Address("127.0.0.1", 1025), Address("::1", 1025))


def test_the_second_half_of_a_shorthand_may_be_missing() -> None:
    assert [e.optional for e in TCP_ADDRESSES.read(":0")] == [False, True]
    assert [e.optional for e in TCP_ADDRESSES.read("127.0.0.1:0,[::1]:0")] == [False, False]


def test_a_star_is_every_interface_of_both_families() -> None:
    assert read_endpoints("*:25") == (Address("0.0.0.0", 25), Address("::", 25))


@pytest.mark.parametrize(
    ("written", "host", "port"),
    [
        ("127.0.0.1:1025", "127.0.0.1", 1025),
        ("[::1]:1025", "::1", 1025),
        ("localhost:0", "localhost", 0),
        ("[fe80::1%eth0]:25", "fe80::1%eth0", 25),
    ],
)
def test_host_and_port_are_read(written: str, host: str, port: int) -> None:
    assert read_endpoints(written) == (Address(host, port),)


def test_addresses_come_with_commas_or_as_an_array_and_once_each() -> None:
    pair = (Address("127.0.0.1", 1), Address("::1", 1))
    assert read_endpoints("127.0.0.1:1,[::1]:1,127.0.0.1:1") == pair
    assert read_endpoints(["127.0.0.1:1", "[::1]:1"]) == pair


def test_off_is_nowhere() -> None:
    assert read_endpoints("off") == ()
    assert ENDPOINTS.show(()) == "off"


@pytest.mark.parametrize(
    "written", ["::1:1025", "host", "host:", ":", "127.0.0.1:x", "a b:1", "http://a:1", "-1"]
)
def test_what_is_no_address_is_refused_with_the_forms(written: str) -> None:
    with pytest.raises(ValueError, match=r"is not an address; write host:port, \[::1\]:port"):
        read_endpoints(written)


@pytest.mark.parametrize("written", ["65536", "127.0.0.1:99999"])
def test_a_port_out_of_range_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="0 to 65535 is allowed"):
        read_endpoints(written)


@pytest.mark.parametrize("written", ["", ",", []])
def test_an_empty_list_is_refused_because_off_is_clearer(written: object) -> None:
    with pytest.raises(ValueError, match="write off to listen nowhere"):
        read_endpoints(written)


def test_a_unix_socket_is_for_lmtp() -> None:
    assert LOCAL_ENDPOINTS.read("unix:/run/lmtp.sock") == (UnixAddress("/run/lmtp.sock"),)
    with pytest.raises(ValueError, match="for lmtp and"):
        ENDPOINTS.read("unix:/run/smtp.sock")


@pytest.mark.parametrize("path", ["", "run/lmtp.sock", "/" + "x" * 100])
def test_a_unix_socket_needs_a_short_absolute_path(path: str) -> None:
    with pytest.raises(ValueError, match="absolute path of at most 100 octets"):
        LOCAL_ENDPOINTS.read(f"unix:{path}")


@pytest.mark.parametrize("written", [":1025", "*:25", "[::1]:0,host:9", "unix:/a", "off"])
def test_addresses_that_are_shown_read_back_the_same(written: str) -> None:
    endpoints = LOCAL_ENDPOINTS.read(written)
    assert LOCAL_ENDPOINTS.read(LOCAL_ENDPOINTS.show(endpoints)) == endpoints


@given(st.one_of(st.text(), st.integers(), st.booleans(), st.lists(st.text())))
def test_any_value_is_read_or_refused_with_a_value_error(value: object) -> None:
    with suppress(ValueError):
        assert LOCAL_ENDPOINTS.read(value) or value == "off"
