"""What a page says about which halves its reader wants; showing them is the styles' part."""

import pytest

from exchange.accounts.models import View

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "view", "reads"),
    [
        ("original", "original", "en"),
        ("mine", "mine", "en"),
        ("both", "both", "en"),
        ("zh", "mine", "zh"),  # one language's halves, whatever the reader reads
        ("nonsense", None, "en"),
        ("", None, "en"),
    ],
)
def test_an_address_can_ask_for_a_view(asked, view, reads, thread, client) -> None:
    page = client.get(f"/en/threads/{thread.pk}/?view={asked}").content.decode()
    assert f'data-reads="{reads}"' in page
    assert ("<html" in page and f' data-view="{view}"' in page.split(">")[1]) == (view is not None)


def test_a_member_s_own_view_counts_where_the_address_asks_for_none(thread, mei, log_in) -> None:
    mei.view, mei.reads = View.MINE, ["zh-hans", "en"]
    mei.save(update_fields=["view", "reads"])
    browser = log_in(mei)
    page = browser.get(f"/en/threads/{thread.pk}/").content.decode()
    assert 'data-reads="en zh" data-view="mine"' in page
    page = browser.get(f"/en/threads/{thread.pk}/?view=both").content.decode()
    assert 'data-reads="en zh" data-view="both"' in page
