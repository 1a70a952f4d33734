"""Coding, joined to the services: a line is moved in one step, rules are kept."""

from __future__ import annotations

from app.models.values import Subject
from app.services.core.permissions import Permission
from app.services.purchase_orders.budgets import queries as budgets
from app.services.purchase_orders.budgets.dto import CodeChoice
from app.services.purchase_orders.coding import commands, queries
from app.services.purchase_orders.coding.dto import CodingRuleRow, Suspect
from app.services.purchase_orders.registers import queries as registers
from app.services.purchase_orders.registers.dto import CategoryRow
from app.views.common.figures_desk import FiguresDesk
from app.views.common.office import Office
from app.views.common.sheet_work import open_sheet
from app.views.purchase_orders.coding import CodingSection
from app.views.purchase_orders.coding_sheets import RuleSheet, TransferSheet
from app.views.purchase_orders.controller.order_work import find_suppliers


class CodingController(FiguresDesk):
    """Joins the section of coding to the services."""

    def __init__(self, office: Office) -> None:
        may = Permission.RECONCILE_SPENDING in office.desk.officer.permissions
        self.page = page = CodingSection(office.desk.clock.today, may_code=may)
        super().__init__(office, page, queries.report, "Looking through codes")
        page.move_wanted.connect(self._move)
        page.rule_wanted.connect(self._rule)
        page.invoice_opened.connect(lambda each: office.open_record(Subject.SUPPLIER_INVOICE, each))
        page.request_opened.connect(lambda each: office.open_record(Subject.APPROVAL, each))

    def open_record(self, _subject: Subject, _transfer_id: int) -> None:
        """A transfer stands among the others."""
        self.page.parts.open_part(1)

    def _move(self, line: Suspect) -> None:
        if line.waits:
            self.office.messages.info(f"{line.waits} moves this line already, and waits for a second officer.")
            return

        def show(codes: tuple[CodeChoice, ...]) -> None:
            sheet = TransferSheet(self.page, (line,), codes)
            open_sheet(self.office, sheet, commands.transfer, sheet.command, lambda asked: asked.told)

        self.office.ask(self, budgets.choices, line.year, then=show)

    def _rule(self, rule: CodingRuleRow | None) -> None:
        def show(found: tuple[CategoryRow, ...]) -> None:
            categories = [(each.category_id, each.name) for each in found if each.active]
            sheet = RuleSheet(
                self.page, rule, lambda text, then: find_suppliers(self.office, self, text, then), categories
            )
            open_sheet(self.office, sheet, commands.keep_rule, sheet.command, "The rule is saved.")

        self.office.ask(self, registers.categories, then=show)
