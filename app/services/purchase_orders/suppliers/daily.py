"""What is done of suppliers each day: a task about each contract that ends soon, so that another is made in time."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import select

from app.models.diary import Task
from app.models.values import Subject
from app.services.core import officers
from app.services.core.changes import Changes
from app.services.core.clock import midnight
from app.services.core.context import Context
from app.services.core.permissions import Permission, requires
from app.services.diary import keeping as diary
from app.services.diary.daily import register as plug_in
from app.services.diary.dto import NewTask
from app.services.purchase_orders.suppliers import queries
from app.services.purchase_orders.suppliers.contracts_dto import ContractRow
from app.services.purchase_orders.suppliers.dto import AREAS
from app.services.purchase_orders.suppliers.rules import spelt

KIND: Final = "contract_ends"
_IN_DAYS: Final = 10


def register() -> None:
    """Plug it in."""
    plug_in("supplier contracts", run)


@requires(Permission.KEEP_TASKS)
def run(ctx: Context) -> Changes:
    """Make a task of each contract that ends soon and has none; a second time makes nothing."""
    ending = queries.ending(ctx)
    if not ending:
        return Changes(frozenset())
    since = min(each.ends_on - timedelta(days=each.warn_days) for each in ending)
    made = select(Task.title).where(Task.kind == KIND, Task.created_at >= midnight(since))
    known = set(ctx.session.scalars(made))
    due = diary.due_in(ctx, _IN_DAYS)
    here = {each.id for each in officers.working(ctx.session)}
    for each in ending:
        title = _title(each)
        if title not in known:
            details = (
                f"{each.title}. {each.ordered} of {each.value} was ordered under it. Renew it, or buy anew in time."
            )
            holder = each.holder_id if each.holder_id in here else None
            about = (Subject.SUPPLIER, each.supplier_id, KIND)
            diary.add_task(ctx, NewTask(title, due, details, *about, officer_id=holder))
    return Changes(AREAS | {"diary"})


def _title(each: ContractRow) -> str:
    return f"Contract {each.number} of {each.supplier} ends on {spelt(each.ends_on)}"[:200]
