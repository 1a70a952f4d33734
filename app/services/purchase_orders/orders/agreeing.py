"""An agreement that is amended: the most that may be called off it, and until when. Each amendment is a version of it.

More, or for longer, is approved again by somebody whose limit covers the new most; less, or for a shorter time, stands at once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from app.models.purchase_orders.orders import OrderVersion, PurchaseOrder
from app.models.values import (
    BlockScope,
    LimitKind,
    Money,
    OrderEvent,
    OrderKind,
    OrderState,
    OrderVersionState,
    PurchaseVat,
    Subject,
)
from app.services.approvals import keeping as approvals
from app.services.approvals.dto import Detail, NewRequest, Payload
from app.services.approvals.kinds import ApprovalKind
from app.services.approvals.kinds import register as register_kind
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.purchase_orders import amounts
from app.services.purchase_orders.orders import amending, bands, keeping, planning, quoting, rising, versions
from app.services.purchase_orders.orders.dto import AREAS, AmendAgreement, BandOf
from app.services.purchase_orders.suppliers import keeping as suppliers
from app.services.purchase_orders.suppliers.rules import spelt

KIND: Final = "agreement_amendment"


@dataclass(frozen=True, slots=True)
class Plan:
    """What an amendment of an agreement would do.

    Attributes:
        most, until: as they would be; before VAT, and the last day.
        rises: it is for more, or for longer, so it is approved again.
        changes: what changes, a sentence each.
        wanting: what standing orders want before it may be so, a sentence each.
    """

    most: Money
    until: date
    rises: bool
    changes: tuple[str, ...]
    band: BandOf
    wanting: tuple[str, ...]

    @property
    def why(self) -> str:
        """Why it is approved again, or isn't, as a sentence."""
        if self.rises:
            return "It is for more or for longer than was approved, so it is approved again."
        return "It is for less than was approved, so it needs no approval."


def register() -> None:
    """Plug the kind in."""
    register_kind(
        ApprovalKind(
            KIND,
            "Amendment of an agreement",
            Permission.APPROVE_ORDERS,
            _apply,
            _details,
            LimitKind.ORDER,
            amending.ended,
            amending.took,
        )
    )


def plan(ctx: Context, row: PurchaseOrder, wanted: AmendAgreement) -> Plan:
    """What an amendment of an agreement would do.

    Raises:
        UserError: it isn't an open agreement, an amendment waits, more was called off already, its last day is over, or nothing
            changes.
    """
    number = keeping.number_of(ctx, row)
    if row.kind is not OrderKind.AGREEMENT or row.state is not OrderState.OPEN:
        raise UserError(f"{number} isn't an open agreement.", "An order is amended line by line.")
    if planning.waiting(ctx, row.id) is not None:
        raise UserError("An amendment of it waits for approval already.", "Have that one decided first.")
    return _planned(ctx, row, wanted.most.pence, wanted.until_on)


def propose(ctx: Context, row: PurchaseOrder, found: Plan, reason: str) -> OrderVersion:
    """Keep an amendment of an agreement: for less it stands at once, else it waits for approval.

    Raises:
        UserError: its supplier is blocked, standing orders want quotations first, or the office has one officer.
    """
    _refuse(ctx, row, found)
    number = versions.next_number(ctx, row)
    state = OrderVersionState.WAITING if found.rises else OrderVersionState.APPROVED
    told = f"{' '.join(found.changes)} {reason}"
    made = versions.of_agreement(ctx, row, number, state, told[: keeping.MOST_WORDS], found.most.pence)
    keeping.step(ctx, row.id, OrderEvent.AMENDED, f"Version {number}: {told}")
    if not found.rises:
        made.approved_at = ctx.clock.now()
        _carry_out(ctx, row, made, found)
        return made
    made.request_id = approvals.ask(
        ctx,
        NewRequest(
            kind=KIND,
            subject=Subject.PURCHASE_ORDER,
            subject_id=row.id,
            summary=f"Agreement {keeping.number_of(ctx, row)}: up to {found.most} until {spelt(found.until)}",
            reason=reason,
            payload={
                "order_id": row.id,
                "version_id": made.id,
                "most": found.most.pence,
                "until": found.until.isoformat(),
            },
            total=found.band.counted,
            chain=f"order_version:{made.id}",
        ),
    )
    return made


