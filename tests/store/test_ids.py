from datetime import UTC, datetime, timedelta

from mailtrap.store.ids import ALPHABET, EPOCH, Ids

NOON = datetime(2026, 5, 5, 12, tzinfo=UTC)


def milliseconds(moment: datetime = NOON) -> int:
    return int(moment.timestamp() * 1_000)


def ticking(*moments: datetime) -> Ids:
    clock = map(milliseconds, moments)
    return Ids(lambda: next(clock), lambda _: 7)


def test_an_id_is_13_url_safe_characters() -> None:
    id_ = ticking(NOON)()
    assert len(id_) == 13
    assert set(id_) <= set(ALPHABET)


def test_the_first_nine_characters_are_the_milliseconds_since_2020() -> None:
    number = 0
    for character in ticking(NOON)()[:9]:
        number = number * 32 + ALPHABET.index(character)
    assert EPOCH + timedelta(milliseconds=number) == NOON


def test_ids_of_one_millisecond_differ_and_ascend() -> None:
    ids = Ids(milliseconds, lambda _: 7)
    given = [ids() for _ in range(1_000)]
    assert given == sorted(set(given))


def test_ids_ascend_when_the_clock_steps_back() -> None:
    ids = ticking(NOON, NOON - timedelta(hours=1), NOON - timedelta(days=9), NOON)
    given = [ids() for _ in range(4)]
    assert given == sorted(set(given))


def test_a_later_id_is_greater_whatever_the_counter_began_with() -> None:
    begins = iter([500_000, 0])
    moments = iter([milliseconds(), milliseconds() + 1])
    ids = Ids(lambda: next(moments), lambda _: next(begins))
    assert ids() < ids()


def test_when_the_counter_runs_over_the_next_millisecond_is_taken() -> None:
    begins = iter([32**4 - 2, 0])
    ids = Ids(milliseconds, lambda _: next(begins))
    first, last, over = ids(), ids(), ids()
    assert first < last < over
    assert last.endswith("zzzz")
    assert over.endswith("0000")
    assert over[:9] > last[:9]


def test_the_counter_begins_in_the_lower_half() -> None:
    highest = Ids(milliseconds, lambda bound: bound - 1)()
    assert highest.endswith("fzzz")
