"""Documents asked together, and their short texts searched at once."""

from corpus import Joined, Shelf, load_corpus


def test_a_shelf_is_equal_to_itself_alone_and_still_a_sequence_of_its_documents() -> None:
    documents = load_corpus().documents
    one, other = Shelf(documents), Shelf(documents)
    assert len({one, other, one}) == 2
    assert list(one) == list(other) == list(documents)


def test_joined_texts_tell_which_of_them_hold_a_phrase_each_once_and_in_order() -> None:
    titles = Joined(["发展规划", "总则", "规定和规范", "", "则"])
    assert titles.holding("规") == [0, 2]
    assert titles.holding("则") == [1, 4]
    assert titles.holding("划总") == []  # no phrase goes on from one text into the next
    assert titles.holding("\0") == titles.holding("") == []
