import pytest

from mailtrap.mail.dark import knows_dark, with_dark


@pytest.mark.parametrize(
    "html",
    [
        '<meta name="color-scheme" content="light dark">',
        "<meta name='supported-color-schemes' content='light dark'>",
        "<style>:root { color-scheme: light dark }</style>",
        "<style>@media (prefers-color-scheme: dark) { body { color: #fff } }</style>",
        "<style>[data-ogsc] .x { color: #fff }</style>",
    ],
)
def test_a_mail_that_knows_dark_mode_is_not_inverted(html: str) -> None:
    assert knows_dark(html)
    assert "invert" not in with_dark(html)


@pytest.mark.parametrize("html", ["", "<p style='color: red'>scheme</p>", "<p>dark colors</p>"])
def test_any_other_mail_is_inverted(html: str) -> None:
    assert not knows_dark(html)
    assert "invert" in with_dark(html)


def test_the_mail_itself_stays_as_it_was() -> None:
    html = "<!doctype html><p>x"
    assert with_dark(html).startswith(html)


def test_a_mail_that_never_ends_is_looked_at_as_far_as_the_bound() -> None:
    assert not knows_dark("x" * 300_000 + "prefers-color-scheme")


def test_styles_for_dark_mode_hold_and_those_for_light_do_not() -> None:
    html = "@media (PREFERS-color-scheme:dark) {} @media ( prefers-color-scheme : light ) {}"
    shown = with_dark(html)
    assert shown.startswith("@media (min-width: 0) {} @media (max-width: 0) {}")
    assert ":root { color-scheme: dark }" in shown
