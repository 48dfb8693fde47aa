from collections.abc import Callable

import pytest

from mailtrap.config import Address, Config, ConfigError, UnixAddress

BOTH = (Address("127.0.0.1", 1), Address("::1", 1))


def test_only_plain_smtp_listens_when_nothing_is_said() -> None:
    (listener,) = Config().listeners
    assert (listener.name, listener.protocol, listener.tls) == ("smtp", "smtp", "none")
    assert listener.auth == "optional"
    assert listener.max_size == 50 * 1024 * 1024


@pytest.mark.parametrize(
    ("name", "protocol", "tls", "auth"),
    [
        ("smtp", "smtp", "none", "optional"),
        ("starttls", "smtp", "starttls", "optional"),
        ("smtps", "smtp", "implicit", "optional"),
        ("submission", "smtp", "starttls", "required"),
        ("submissions", "smtp", "implicit", "required"),
        ("lmtp", "lmtp", "none", "optional"),
    ],
)
def test_each_service_is_a_listener(
    loaded: Callable[..., Config], name: str, protocol: str, tls: str, auth: str
) -> None:
    config = loaded({"smtp": "off", name: ":1"})
    (listener,) = config.listeners
    assert listener.name == name
    assert (listener.protocol, listener.tls, listener.auth) == (protocol, tls, auth)
    assert listener.addresses == BOTH


def test_auth_required_holds_wherever_auth_is_offered(loaded: Callable[..., Config]) -> None:
    toml = """
    auth_required = true
    [[listener]]
    name = "a"
    address = ":2"
    [[listener]]
    name = "b"
    address = ":3"
    auth = "off"
    """
    listeners = loaded(toml=toml).listeners
    assert [(one.name, one.auth) for one in listeners] == [
        ("smtp", "required"),
        ("a", "required"),
        ("b", "off"),
    ]


def test_a_table_has_what_it_says(loaded: Callable[..., Config]) -> None:
    toml = """
    smtp = "off"
    [[listener]]
    name = "ci"
    protocol = "lmtp"
    address = ["unix:/run/ci.sock", "localhost:24"]
    tls = "starttls"
    auth = "required"
    inbox = "ci"
    strict = true
    advertise = ["X-CI"]
    hide = "pipelining"
    max-size = "1MiB"
    max_recipients = 7
    """
    (listener,) = loaded(toml=toml).listeners
    assert listener.addresses == (UnixAddress("/run/ci.sock"), Address("localhost", 24))
    assert (listener.protocol, listener.tls, listener.auth) == ("lmtp", "starttls", "required")
    assert (listener.inbox, listener.strict) == ("ci", True)
    assert (listener.advertise, listener.hide) == (("X-CI",), ("PIPELINING",))
    assert (listener.max_size, listener.max_recipients) == (1_048_576, 7)


def test_a_table_takes_the_general_setting_for_what_it_leaves_out(
    loaded: Callable[..., Config],
) -> None:
    toml = """
    smtp = "off"
    strict = true
    hide = ["CHUNKING"]
    max_size = 1000
    [[listener]]
    name = "plain"
    address = 2
    [[listener]]
    name = "own"
    address = 3
    strict = false
    hide = []
    max_size = 0
    """
    plain, own = loaded(toml=toml).listeners
    assert (plain.strict, plain.hide, plain.max_size) == (True, ("CHUNKING",), 1000)
    assert (own.strict, own.hide, own.max_size) == (False, (), 0)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ('address = ":1"', r"\[\[listener\]\] 1 needs name"),
        ('name = "a"', r"\[\[listener\]\] 1 needs address"),
        ('name = "a"\naddress = "off"', "needs address"),
        ('name = "a b"\naddress = ":1"', "name: 'a b' is not a name"),
        ('name = "a"\naddress = ":1"\ntls = "yes"', "tls: 'yes' is not one of: none, starttls"),
        ('name = "a"\naddress = ":1"\nadress = ":1"', "'adress' is unknown; did you mean address?"),
        ('name = "a"\naddress = ":1"\nzzz = 1', "known: name, protocol, address"),
        ('name = "a"\naddress = ":1"\nmax_size = true', "max_size: True is not a size"),
    ],
)
def test_a_mistake_in_a_table_is_one_sentence_that_says_where(
    loaded: Callable[..., Config], table: str, message: str
) -> None:
    with pytest.raises(ConfigError, match=rf"mailtrap\.toml: listener: .*{message}"):
        loaded(toml=f"[[listener]]\n{table}\n")


def test_one_table_is_not_an_array_of_tables(loaded: Callable[..., Config]) -> None:
    with pytest.raises(ConfigError, match="must be an array of tables"):
        loaded(toml='[listener]\nname = "a"\naddress = ":1"\n')


def test_there_is_an_end_to_the_number_of_tables(loaded: Callable[..., Config]) -> None:
    toml = "".join(f'[[listener]]\nname = "l{n}"\naddress = ":{n + 1}"\n' for n in range(101))
    with pytest.raises(ConfigError, match="101 tables; at most 100"):
        loaded(toml=toml)
