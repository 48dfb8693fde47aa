"""What is asked of a server, step by step."""

import pytest

from mailtrap.client.calls import Call, Told
from mailtrap.client.errors import MailAssertionError, NoMessage, UnexpectedMessage
from mailtrap.client.operations import Place, expect_none, wait

GIVEN: Told = {"ok": True, "cursor": "9", "messages": [{"id": "a"}], "attempts": []}
NONE: Told = {"ok": False, "reason": "no-message", "story": "expected 1 message"}
CAME: Told = {"ok": False, "reason": "unexpected-message", "story": "expected none"}


@pytest.fixture
def place() -> Place:
    return Place("mine", "4", "4")


def _asked(call: Call) -> dict[str, str]:
    return dict(call.query)


def test_a_wait_longer_than_a_request_is_asked_for_again(place: Place) -> None:
    steps = wait(place, [("count", "1")], {"subject": "x"}, 130.0)
    first = next(steps)
    again = steps.send(NONE)
    assert (first.waits, _asked(first)["timeout"]) == (55.0, "55000ms")
    assert _asked(again)["after"] == _asked(first)["after"] == "4"
    with pytest.raises(StopIteration) as ended:
        steps.send(GIVEN)
    assert ended.value.value == [{"id": "a"}]
    assert place.cursor == "9"


def test_a_wait_whose_time_is_over_fails_and_takes_nothing(place: Place) -> None:
    steps = wait(place, [("count", "1")], {}, 1.0)
    next(steps)
    with pytest.raises(NoMessage, match="expected 1 message"):
        steps.send(NONE)
    assert place.cursor == "4"


def test_what_waiting_cannot_mend_fails_at_once(place: Place) -> None:
    steps = wait(place, [("count", "1")], {}, 130.0)
    next(steps)
    with pytest.raises(MailAssertionError, match="expected none"):
        steps.send(CAME)


def test_none_for_longer_than_a_request_is_asked_for_in_pieces(place: Place) -> None:
    steps = expect_none(place, 70.0, {})
    told = {**GIVEN, "messages": []}
    asked = [_asked(next(steps))["within"], _asked(steps.send(told))["within"]]
    with pytest.raises(StopIteration):
        steps.send(told)
    assert asked == ["55000ms", "15000ms"]


def test_none_fails_at_the_first_that_comes(place: Place) -> None:
    steps = expect_none(place, 70.0, {})
    next(steps)
    with pytest.raises(UnexpectedMessage):
        steps.send(CAME)
