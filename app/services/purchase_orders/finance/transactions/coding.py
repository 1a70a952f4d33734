"""Which budget of ours a code of the finance system is, however the two halves of it are parted."""

from __future__ import annotations

from sqlalchemy import select

from app.models.purchase_orders.budgets import Budget, CostCentre, SubjectiveCode
from app.services.core.context import Context
from app.services.imports.values import fold
from app.services.purchase_orders.budgets.rules import year_of
from app.services.purchase_orders.finance.transactions.dto import FileTransaction


class Codes:
    """The budgets of the years that are asked about, each year read once."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._years: dict[int, dict[str, tuple[int, str, str]]] = {}

    def budget_of(self, row: FileTransaction) -> int | None:
        """The budget of a transaction's code in the year of its day; None where we have none."""
        found = self._find(row)
        return None if found is None else found[0]

    def halves_of(self, row: FileTransaction) -> tuple[str, str]:
        """The code as we write it, where it is one of ours; else as the file has it."""
        found = self._find(row)
        return (row.cost_centre[:20], row.subjective[:20]) if found is None else found[1:]

    def _find(self, row: FileTransaction) -> tuple[int, str, str] | None:
        year = year_of(row.posted_on)
        if year not in self._years:
            self._years[year] = self._read(year)
        return self._years[year].get(fold(f"{row.cost_centre}{row.subjective}"))

    def _read(self, year: int) -> dict[str, tuple[int, str, str]]:
        rows = (
            select(Budget.id, CostCentre.code, SubjectiveCode.code.label("subjective"))
            .join(CostCentre, CostCentre.id == Budget.cost_centre_id)
            .join(SubjectiveCode, SubjectiveCode.id == Budget.subjective_id)
            .where(Budget.year == year)
        )
        found = self._ctx.session.execute(rows)
        return {fold(f"{row.code}{row.subjective}"): (row.id, row.code, row.subjective) for row in found}
