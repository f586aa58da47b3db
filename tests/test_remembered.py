from service.remembered import Remembered


def test_the_reply_not_asked_for_longest_goes_first() -> None:
    remembered = Remembered[bytes](room=100)
    for number in range(10):
        remembered.keep(number, b"0123456789")
    assert remembered.get(0) == b"0123456789"
    remembered.keep("new", b"0123456789")
    assert [key for key in range(10) if remembered.get(key) is None] == [1]


def test_a_reply_kept_twice_takes_its_room_once() -> None:
    remembered = Remembered[bytes](room=100)
    for _ in range(20):
        remembered.keep("same", b"0123456789")
    remembered.keep("other", b"0123456789")
    assert remembered.get("same") == remembered.get("other") == b"0123456789"


def test_a_reply_that_would_push_out_many_is_not_kept() -> None:
    remembered = Remembered[bytes](room=100)
    remembered.keep("large", b"0123456789a")
    assert remembered.get("large") is None
