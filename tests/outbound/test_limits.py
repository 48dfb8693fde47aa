from mailtrap.outbound.limits import RateLimit, Reported


def test_so_many_pass_in_any_minute_and_no_more() -> None:
    rate = RateLimit(2)
    assert [rate.passes(at) for at in (0.0, 10.0, 59.9)] == [True, True, False]
    assert [rate.passes(at) for at in (60.0, 69.9, 70.0)] == [True, False, True]


def test_a_message_is_new_once() -> None:
    reported = Reported()
    assert [reported.is_new(id_) for id_ in ("a", "b", "a")] == [True, True, False]


def test_the_oldest_are_forgotten() -> None:
    reported = Reported(limit=2)
    assert [reported.is_new(id_) for id_ in ("a", "b", "c", "b", "a")] == [
        *(True, True, True),
        *(False, True),
    ]