def _planned(ctx: Context, row: PurchaseOrder, most: int, until: date) -> Plan:
    called = keeping.called_off(ctx, row.id)
    if most <= 0 or most < called:
        words = f"{Money(called)} is called off already." if called else "An agreement is for more than nothing."
        raise UserError(words, "Give at least that, before VAT; or cancel what is left of it.", "most")
    if until < ctx.clock.today():
        raise UserError("Its last day can't be over.", "Give a day to come, or cancel what is left of it.", "until_on")
    was, before = row.most_pence or 0, row.until_on or until
    changes: list[str] = []
    if most != was:
        changes.append(f"At most {Money(was)} becomes {Money(most)}.")
    if until != before:
        changes.append(f"Until {spelt(before)} becomes until {spelt(until)}.")
    if not changes:
        raise UserError("Nothing of the agreement is changed.", "Change its most or its last day.", "most")
    now = rising.Procured(_band(ctx, row, was), _band(ctx, row, most), ())
    wanting = quoting.wanting(ctx, row, now.after) if now.higher else ()
    return Plan(Money(most), until, most > was or until > before, tuple(changes), now.after, wanting)


def _band(ctx: Context, row: PurchaseOrder, most: int) -> BandOf:
    """The band of an agreement with VAT at the standard rate, as `bands.of` has it."""
    vat = amounts.vat(most, amounts.vat_rate(ctx, PurchaseVat.STANDARD, ctx.clock.today()))
    exempt = bands.exempt(ctx, replace(bands.procured(row), net=most))
    return bands.of_amount(ctx, row.category_id, most, vat, exempt)


def _refuse(ctx: Context, row: PurchaseOrder, found: Plan) -> None:
    if not found.rises:
        return
    suppliers.refuse_blocked(ctx, row.supplier_id or 0, BlockScope.ORDERS, ctx.clock.today())
    if found.wanting:
        hint = " ".join(found.wanting[1:]) or "Record what lacks under its quotations, then amend it."
        raise UserError(found.wanting[0], hint, "quotations")


def _carry_out(ctx: Context, row: PurchaseOrder, version: OrderVersion, found: Plan) -> None:
    row.current, row.most_pence, row.until_on = version.number, found.most.pence, found.until
    row.band = found.band.title[:40]
    ctx.session.flush()


def _apply(ctx: Context, payload: Payload) -> Changes:
    row, version = amending.both(ctx, payload)
    if row.state is not OrderState.OPEN:
        raise UserError(f"The agreement is {row.state.value}, so it can't be amended.", "Refuse the amendment.")
    found = _read(ctx, row, payload)
    _refuse(ctx, row, found)
    keeping.changing(ctx, row.id)
    version.state = OrderVersionState.APPROVED
    version.approved_by, version.approved_at = ctx.officer.id, ctx.clock.now()
    _carry_out(ctx, row, version, found)
    keeping.step(ctx, row.id, OrderEvent.APPROVED, f"Version {version.number}")
    return Changes(AREAS)


def _details(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    row, _ = amending.both(ctx, payload)
    found = _read(ctx, row, payload)
    return (
        Detail("Agreement", "", f"{keeping.number_of(ctx, row)}: {row.title}"),
        Detail("Supplier", "", suppliers.supplier(ctx, row.supplier_id or 0).name),
        Detail("At most, before VAT", str(Money(row.most_pence or 0)), str(found.most)),
        Detail("Until", spelt(row.until_on) if row.until_on else "", spelt(found.until)),
        Detail("Called off so far", "", str(Money(keeping.called_off(ctx, row.id)))),
        Detail("Standing orders", "", " ".join((f"{found.band.title}.", *found.band.reasons, *found.wanting))),
        *quoting.told(ctx, row, found.most.pence),
    )


def _read(ctx: Context, row: PurchaseOrder, payload: Payload) -> Plan:
    most, until = payload["most"], payload["until"]
    assert isinstance(most, int)
    assert isinstance(until, str)
    return _planned(ctx, row, most, date.fromisoformat(until))
