"""The checklist of a life event on paper: the evidence of what was decided, by whom and when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.models.accounts import Account
from app.models.values import Subject
from app.services.core.context import Context
from app.services.diary.keeping import written
from app.services.documents import keeping as documents
from app.services.documents.dto import NewLink
from app.services.exports.dto import Column, Table
from app.services.exports.files import safe_name
from app.services.exports.pdf import pdf_bytes
from app.services.tenancies import keeping
from app.services.tenancies.life_events import rules
from app.services.tenancies.life_events.checklists import checklist
from app.services.tenancies.life_events.dto import Checklist, Choice

KIND: Final = "life_event"
"""The kind of the document's links."""
_COLUMNS: Final = (
    Column("What hangs on them", width=52),
    Column("Account", width=16),
    Column("Decided", width=12),
    Column("What came of it", width=52),
    Column("Done", width=24),
)
_CHOICES: Final = {
    Choice.STOP: "Stopped",
    Choice.MOVE: "Moved",
    Choice.KEEP: "Kept",
    Choice.DO: "Done",
    Choice.LATER: "Later",
}


def keep(ctx: Context, event_id: int, tenancy_ids: Sequence[int]) -> None:
    """Draw the checklist as it stands and keep it on the main account of each of these tenancies."""
    shown = checklist(ctx, event_id)
    content = pdf_bytes(_table(ctx, shown))
    sha256 = documents.put(ctx, content, "application/pdf")
    title = f"{rules.WORDS[shown.row.kind]}: checklist of {written(ctx.clock.today())}"
    for account in _main_accounts(ctx, tenancy_ids):
        name = safe_name(f"{title} {account.payment_reference or account.id}") + ".pdf"
        documents.link(ctx, sha256, NewLink(Subject.ACCOUNT, account.id, KIND, title, name))


def open_steps(ctx: Context, event_id: int) -> int:
    """How many steps of an event somebody has still to see to."""
    return checklist(ctx, event_id).row.open_steps


def _main_accounts(ctx: Context, tenancy_ids: Sequence[int]) -> list[Account]:
    return [found[0] for tenancy_id in tenancy_ids if (found := keeping.accounts_of(ctx, tenancy_id))]


def _table(ctx: Context, shown: Checklist) -> Table:
    row = shown.row
    stamps = [
        f"{rules.WORDS[row.kind]} on {written(row.happened_on)}; told on {written(row.told_on)}"
        + (f" by {shown.told_by}" if shown.told_by else ""),
        f"Noted by {row.made_by} on {written(shown.made_at.date())}",
        f"{row.steps - row.open_steps} of {row.steps} seen to by {written(ctx.clock.today())}",
    ]
    rows = [
        (
            step.what,
            step.reference,
            _CHOICES[step.choice],
            step.outcome,
            f"{written(step.done_at.date())}, {step.done_by}" if step.done_at else "not yet",
        )
        for step in shown.steps
    ]
    return Table(f"Checklist: {rules.WORDS[row.kind].lower()}", tuple(stamps), _COLUMNS, rows)
