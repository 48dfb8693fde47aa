import pytest

from mailtrap.config.prefix import read_prefix


@pytest.mark.parametrize(
    ("written", "prefix"),
    [
        ("", ""),
        ("/", ""),
        ("/mail", "/mail"),
        ("mail/", "/mail"),
        ("/dev/mail-1/", "/dev/mail-1"),
        ("/~ann/.mail", "/~ann/.mail"),
    ],
)
def test_slashes_at_the_ends_do_not_matter(written: str, prefix: str) -> None:
    assert read_prefix(written) == prefix


@pytest.mark.parametrize(
    "written", ["/a b", "/a//b", "/../a", "/a/.", "/a?b", "/ä", "http://a/b", "/" + "a" * 201]
)
def test_what_is_no_path_is_refused_with_what_would_be(written: str) -> None:
    with pytest.raises(ValueError, match="is not a path such as /mail"):
        read_prefix(written)
