"""What a file of invoices would do: suppliers, orders and codes found, every fault with its row; nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sqlalchemy import select

from app.models.imports import LoadBatch, LoadLine
from app.models.purchase_orders.suppliers import Supplier
from app.models.values import InvoiceKind, Money, SupplierState
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError, UserErrors
from app.services.imports.dto import Mistake
from app.services.imports.values import fold
from app.services.purchase_orders.budgets import keeping as budgets
from app.services.purchase_orders.budgets.rules import spelt_code, spelt_year, year_of
from app.services.purchase_orders.invoices import copies, writing
from app.services.purchase_orders.invoices.dto import NewInvoice
from app.services.purchase_orders.invoices.loading import rules
from app.services.purchase_orders.invoices.loading.charged import lines_of
from app.services.purchase_orders.invoices.loading.dto import (
    DateOrder,
    FileLine,
    FileLooked,
    InvoiceFile,
    NewFileLoad,
)
from app.services.purchase_orders.invoices.rules.likeness import Known, exact, number_key
from app.services.purchase_orders.suppliers.rules import name_key

KIND: Final = "supplier_invoices"
Seen = dict[tuple[int, str], list[tuple[int, Known]]]
"""By supplier and number, with what is mistyped read alike: the invoices of the file so far, and their rows."""


@dataclass(slots=True)
class Plan:
    """What would be logged, row by row, and what is wrong."""

    made: list[tuple[int, NewInvoice, list[FileLine]]] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    known: int = 0
    question: str = ""

    @property
    def looked(self) -> FileLooked:
        """The same as it is told."""
        credit = [new for _, new, _ in self.made if new.kind is InvoiceKind.CREDIT_NOTE]
        signed = [(-1 if new.kind is InvoiceKind.CREDIT_NOTE else 1, new) for _, new, _ in self.made]
        return FileLooked(
            len(self.made) - len(credit),
            len(credit),
            sum(len(lines) for *_, lines in self.made),
            self.known,
            Money(sum(sign * new.net.pence for sign, new in signed)),
            Money(sum(sign * new.vat.pence for sign, new in signed)),
            tuple(sorted(self.mistakes, key=lambda each: each.row)),
            tuple(self.warnings),
            self.question,
        )


def plan(ctx: Context, new: NewFileLoad) -> Plan:
    """Look through a file.

    Raises:
        UserError: the very same file was loaded before.
    """
    _refuse_loaded(ctx, new.file)
    found = Plan(mistakes=list(new.file.mistakes))
    order, found.question = _order(new)
    if order is None:
        return found
    bad = {each.row for each in new.file.mistakes}
    fresh = _fresh(ctx, new.file.lines)
    found.known = len(new.file.lines) - len(fresh)
    readable = [line for line in fresh if line.row not in bad]
    who = _suppliers(ctx)
    codes: dict[int, Mapping[tuple[str, str], int]] = {}
    keys = [(fold(line.supplier), fold(line.number)) for line in readable]
    seen: Seen = {}
    for places in rules.together(keys):
        lines, before = [readable[place] for place in places], len(found.mistakes)
        made = _invoice(ctx, new, lines, order, who, codes, found)
        if made is not None and len(found.mistakes) == before:
            _look(ctx, lines, made, seen, found)
    _refuse_copies(ctx, found)
    return found


def _order(new: NewFileLoad) -> tuple[DateOrder | None, str]:
    if new.dates is not None:
        return new.dates, ""
    texts = (text for line in new.file.lines for text in (line.invoice_on, line.received_on, line.due_on) if text)
    return rules.order_of(texts)


def _refuse_loaded(ctx: Context, file: InvoiceFile) -> None:
    before = ctx.session.scalars(
        select(LoadBatch).where(LoadBatch.kind == KIND, LoadBatch.file_sha256 == file.sha256)
    ).first()
    if before is not None:
        day = before.loaded_at
        raise UserError(f"{file.file_name} was loaded on {day.day} {day:%b %Y} already.", "Load the next one.", "path")


def _fresh(ctx: Context, lines: Sequence[FileLine]) -> list[FileLine]:
    """The rows that no earlier file brought."""
    there: set[tuple[str, int]] = set()
    for chunk in in_chunks([line.fingerprint for line in lines]):
        rows = select(LoadLine.fingerprint, LoadLine.occurrence).where(LoadLine.fingerprint.in_(chunk))
        there |= {(row.fingerprint, row.occurrence) for row in ctx.session.execute(rows)}
    return [line for line in lines if (line.fingerprint, line.occurrence) not in there]


def _suppliers(ctx: Context) -> dict[str, list[int]]:
    """The suppliers in use by whatever names them: number, finance reference, name, trading name."""
    found: dict[str, list[int]] = {}
    rows = select(Supplier.id, Supplier.number, Supplier.finance_reference, Supplier.name, Supplier.trading_as)
    for row in ctx.session.execute(rows.where(Supplier.state == SupplierState.ACTIVE)):
        names = {f"S{row.number:05}", row.finance_reference, row.name, row.trading_as}
        for key in {fold(name) for name in names if name} | {name_key(row.name)}:
            found.setdefault(key, []).append(row.id)
    return found


def _invoice(
    ctx: Context,
    new: NewFileLoad,
    lines: Sequence[FileLine],
    order: DateOrder,
    who: Mapping[str, list[int]],
    codes: dict[int, Mapping[tuple[str, str], int]],
    found: Plan,
) -> NewInvoice | None:
    """The rows of one invoice as it would be logged; None where something is wrong with one of them."""
    first, count = lines[0], len(found.mistakes)
    supplier_id = _supplier(first, who, found)
    days = {name: _day(first, name, text, order, found) for name, text in _dates(first)}
    sums = [each for line in lines if (each := _sums(line, found)) is not None]
    signs = {net + vat > 0 for net, vat in sums}
    _one_invoice(lines, signs, found)
    invoice_on = days["date"]
    if len(found.mistakes) > count or supplier_id is None or invoice_on is None:
        return None
    budget = [_budget(ctx, line, invoice_on, codes, found) for line in lines]
    return NewInvoice(
        entry_key=f"file:{first.fingerprint}:{first.occurrence}",
        supplier_id=supplier_id,
        supplier_number=first.number,
        invoice_on=invoice_on,
        received_on=days["received"] or new.received_on,
        net=Money(abs(sum(net for net, _ in sums))),
        vat=Money(abs(sum(vat for _, vat in sums))),
        kind=InvoiceKind.INVOICE if True in signs else InvoiceKind.CREDIT_NOTE,
        due_on=days["due"],
        order_quoted=first.order,
        lines=() if first.order and not any(budget) else lines_of(ctx, lines, sums, budget, invoice_on),
    )


def _one_invoice(lines: Sequence[FileLine], signs: set[bool], found: Plan) -> None:
    """Rows of one number have one date, order and sign, and none of them is there twice."""
    if len({(line.invoice_on, line.order) for line in lines}) > 1:
        found.mistakes.append(Mistake(lines[-1].row, "date", "Rows of one invoice have different dates or orders."))
    if len(signs) > 1:
        words = (
            "Rows of one invoice have different signs: what is given back is a credit note with a number of its own."
        )
        found.mistakes.append(Mistake(lines[-1].row, "net", words))
    first: dict[str, int] = {}
    for line in lines:
        row = first.setdefault(line.fingerprint, line.row)
        if row != line.row:
            hint = "Take one of them out; where both are charged, give them different words."
            found.mistakes.append(Mistake(line.row, "number", f"It says the same as row {row}.", hint))


def _dates(line: FileLine) -> tuple[tuple[str, str], ...]:
    return ("date", line.invoice_on), ("received", line.received_on), ("due", line.due_on)


def _supplier(line: FileLine, who: Mapping[str, list[int]], found: Plan) -> int | None:
    key = fold(line.supplier)
    matches = sorted(set(who.get(key) or who.get(name_key(line.supplier)) or ()))
    if len(matches) == 1:
        return matches[0]
    if matches:
        words = f"'{line.supplier}' is the name of {len(matches)} suppliers: give the number, such as S00012."
    else:
        words = f"There is no supplier '{line.supplier}': add them first, or give the number."
    found.mistakes.append(Mistake(line.row, "supplier", words))
    return None


def _day(line: FileLine, name: str, text: str, order: DateOrder, found: Plan) -> date | None:
    if not text:
        return None
    try:
        return rules.day_of(text, order)
    except ValueError as error:
        found.mistakes.append(Mistake(line.row, name, str(error)))
        return None


def _sums(line: FileLine, found: Plan) -> tuple[int, int] | None:
    try:
        return rules.amounts_of(line.net, line.vat, line.gross)
    except ValueError as error:
        found.mistakes.append(Mistake(line.row, "net", str(error)))
        return None


def _budget(
    ctx: Context, line: FileLine, on: date, codes: dict[int, Mapping[tuple[str, str], int]], found: Plan
) -> int | None:
    if not line.cost_centre and not line.subjective:
        return None
    year = year_of(on)
    if year not in codes:
        codes[year] = budgets.by_code(ctx, year)
    budget_id = codes[year].get((line.cost_centre, line.subjective))
    if budget_id is None:
        words = f"There is no budget {spelt_code(line.cost_centre, line.subjective)} in {spelt_year(year)}."
        found.mistakes.append(Mistake(line.row, "cost_centre", words))
    return budget_id


def _look(
    ctx: Context,
    lines: Sequence[FileLine],
    made: NewInvoice,
    seen: Seen,
    found: Plan,
) -> None:
    """Hold an invoice against what an invoice may be, and against the file before it."""
    row = lines[0].row
    known = copies.known_of(made)
    alike = seen.setdefault((made.supplier_id, number_key(made.supplier_number)), [])
    again = next((at for at, old in alike if exact(known, old)), None)
    if again is not None:
        found.mistakes.append(Mistake(row, "number", f"{made.supplier_number} is in row {again} already."))
        return
    found.warnings += [f"Row {row}: its number reads like that of row {at}." for at, _ in alike]
    alike.append((row, known))
    try:
        writing.refuse_typed(ctx, made)
    except UserErrors as error:
        found.mistakes += [Mistake(row, each.field or "", each.message, each.hint) for each in error.errors]
        return
    except UserError as error:
        found.mistakes.append(Mistake(row, error.field or "", error.message, error.hint))
        return
    found.made.append((row, made, list(lines)))


def _refuse_copies(ctx: Context, found: Plan) -> None:
    """Hold all of the file against what is logged: the same again is a mistake, what is like another is said."""
    suspected = copies.of_many(ctx, [made for _, made, _ in found.made])
    for (row, made, _), suspects in zip(found.made, suspected, strict=True):
        same = next((each for each in suspects if each.exact), None)
        if same is not None:
            words = f"{made.supplier_number} is logged already as {same.number}, {same.gross}."
            found.mistakes.append(Mistake(row, "number", words))
        else:
            found.warnings += [f"Row {row}: {copies.words(each)}" for each in suspects]
