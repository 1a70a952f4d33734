"""The section of reports: figures, the chart, and the register behind a line."""

from dataclasses import replace
from datetime import date

from app.models.refunds import Refund
from app.models.values import RefundState
from app.services.adjustments.register.dto import RegisterFilter, View, What
from app.views.adjustments.controller.reports import ReportsController
from tests.conftest import TODAY
from tests.factories import adjusting
from tests.views.desktop import held, wait


def test_a_line_of_the_figures_opens_the_register_behind_it(desktop_over_landlord, accounts, qtbot):
    program = desktop_over_landlord

    def send(ctx):
        row = ctx.session.get_one(Refund, adjusting.refund(ctx, accounts["Testerton"]))
        row.state, row.sent_on, row.cause = RefundState.SENT, date(2026, 11, 5), "overpaid"

    program.office.desk.do(send)
    reports = ReportsController(program.office)
    page = reports.page
    qtbot.addWidget(page)
    page.show()
    wait(qtbot, lambda: page.models[0].rows and not program.tasks.busy)
    (refunds,) = page.models[0].rows
    assert (refunds.name, refunds.count, refunds.debit.pence) == ("Refund", 1, 2_500)
    assert [bar.words for bar in page.chart.chart._bars][-1] == "Nov 2026: £25.00 refunded, £0.00 written off"
    register = program.controllers["adjustments"].page
    stands = RegisterFilter(view=View.REPORTED, from_on=date(2025, 11, 23), to_on=TODAY)
    page.figures_opened.emit(0, refunds)
    wait(qtbot, lambda: not program.tasks.busy)
    assert register.list.filter == replace(stands, whats=frozenset({What.REFUND}))
    assert register.list.model.rowCount() == 1

    page.chart.opened.emit(len(page.chart.chart._bars) - 1)
    wait(qtbot, lambda: not program.tasks.busy)
    paid = frozenset({What.REFUND, What.WRITE_OFF})
    assert register.list.filter == replace(stands, whats=paid, from_on=date(2026, 11, 1))

    with held(program.office.desk):
        page.from_on.set_value(date(2026, 11, 6))
        page.figures_opened.emit(0, refunds)
        assert register.list.filter == replace(stands, whats=frozenset({What.REFUND}))
    wait(qtbot, lambda: not page.models[0].rows and not program.tasks.busy)
    assert not any(pressed.isChecked() for pressed in page._usual.values())
    page.hide()
