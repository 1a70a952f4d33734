"""What may stop collections and instructions, read in a fixed number of statements however many there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Exists, Row, Select, func, or_, select
from sqlalchemy.orm import aliased

from app.models.accounts import Account
from app.models.arrangements import Arrangement, ArrangementDebt
from app.models.direct_debits.cases import DebitCase
from app.models.direct_debits.mandates import Instruction, Mandate
from app.models.direct_debits.runs import DebitRun, DebitRunLine
from app.models.direct_debits.schedules import Collection, CollectionShare, SchedulePart
from app.models.people import Person, Tenant
from app.models.properties import RentGroup
from app.models.tenancies import Tenancy
from app.models.values import (
    ArrangementState,
    BacsCode,
    DebitCaseKind,
    DebitCaseState,
    InstructionState,
    LeftOut,
    PartKind,
    Stop,
)
from app.services.bacs import rules as bacs_rules
from app.services.core import access
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.direct_debits.mandates.rules import BEGIN
from app.services.direct_debits.notices import queries as notices
from app.services.direct_debits.runs import rules
from app.services.holds.queries import stopped_select, stops

_ARREARS: Final = (PartKind.BALANCE, PartKind.ARRANGEMENT)
_OPEN: Final = (DebitCaseState.OPEN, DebitCaseState.CHALLENGED)
Ids = Select[int]
"""A select of ids, for a condition in SQL."""
Found = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is so of mandates, by their ids; what is empty of one doesn't stop it."""

    died: dict[int, str]
    ended: dict[int, str]
    claims: dict[int, str]


@dataclass(frozen=True, slots=True)
class Amounts:
    """What is so of collections, by their ids: their shares, the holds on arrears in them, and wants of notice."""

    shares: dict[int, int]
    stopped: dict[int, str]
    unfit: dict[int, LeftOut]


def collections(ctx: Context, wanted: Any) -> list[Found]:
    """The collections that fit a condition, with their mandates; `where` is on `Collection`.

    `first_due_on` is the day of the first of those that are presented again, at most three times by policy.
    """
    before, earlier, first = aliased(Collection), aliased(Collection), aliased(Collection)
    rows = (
        select(
            Collection.id,
            func.coalesce(first.due_on, earlier.due_on, before.due_on).label("first_due_on"),
            Collection.mandate_id,
            Collection.kind,
            Collection.due_on,
            Collection.pence,
            Collection.noticed_on,
            Collection.noticed_due_on,
            Collection.noticed_pence,
            *_MANDATE,
        )
        .join(Mandate, Mandate.id == Collection.mandate_id)
        .join(Account, Account.id == Mandate.account_id)
        .outerjoin(RentGroup, RentGroup.id == Account.rent_group_id)
        .outerjoin(before, before.id == Collection.again_of)
        .outerjoin(earlier, earlier.id == before.again_of)
        .outerjoin(first, first.id == earlier.again_of)
        .where(wanted)
        .order_by(Collection.due_on, Collection.id)
    )
    return list(ctx.session.execute(rows))


def instructions(ctx: Context, wanted: Any) -> list[Found]:
    """The instructions that fit a condition, with their mandates, in the order in which they were asked for."""
    rows = (
        select(Instruction.id, Instruction.mandate_id, Instruction.bank_id, Instruction.code, *_MANDATE)
        .join(Mandate, Mandate.id == Instruction.mandate_id)
        .join(Account, Account.id == Mandate.account_id)
        .outerjoin(RentGroup, RentGroup.id == Account.rent_group_id)
        .where(wanted)
        .order_by(Instruction.place, Instruction.id)
    )
    return list(ctx.session.execute(rows))


_MANDATE: Final = (
    Mandate.reference,
    Mandate.state,
    Mandate.state_why,
    Mandate.payer_name,
    Mandate.collect_from,
    Mandate.first_collected_on,
    Mandate.account_id,
    Account.payment_reference,
    RentGroup.code.label("rent_group"),
)


def circumstances(ctx: Context, mandates: Ids, pays: Select[*tuple[int, int]], on: date) -> Circumstances:
    """What is so of some mandates on a day; `pays`: (mandate, account) of what they pay."""
    claims = select(DebitCase.mandate_id, DebitCase.number).where(
        DebitCase.kind == DebitCaseKind.INDEMNITY, DebitCase.state.in_(_OPEN), DebitCase.mandate_id.in_(mandates)
    )
    told = {mandate: f"Case {number}: the payer claims under the Guarantee." for mandate, number in _pairs(ctx, claims)}
    return Circumstances(_died(ctx, mandates, on), _ended(ctx, pays, on), told)


def money(ctx: Context, these: Ids, first: date) -> Amounts:
    """What is so of some collections, the first of which moves its money on a day."""
    shares = (
        select(CollectionShare.collection_id, func.sum(CollectionShare.pence))
        .where(CollectionShare.collection_id.in_(these))
        .group_by(CollectionShare.collection_id)
    )
    found = {collection: int(pence) for collection, pence in _pairs(ctx, shares)}
    return Amounts(found, _stopped(ctx, these, first), notices.unfit(ctx, list(ctx.session.scalars(these))))


