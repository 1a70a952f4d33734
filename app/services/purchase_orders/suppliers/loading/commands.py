"""Suppliers of a file kept: all of it or nothing. Those that are there are left as they are."""

from __future__ import annotations

from app.models.purchase_orders.suppliers import Supplier
from app.models.values import Subject, SupplierState
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.core.search_index import index_records
from app.services.imports.one_sheet import refusal
from app.services.ledger import numbering
from app.services.purchase_orders.suppliers import keeping
from app.services.purchase_orders.suppliers.loading import checking
from app.services.purchase_orders.suppliers.loading.dto import WORDS, Loaded, NewLoad


@requires(Permission.KEEP_SUPPLIERS)
def load(ctx: Context, new: NewLoad) -> Loaded:
    """Keep the suppliers of a file, numbered in its order; the same file again keeps nothing more. No bank details are taken.

    Raises:
        UserErrors: something in it is wrong, each with its row; nothing was kept.
        UserError: some may be there already, and it wasn't said that they are others.
        Cancelled: the officer asked for it; nothing was kept.
    """
    found = checking.look(ctx, new)
    if found.mistakes:
        raise refusal(found.mistakes, WORDS)
    if found.suspected and not new.alike_seen:
        raise UserError(
            f"{len(found.suspected):,} of them may be there already.",
            "Look at those that are listed. Tick that they are others, if they are.",
            "alike_seen",
        )
    keys = {row.row: checking.key_of(new, row) for row in new.file.rows}
    first = numbering.take(ctx, "supplier", len(found.new)) if found.new else 0
    made = [
        Supplier(
            **columns,
            entry_key=keys[row],
            number=first + at,
            state=SupplierState.ACTIVE,
            made_by=ctx.officer.id,
            made_at=ctx.clock.now(),
        )
        for at, (row, columns) in enumerate(found.new)
    ]
    ctx.session.add_all(made)
    ctx.session.flush()
    index_records(ctx, Subject.SUPPLIER, {row.id: keeping.texts(row) for row in made})
    one = len(made) == 1
    told = f"{len(made):,} supplier{' is' if one else 's are'} kept." if made else "No supplier of the file is new."
    left = (
        f" {found.known:,} {'was' if found.known == 1 else 'were'} there and stay as they are." if found.known else ""
    )
    return Loaded(made[0].id if made else 0, told + left, count=len(made))
