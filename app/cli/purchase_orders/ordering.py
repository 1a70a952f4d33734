"""`rentbook orders load` and `list`: open orders of another system, and the register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import click

from app.cli.frame import FILE, REFUSED, answer, command, long_work, open_desk, table
from app.models.values import OrderState
from app.services.core.errors import UserError
from app.services.purchase_orders.budgets.rules import spelt_year, year_of
from app.services.purchase_orders.orders import queries
from app.services.purchase_orders.orders.dto import STATES, OrderFilter, OrderRow, OrderSort
from app.services.purchase_orders.orders.importing import commands, reading
from app.services.purchase_orders.orders.importing import queries as loads
from app.services.purchase_orders.orders.importing.dto import LoadCheck, Loaded, NewLoad, OrderFile

_RIGHT: Final = frozenset({4, 5})


@command("load")
@click.argument("file", type=FILE, required=False)
@click.option("--year", type=click.IntRange(2000, 2100), help="The financial year that begins in it; else this one.")
@click.option(
    "--column",
    "pairs",
    multiple=True,
    metavar="YOURS=OURS",
    help="What a heading of yours means: 'Creditor no=supplier'. May be given again.",
)
@click.option("--dry-run", is_flag=True, help="Say what it would do, and keep nothing.")
@click.option("--template", "empty", type=FILE, help="Write an empty workbook to be filled in.")
def load(file: Path | None, year: int | None, pairs: Sequence[str], *, dry_run: bool, empty: Path | None) -> int:
    """Load FILE, a workbook or .csv of another system's open orders: a row for each line. All of it, or nothing; once.

    Its columns are order, supplier, description, quantity, price, cost_centre and subjective, and where known title,
    category, unit, vat, recovered, received, invoiced and wanted_on.
    """
    if empty is not None:
        reading.write_template(empty)
        answer({"template": str(empty)}, [f"An empty workbook of open orders was written: {empty}"])
        return 0
    if file is None:
        raise UserError("Name the file, or ask for an empty one (--template).", "", "file")
    columns = _columns(pairs)
    with open_desk() as desk:
        with long_work("Reading") as (progress, cancel):
            read = reading.read(file, columns, progress, cancel)
        new = NewLoad(read, year_of(desk.clock.today()) if year is None else year)
        with long_work("Looking through") as (progress, cancel):
            found = desk.watch(loads.check, progress, cancel, new)
        done = None
        if not (found.mistakes or dry_run):
            with long_work("Keeping") as (progress, cancel):
                done = desk.run(commands.load, progress, cancel, new)
    answer(_data(found, done, dry_run=dry_run), _said(read, new.year, found, done))
    return REFUSED if found.mistakes else 0


@command("list")
@click.option("--state", type=click.Choice([each.value for each in OrderState]), help="Only orders in this state.")
@click.option("--supplier", default="", help="Only those of suppliers with these words in their name.")
@click.option("--year", type=click.IntRange(2000, 2100), help="Only the financial year that begins in it.")
def list_(state: str | None, supplier: str, year: int | None) -> None:
    """List requisitions and orders with what they come to and what is still to come."""
    states = frozenset({OrderState(state)}) if state else frozenset()
    with open_desk() as desk:
        wanted = OrderFilter(text=supplier, states=states, year=year)
        ids = desk.ask(queries.ids, wanted, OrderSort.NUMBER, descending=False)
        found = [row for row in desk.ask(queries.rows, ids) if _is_of(row, supplier)]
    answer({"orders": [_row(row) for row in found]}, _listed(found))


def _is_of(row: OrderRow, supplier: str) -> bool:
    """Words that were looked for are in the supplier's name, not in the title alone."""
    name = row.supplier.casefold()
    return all(word in name for word in supplier.casefold().split())


def _listed(rows: Sequence[OrderRow]) -> Iterator[str]:
    cells = [
        (row.number, STATES[row.state], row.supplier, row.title, str(row.net), str(row.left), spelt_year(row.year))
        for row in rows
    ]
    yield from table(("Number", "State", "Supplier", "Title", "Before VAT", "To come", "Year"), cells, _RIGHT)
    yield f"{len(rows):,} {'order' if len(rows) == 1 else 'orders'}."


def _row(row: OrderRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "finance_number": row.finance_number,
        "kind": row.kind,
        "state": row.state,
        "title": row.title,
        "supplier": row.supplier,
        "category": row.category,
        "year": row.year,
        "net_pence": row.net,
        "vat_pence": row.vat,
        "to_come_pence": row.left,
        "to_invoice_pence": row.to_invoice,
        "wanted_on": row.wanted_on,
        "made_on": row.made_on,
        "approved_on": row.approved_on,
        "sent_on": row.sent_on,
        "late_days": row.late_days,
    }


def _columns(pairs: Sequence[str]) -> Mapping[str, str]:
    """Their headings by ours."""
    found = {}
    for pair in pairs:
        yours, _, ours = pair.rpartition("=")
        if not yours.strip() or not ours.strip():
            raise click.BadParameter(f"'{pair}' is not like 'Creditor no=supplier'.", param_hint="--column")
        found[yours.strip()] = ours.strip()
    return found


def _said(read: OrderFile, year: int, found: LoadCheck, done: Loaded | None) -> Iterator[str]:
    yield from read.notes
    for each in found.mistakes:
        where = f"row {each.row}, {each.field}: " if each.row else ""
        yield f"{where}{each.message} {each.hint}".rstrip()
    if found.mistakes:
        yield f"{len(found.mistakes):,} to put right; nothing was kept."
    elif done is not None:
        yield done.told
    else:
        orders = "1 order" if found.orders == 1 else f"{found.orders:,} orders"
        lines = "1 line" if found.lines == 1 else f"{found.lines:,} lines"
        yield f"{orders} of {lines} in {spelt_year(year)}: {found.net} before VAT, {found.to_come} of it to come."
        if found.known:
            yield f"{found.known:,} {'was' if found.known == 1 else 'were'} loaded before."
        yield "Nothing was kept."


def _data(found: LoadCheck, done: Loaded | None, *, dry_run: bool) -> dict[str, Any]:
    return {
        "dry_run": dry_run,
        "orders": found.orders,
        "lines": found.lines,
        "net_pence": found.net,
        "to_come_pence": found.to_come,
        "known": found.known,
        "mistakes": [
            {"row": each.row, "field": each.field, "message": each.message, "hint": each.hint}
            for each in found.mistakes
        ],
        "loaded": 0 if done is None else done.orders,
        "load": None if done is None else done.load_id,
    }
