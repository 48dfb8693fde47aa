from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailtrap.search.attempts import ATTEMPT_CRITERIA
from mailtrap.search.criteria import (
    CRITERIA,
    PAIRS_LIMIT,
    VALUE_LIMIT,
    CriterionError,
    criteria,
)
from mailtrap.search.matching import holds
from mailtrap.search.tree import EVERYTHING, All, Not
from tests.search.made_up import NOW, documents, made_up

MAILS = documents()


def found(*pairs: tuple[str, str]) -> str:
    node = criteria(pairs, now=NOW)
    return " ".join(name for name, mail in MAILS.items() if holds(node, mail))


@pytest.mark.parametrize(
    ("name", "value", "finds"),
    [
        ("rcpt", "Audit@example.com", "m08"), ("rcpt", "audit", ""),
        ("rcpt", "@example.org", "m03"),
        ("rcpt", "a*t@example.com", "m08"), ("rcpt", r"/^audit@/", "m08"),
        ("to", "ann@example.org", "m03"), ("to", "Ann Lee", "m01 m04"), ("to", "Ann", ""),
        ("from", "ann@example.com", "m18"), ("from", "The News", "m06"), ("from", "ann*",
        "m18 m24"),
        ("mail_from", "<>", "m07"), ("mail_from", "bounces@example.com", "m02"),
        ("cc", "bob@example.com", "m08"), ("bcc", "audit@example.com", "m08"),
        ("reply_to", "help@example.com", "m18"), ("subject", "OVERDUE", "m02"),
        ("subject", "/^news of .+y$/", "m06"), ("subject", "o*d", ""),
        ("body", "this link expires in 10 minutes", "m04"), ("text", "please pay", "m02"),
        ("html", "new password", "m04"), ("header", "X-Campaign", "m02"),
        ("header", "X-Campaign: SPRING", "m02"), ("header", "x-campaign=2024", "m02"),
        ("header", r"X-Campaign: /\d{4}$/", "m02"), ("header", "X-Campaign: autumn", ""),
        ("message_id", "<20240131.1@shop.example.com>", "m01"), ("has", "attachment", "m01"),
        ("is", "tls", "m04"), ("filename", "invoice", "m01"), ("filename", "*.png", "m06"),
        ("link", "/reset/", "m04"), ("link", "abc?x=1", "m04"), ("code", "482913", "m05"),
        ("code", "4829", ""), ("list", "news.example.com", "m06"), ("tag", "Invoices", "m01"),
        ("in", "team-a", "m17 m20"), ("auth", "shop", "m04"), ("auth", "sho", ""),
        ("helo", "app.*", "m17"), ("ip", "10.0.0.0/8", "m17"), ("session", "s1", "m17"),
        ("listener", "submission", "m23"), ("reply", "451", "m13"), ("reply", "no such", "m21"),
        ("fault", "greylist", "m13"), ("fault", "grey", ""), ("finding", "f-bare-lf", "m15"),
        ("query", "subject:invoice -from:shop", "m18"),
    ],
)  # fmt: skip
def test_a_criterion_finds_what_it_should(name: str, value: str, finds: str) -> None:
    assert found((name, value)) == finds


def test_every_criterion_has_been_tried_and_has_its_words() -> None:
    marks = test_a_criterion_finds_what_it_should.pytestmark  # type: ignore[attr-defined]  # set by pytest
    assert {row[0] for row in marks[0].args[1]} == set(CRITERIA)
    assert all(row.takes and row.help.endswith(".") for row in CRITERIA.values())
    assert set(ATTEMPT_CRITERIA) <= set(CRITERIA)


def test_all_of_several_hold() -> None:
    assert found(("subject", "invoice"), ("subject", "4711")) == "m01 m18"
    assert found(("rcpt", "ann@example.com"), ("rcpt", "audit@example.com")) == "m08"


def test_no_criteria_ask_for_nothing_in_particular() -> None:
    assert criteria([], now=NOW) == EVERYTHING


def test_an_empty_header_value_does_not_matter_and_a_slash_alone_is_one() -> None:
    assert found(("header", "X-Campaign:")) == found(("header", "X-Campaign"))
    assert holds(criteria([("subject", "/")], now=NOW), made_up("Subject: a/b\n\n"))


def test_a_name_that_looks_like_an_address_does_not_pass_for_one() -> None:
    mail = made_up('From: "ann@example.com" <eve@example.net>\n\n')
    assert not holds(criteria([("from", "ann@example.com")], now=NOW), mail)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("subjcet", "a", 'no criterion "subjcet"; did you mean subject?'),
        ("recipient", "a", "did you mean rcpt?"), ("xyzzy", "a", "expected rcpt, to, from"),
        ("subject", "", "subject: the value is empty"),
        ("subject", "/(/", "not a regular expression"),
        ("has", "link2", "did you mean link"), ("ip", "1.2", "no address and no network"),
        ("tag", "/a/", "cannot stand here"), ("in", "t-*", "whole name"),
        ("header", "é: a", "no name of a header"),
        ("query", "a (", r"where a term .* \(at character 4\)"),
        ("subject", "a" * (VALUE_LIMIT + 1), "at most 4000 characters"),
        ("query", "a" * (VALUE_LIMIT + 1), "at most 4000 characters"),
    ],
)  # fmt: skip
def test_a_mistake_names_the_criterion(name: str, value: str, says: str) -> None:
    with pytest.raises(CriterionError, match=says) as caught:
        criteria([(name, value)], now=NOW)
    assert caught.value.name == name


def test_a_mistake_in_a_query_has_its_place() -> None:
    with pytest.raises(CriterionError) as caught:
        criteria([("query", "a is:unred")], now=NOW)
    assert (caught.value.place, caught.value.length) == (5, 5)
    assert "unread" in caught.value.expected


def test_criteria_are_bounded() -> None:
    pairs = [("subject", "a")] * PAIRS_LIMIT
    assert isinstance(criteria(pairs, now=NOW), All)
    with pytest.raises(CriterionError, match="more than 100"):
        criteria([*pairs, ("subject", "a")], now=NOW)


def test_an_empty_name_is_unknown() -> None:
    with pytest.raises(CriterionError, match="no criterion"):
        criteria([("", "a")], now=NOW)


def test_a_query_may_say_not() -> None:
    assert isinstance(criteria([("query", "-a")], now=datetime(2024, 1, 1, tzinfo=UTC)), Not)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(list(CRITERIA)) | st.text(max_size=8),
            st.text(st.characters(), max_size=12) | st.text("/*<>@ab:=\\([", max_size=6),
        ),
        max_size=3,
    )
)
def test_any_pairs_are_understood_or_refused(pairs: list[tuple[str, str]]) -> None:
    refusal: CriterionError | None = None
    try:
        holds(criteria(pairs, now=NOW), MAILS["m01"])
    except CriterionError as error:
        refusal = error
    assert refusal is None or refusal.name in {name for name, _ in pairs}
