import pytest

from mailtrap.config import User
from mailtrap.config.credentials import SECRET, SECRETS, USERS


@pytest.mark.parametrize(
    "written",
    [{"ann": "a,b", "bob": "c:d"}, "ann:a,b\nbob:c:d\n"],
)
def test_users_come_as_a_table_or_one_a_line(written: object) -> None:
    assert USERS.read(written) == (User("ann", "a,b"), User("bob", "c:d"))


def test_users_in_one_line_have_commas_between() -> None:
    assert USERS.read("ann:x,bob:y") == (User("ann", "x"), User("bob", "y"))


@pytest.mark.parametrize("written", ["ann", ":x", "ann:x,ann:y", {"": "x"}, {"ann": 7}, ["ann"], 7])
def test_wrong_users_are_refused(written: object) -> None:
    with pytest.raises(ValueError, match=r"needs|must be"):
        USERS.read(written)


@pytest.mark.parametrize("written", ["s3cr\x00et", 7, "s3cret" * 1_000])
def test_a_wrong_secret_is_not_repeated(written: object) -> None:
    with pytest.raises(ValueError, match="must be a string") as caught:
        SECRET.read(written)
    assert "s3cr" not in str(caught.value)


@pytest.mark.parametrize("written", [["a", "b,c"], "a\nb,c\n"])
def test_tokens_come_as_an_array_or_one_a_line(written: object) -> None:
    assert SECRETS.read(written) == ("a", "b,c")


def test_secrets_are_masked_when_shown() -> None:
    shown = (
        SECRET.show("s3cret")
        + SECRETS.show(("s3cret",))
        + USERS.show((User("ann", "s3cret"),))
        + repr(User("ann", "s3cret"))
    )
    assert "s3cret" not in shown
    assert "ann" in shown
