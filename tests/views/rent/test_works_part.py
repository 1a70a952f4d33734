"""The works orders of an account's property on its card: how they stand in words, and the doors to the tab."""

from datetime import date

from app.models.values import Money, OrderState
from app.services.purchase_orders.works.dto import WorksRow
from app.views.rent.works_part import WorksPart


def works(**other):
    """PO00012, a leak that was to be mended by 19 November 2026."""
    return WorksRow(
        **{
            "order_id": 12,
            "number": "PO00012",
            "state": OrderState.OPEN,
            "title": "Leak under the sink",
            "property_id": 1,
            "address": "1 Sample Road",
            "account_id": 2,
            "account": "0012 4471 03",
            "trade": "Plumbing",
            "priority": "Urgent",
            "contractor": "Example Heating Ltd",
            "net": Money(50_00),
            "reported_on": date(2026, 11, 12),
            "target_on": date(2026, 11, 19),
            "expected_on": None,
            "completed_on": None,
            "late_days": 2,
            "rechargeable": False,
            "recharge_id": None,
            "words": "2 days late",
            "version": 3,
            **other,
        }
    )


def test_open_works_and_those_that_are_late_are_counted_in_words_and_enter_opens_one(qtbot, theme):
    part = WorksPart(may_raise=True)
    qtbot.addWidget(part)
    assert part.said.text() == "No works were ordered for this property."
    done = works(order_id=9, completed_on=date(2026, 11, 1), late_days=0, words="Done in time")
    part.show_works((works(), works(order_id=13, late_days=0, words="Due by 28 Nov 2026"), done))
    assert part.said.text() == "2 works orders open, 1 late."
    opened = []
    part.opened.connect(opened.append)
    part.open.click()
    assert opened == [12]
    part.show_works((done,))
    assert part.said.text() == "Nothing is open. 1 works order in all."
