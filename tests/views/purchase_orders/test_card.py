"""The card of an order: how far it has come, what each code has left, and what a version changed."""

from datetime import date

from app.models.values import Money, OrderKind, OrderState
from app.views.purchase_orders.card_tables import changed, differences, papers_of
from app.views.purchase_orders.code_bars import CodeUse
from app.views.purchase_orders.detail import uses
from app.views.purchase_orders.page import PurchaseOrdersPage
from app.views.purchase_orders.stages import Come, stages
from tests.views.purchase_orders.orders_made import detail, line, row, version


def test_an_order_says_how_far_it_has_come_with_days_and_who():
    told = {each.title: (each.come, each.words) for each in stages(detail())}
    assert told == {
        "Requisition": (Come.DONE, "2 Nov 2026\nSam Deskworth"),
        "Approved": (Come.DONE, "3 Nov 2026\nAlex Tallystone"),
        "Sent": (Come.DONE, "4 Nov 2026\nby e-mail"),
        "Received": (Come.PART, "10 Nov 2026\nRobin Receiver"),
        "Invoiced": (Come.PART, "11 Nov 2026"),
        "Paid": (Come.PART, "20 Nov 2026"),
    }


def test_what_is_left_of_a_line_that_was_cancelled_in_part_is_all_there_is_to_come():
    whole = line(received=2_000, invoiced=2_000, cancelled=1_000)
    come = {each.title: each.come for each in stages(detail(lines=(whole,)))}
    assert (come["Received"], come["Invoiced"], come["Paid"]) == (Come.DONE, Come.DONE, Come.DONE)


def test_a_refused_requisition_ends_where_it_was_refused():
    refused = detail(
        row=row(state=OrderState.REFUSED, approved_on=None, sent_on=None),
        settled_why="Use the framework",
        receipts=(),
        invoices=(),
        lines=(),
        sent_by=None,
    )
    ended = stages(refused)[1]
    assert (ended.title, ended.come, ended.words) == ("Refused", Come.OVER, "Use the framework")


def test_an_agreement_is_approved_and_comes_to_what_may_be_called_off(qtbot):
    agreed = detail(row=row(kind=OrderKind.AGREEMENT), most=Money(4_500_00), until_on=date(2027, 3, 31))
    assert [each.title for each in stages(agreed)] == ["Requisition", "Approved"]
    page = PurchaseOrdersPage()
    qtbot.addWidget(page)
    page.show_order(agreed)
    assert page.card._amount.text() == "Up to £4,500.00 before VAT"


def test_a_requisition_takes_from_its_codes_what_an_order_has_taken_already():
    # two lines of £1,020.00: the first code has £8,120.00 left, the second is £120.00 over
    assert [(each.takes, each.left) for each in uses(detail())] == [
        (Money(102_000), Money(812_000)),
        (Money(102_000), Money(-12_000)),
    ]
    draft = detail(row=row(state=OrderState.DRAFT))
    assert [each.left for each in uses(draft)] == [Money(710_000), Money(-114_000)]
    assert CodeUse("4215", "", Money(1), Money(-114_000)).words == "£1,140.00 over its budget"


def test_a_version_says_line_by_line_what_it_changed():
    first, second = version(1, 5), version(2, 6, "One more is worn")
    assert changed(None, first) == ("Radiators: 5 each at 340.00",)
    assert changed(first, second) == ("Radiators: 5 each → 6 each",)
    assert [(each.words, each.net) for each in differences((first, second))] == [
        ("One more is worn", Money(204_000)),
        ("Radiators: 5 each → 6 each", None),
        ("As it was ordered", Money(170_000)),
        ("Radiators: 5 each at 340.00", None),
    ]


def test_receipts_and_invoices_stand_by_day_each_a_door():
    assert [(each.on, each.number, each.words) for each in papers_of(detail())] == [
        (date(2026, 11, 10), "GR00007", "by Robin Receiver"),
        (date(2026, 11, 11), "IN00009", "INV-551: paid 20 Nov 2026"),
    ]


def test_the_card_says_what_is_late_and_shows_nothing_of_a_restricted_one(qtbot, theme):
    page = PurchaseOrdersPage()
    qtbot.addWidget(page)
    page.show_order(detail())
    assert (
        page.card._standing.text()
        == "3 days late: £680.00 is still to come, wanted by 20 Nov 2026; £340.00 came and isn't invoiced."
    )
    page.show_order(detail(row=row(shut=True, title="Restricted")))
    assert page.card.parts.isHidden()
    assert page.card.stages.isHidden()
    assert "restricted record" in page.card._why_not.text()
