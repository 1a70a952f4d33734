"""The bank accounts of mandates as a file has them, opened, and which of them no run has taken yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import aliased

from app.models.direct_debits.mandates import MandateBank
from app.models.direct_debits.runs import DebitRun, DebitRunLine
from app.models.values import Verdict
from app.services.bacs import keeping as bacs
from app.services.bacs import rules as bacs_rules
from app.services.bacs.dto import Destination
from app.services.core.context import Context
from app.services.core.errors import NotAllowed, UserError
from app.services.direct_debits.runs import rules

Found = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True, repr=False)
class Bank:
    """The bank account of a mandate as a file has it; it has no readable form.

    Attributes:
        fault: why it can't be put in a file; empty if it can.
        amended: it took the place of another, and no run has taken it yet.
    """

    bank_id: int
    destination: Destination | None
    name: str
    last_two: str
    amended: bool
    fault: str = ""


def of(ctx: Context, wanted: Any) -> Iterator[tuple[Found, Bank]]:
    """The bank accounts that fit a condition on `MandateBank`, opened for a file, in the order of their ids.

    Whoever makes the file audits it.

    Raises:
        NotAllowed: the key that opens them isn't at this desk.
    """
    rows = ctx.session.execute(
        select(
            MandateBank.id,
            MandateBank.mandate_id,
            MandateBank.sealed,
            MandateBank.holder,
            MandateBank.last_two,
            MandateBank.verdict,
            MandateBank.from_on,
            MandateBank.to_on,
        )
        .where(wanted)
        .order_by(MandateBank.id)
    ).all()
    unseal = bacs.opener(ctx.session)
    new = amended(ctx, wanted)
    return ((row, _bank(row, unseal, amended=row.id in new)) for row in rows)


def amended(ctx: Context, wanted: Any, before_run: int | None = None) -> frozenset[int]:
    """Those of the bank accounts that took the place of another and that no run took yet, or none before a run."""
    earlier = aliased(MandateBank)
    other = select(earlier.id).where(earlier.mandate_id == MandateBank.mandate_id, earlier.id < MandateBank.id).exists()
    taken = (
        select(DebitRunLine.bank_id)
        .join(DebitRun, DebitRun.id == DebitRunLine.run_id)
        .where(DebitRunLine.bank_id == MandateBank.id, DebitRun.state.not_in(rules.DEAD))
    )
    if before_run is not None:
        taken = taken.where(DebitRun.id < before_run)
    return frozenset(ctx.session.scalars(select(MandateBank.id).where(wanted, other, ~taken.exists())))


def written(holder: str) -> str:
    """The name on an account as a file has it; empty where nothing of it can be written."""
    return bacs_rules.bacs_text(holder)[: bacs_rules.NAME_LENGTH].rstrip()


def _bank(row: Found, unseal: Callable[[str, bytes | None], Destination], *, amended: bool) -> Bank:
    name = written(row.holder)
    fault, destination = "", None
    try:
        destination = unseal(f"mandate_bank:{row.id}", row.sealed)
    except NotAllowed:
        raise
    except UserError as error:
        fault = error.message
    if row.verdict is Verdict.INVALID:
        fault = "The modulus check refuses the account number."
    elif not any(each.isalnum() for each in name):
        fault = "Nothing of the name on the account can be written in a Bacs file."
    return Bank(row.id, destination, name, row.last_two, amended, fault)
