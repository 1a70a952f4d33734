"""Keeping the register of meters."""

from __future__ import annotations

from sqlalchemy import select

from app.models.purchase_orders.budgets import CostCentre, SubjectiveCode
from app.models.purchase_orders.meters import UtilityMeter
from app.models.values import Subject
from app.services.core import access
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError, UserErrors
from app.services.core.permissions import Permission, requires
from app.services.core.records import record
from app.services.core.versions import refuse_old
from app.services.purchase_orders.invoices.dto import ChangedMeter, NewMeter
from app.services.purchase_orders.invoices.dto.listed import CHANGED
from app.services.purchase_orders.suppliers import keeping as suppliers

_LENGTHS = {"account_number": 40, "meter": 40, "site": 120}


@requires(Permission.LOG_INVOICES)
def keep(ctx: Context, new: NewMeter) -> tuple[int, Changes]:
    """Add a meter; returns it.

    Raises:
        UserErrors: fields have faults.
        UserError: the supplier has this meter already.
    """
    row = UtilityMeter()
    _write(ctx, row, new)
    return row.id, CHANGED


@requires(Permission.LOG_INVOICES)
def change(ctx: Context, changed: ChangedMeter) -> Changes:
    """Change a meter, or take it out of use.

    Raises:
        ChangedMeanwhile: somebody changed it since.
        UserErrors: fields have faults.
    """
    row = record(ctx, UtilityMeter, changed.meter_id, "meter")
    refuse_old(row.version, changed.version)
    row.active = changed.active
    _write(ctx, row, changed.new)
    return CHANGED


def _write(ctx: Context, row: UtilityMeter, new: NewMeter) -> None:
    suppliers.supplier(ctx, new.supplier_id)
    record(ctx, CostCentre, new.cost_centre_id, "cost centre")
    record(ctx, SubjectiveCode, new.subjective_id, "subjective code")
    if new.property_id is not None:
        access.touch_subject(ctx, Subject.PROPERTY, new.property_id)
    faults = []
    for field, longest in _LENGTHS.items():
        text = " ".join(getattr(new, field).split())
        if not text or len(text) > longest:
            said = field.replace("_", " ")
            faults.append(UserError(f"Give the {said}, in up to {longest} characters.", field=field))
        refuse_card_number(ctx, text, field.replace("_", " "), field)
        setattr(row, field, text)
    if faults:
        raise UserErrors(faults)
    with ctx.session.no_autoflush:
        same = select(UtilityMeter.id).where(
            UtilityMeter.supplier_id == new.supplier_id, UtilityMeter.meter == row.meter
        )
        standing = ctx.session.scalars(same).first()
    if standing is not None and standing != row.id:
        raise UserError(f"The supplier has meter {row.meter} already.", "Change that one.", "meter")
    row.supplier_id, row.kind = new.supplier_id, new.kind
    row.cost_centre_id, row.subjective_id = new.cost_centre_id, new.subjective_id
    row.property_id, row.registered_on = new.property_id, new.registered_on
    ctx.session.add(row)
    ctx.session.flush()
