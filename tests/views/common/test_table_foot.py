"""The foot of a long table: how many rows there are at once, what they come to when that is worked out."""

from array import array

import pytest

from app.models.values import Money
from app.services.rent.listed_dto import AccountFilter
from app.services.workbench.listing import Totals
from app.views.common.paged_table import PagedTable
from app.views.rent.finder import SPEC


@pytest.fixture
def listed(qtbot):
    made = PagedTable(SPEC)
    qtbot.addWidget(made)
    return made


def find(listed, wanted, ids):
    listed.bar.show_filter(wanted)
    listed.show_ids(listed.model.ask_anew(), array("q", ids))


def test_the_new_count_is_there_at_once_and_its_sums_when_they_are_worked_out(listed):
    find(listed, AccountFilter(), [1, 2, 3])
    assert listed.foot.in_words() == "3 accounts   …"
    listed.show_totals(Totals(3, Money(24_250), Money(6_000)))
    summed = listed.foot.in_words()
    find(listed, AccountFilter(), [3, 2, 1])
    assert listed.foot.in_words() == summed
    find(listed, AccountFilter(owing=True), [1, 2, 3])
    assert listed.foot.in_words() == "3 accounts   …"
    find(listed, AccountFilter(text="nobody"), [])
    assert listed.foot.in_words() == "0 accounts"
    find(listed, AccountFilter(owing=True), [2])
    assert listed.foot.in_words() == "1 account   …"