def _died(ctx: Context, mandates: Ids, on: date) -> dict[int, str]:
    payers = select(Mandate.id, Person.died_on).join(Person, Person.id == Mandate.person_id)
    found = {
        mandate: f"The payer died on {rules.spelt(died)}."
        for mandate, died in _pairs(ctx, payers.where(Person.died_on.is_not(None), Mandate.id.in_(mandates)))
    }
    alive = (
        select(Tenant.tenancy_id)
        .join(Person, Person.id == Tenant.person_id)
        .where(Person.died_on.is_(None), or_(Tenant.to_on.is_(None), Tenant.to_on >= on))
    )
    dead = select(Tenant.tenancy_id).join(Person, Person.id == Tenant.person_id).where(Person.died_on.is_not(None))
    nobody = (
        select(Mandate.id)
        .join(Account, Account.id == Mandate.account_id)
        .where(Mandate.id.in_(mandates), Account.tenancy_id.in_(dead), Account.tenancy_id.not_in(alive))
    )
    for mandate in ctx.session.scalars(nobody):
        found.setdefault(mandate, "Nobody who holds the tenancy is alive.")
    return found


def _ended(ctx: Context, pays: Select[*tuple[int, int]], on: date) -> dict[int, str]:
    """Mandates that pay for an ended tenancy without an arrangement off what is owed there."""
    live = Arrangement.state == ArrangementState.LIVE
    own = select(Arrangement.account_id).where(live)
    covered = select(ArrangementDebt.account_id).join(Arrangement, Arrangement.id == ArrangementDebt.arrangement_id)
    paid = pays.subquery()
    rows = (
        select(paid.c[0], Account.payment_reference, Tenancy.end_on)
        .join(Account, Account.id == paid.c[1])
        .join(Tenancy, Tenancy.id == Account.tenancy_id)
        .where(Tenancy.end_on < on, Account.id.not_in(own), Account.id.not_in(covered.where(live)))
        .order_by(Account.id)
    )
    return {
        mandate: f"The tenancy of {reference or 'an account'} ended on {rules.spelt(ended)}; no arrangement is in force."
        for mandate, reference, ended in ctx.session.execute(rows)
    }


def _stopped(ctx: Context, these: Ids, on: date) -> dict[int, str]:
    """Collections in which there is something towards arrears that may not be collected; of what no schedule plans, all is."""
    part = (
        select(SchedulePart.schedule_id)
        .where(
            SchedulePart.schedule_id == Collection.schedule_id,
            SchedulePart.account_id == CollectionShare.account_id,
            SchedulePart.kind.in_(_ARREARS),
            SchedulePart.pence > 0,
        )
        .exists()
    )
    rows = (
        select(Collection.id, CollectionShare.account_id)
        .join(CollectionShare, CollectionShare.collection_id == Collection.id)
        .where(
            Collection.id.in_(these),
            CollectionShare.pence > 0,
            CollectionShare.account_id.in_(stopped_select(ctx, Stop.ARREARS_COLLECTION, on)),
            or_(Collection.schedule_id.is_(None), part),
        )
    )
    found = _pairs(ctx, rows)
    held = stops(ctx, {account for _collection, account in found}, Stop.ARREARS_COLLECTION, on)
    return {
        collection: f"It takes something off the arrears, which is stopped: {held[account].reason}"
        for collection, account in found
        if account in held
    }


def moved() -> Exists:
    """The condition of lines whose mandate was set up at another bank since: nothing was collected there by them."""
    return (
        select(Instruction.id)
        .where(
            Instruction.mandate_id == DebitRunLine.mandate_id,
            Instruction.bank_id > DebitRunLine.bank_id,
            Instruction.code.in_(sorted(BEGIN)),
        )
        .correlate(DebitRunLine)
        .exists()
    )


def begun(ctx: Context, but_run: int | None = None) -> frozenset[int]:
    """The mandates whose first collection (code 01) is in a run that goes on."""
    first = (
        select(DebitRunLine.mandate_id)
        .join(DebitRun, DebitRun.id == DebitRunLine.run_id)
        .where(
            DebitRunLine.code == BacsCode.FIRST,
            DebitRunLine.refused_words.is_(None),
            ~moved(),
            DebitRun.state.in_(rules.LIVE),
        )
    )
    return frozenset(ctx.session.scalars(first if but_run is None else first.where(DebitRun.id != but_run)))


@lru_cache(maxsize=65_536)
def reference_fault(reference: str) -> tuple[str, str]:
    """A reference as a file has it, and why it can't be put there; empty if it can."""
    try:
        return bacs_rules.core_reference(reference), ""
    except UserError as error:
        return "", error.message


def hidden(ctx: Context) -> frozenset[int]:
    """The accounts whose payers are not named in lists."""
    return access.restricted_accounts(ctx)


def waiting() -> Any:
    """The condition of instructions that a run may take."""
    return Instruction.state == InstructionState.WAITING


def _pairs(ctx: Context, rows: Any) -> list[tuple[Any, Any]]:
    return [(row[0], row[1]) for row in ctx.session.execute(rows)]
