import pytest

from exchange.web.pagination import NoSuchPage, paginate


@pytest.mark.parametrize(
    ("rows", "last"), [(0, 1), (1, 1), (20, 1), (21, 2), (100_000, 5_000), (100_001, 5_001)]
)
def test_the_last_page_holds_what_is_left(rows, last):
    assert paginate(None, rows=rows, size=20).last == last


def test_a_page_is_a_range_of_row_numbers():
    page = paginate("3", rows=55, size=20)
    assert (page.first_row, page.last_row) == (41, 60)
    assert (page.previous, page.next, page.is_last) == (2, None, True)


@pytest.mark.parametrize(
    "asked", ["0", "4", "-1", "abc", "1.0", "1e0", " 1", "１", "9" * 40, "\x00"]
)
def test_what_is_no_page_names_the_last_one(asked):
    with pytest.raises(NoSuchPage) as raised:
        paginate(asked, rows=55, size=20)
    assert raised.value.last == 3


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("1", [1, 2, None, 9]),
        ("2", [1, 2, 3, None, 9]),
        ("5", [1, None, 4, 5, 6, None, 9]),
        ("9", [1, None, 8, 9]),
    ],
)
def test_a_pager_shows_both_ends_and_the_neighbours(asked, shown):
    assert paginate(asked, rows=180, size=20).shown == shown
