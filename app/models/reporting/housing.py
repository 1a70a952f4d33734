"""Views of tenancies and what is collected from them: arrears, tenancies, Direct Debits, adjustments and the rent calendar."""

from __future__ import annotations

from sqlalchemy import and_, func, select

from app.models.reporting.declared import (
    MASKED,
    Shown,
    View,
    day_of,
    money,
    officer,
    restricted,
    restricted_tenancies,
    table,
    total,
    unless,
    view,
    yes,
)
from app.models.reporting.weeks import rent_week

_A, _E, _CODE = table("account"), table("entry"), table("transaction_code")
_GROUP, _TENANCY, _PROPERTY = table("rent_group"), table("tenancy"), table("property")


def _arrears() -> View:
    shut = restricted()
    hidden = shut.c.account_id
    plan, charge = table("arrangement"), table("charge")
    paid = (
        select(func.max(_E.c.effective_on))
        .join(_CODE, _CODE.c.code == _E.c.code)
        .where(_E.c.account_id == _A.c.id, _CODE.c.kind == "receipt", _E.c.pence < 0)
        .scalar_subquery()
    )
    weekly = (
        select(total(charge.c.amount_pence))
        .where(charge.c.account_id == _A.c.id, charge.c.to_on.is_(None))
        .scalar_subquery()
    )
    agreed = select(plan.c.id).where(plan.c.account_id == _A.c.id, plan.c.state == "live").exists()
    return view(
        "arrears",
        "one account that owes something now",
        "Accounts of tenants, former tenants, garages and leases with a debit balance.",
        [
            Shown("account_id", _A.c.id, "The account, as in report_account."),
            Shown("account_kind", _A.c.kind, "The kind of account."),
            Shown("rent_group", _GROUP.c.code, "The code of its rent group, where it has one."),
            Shown("payment_reference", unless(hidden, _A.c.payment_reference), f"The payment reference. {MASKED}"),
            Shown("tenancy", unless(hidden, _TENANCY.c.ref), f"The reference of its tenancy. {MASKED}"),
            Shown("tenancy_ended_on", _TENANCY.c.end_on, "The day its tenancy ended, if it has."),
            Shown("payment_method", _TENANCY.c.payment_method, "How the tenant said that they pay."),
            *money("owed", _A.c.balance_pence, "What is owed now."),
            *money("weekly", weekly, "The standing charges for a week that have no last day."),
            Shown("last_paid_on", paid, "The day of the last money in."),
            Shown("arrangement", yes(agreed), "1 where an arrangement to repay stands."),
        ],
        lambda found: found.select_from(
            _A.outerjoin(_GROUP, _GROUP.c.id == _A.c.rent_group_id)
            .outerjoin(_TENANCY, _TENANCY.c.id == _A.c.tenancy_id)
            .outerjoin(shut, hidden == _A.c.id)
        ).where(_A.c.balance_pence > 0, _A.c.kind != "control"),
    )


def _tenancy() -> View:
    shut = restricted_tenancies()
    hidden = shut.c.tenancy_id
    tenant = table("tenant")
    people = select(func.count()).where(tenant.c.tenancy_id == _TENANCY.c.id, tenant.c.to_on.is_(None))
    balance = select(total(_A.c.balance_pence)).where(_A.c.tenancy_id == _TENANCY.c.id).scalar_subquery()
    return view(
        "tenancy",
        "one tenancy, lease or licence, current or ended",
        "Tenancies without anybody's name: what is let, on what terms, since when, and what all its accounts come to.",
        [
            Shown("tenancy", unless(hidden, _TENANCY.c.ref), f"The reference of the tenancy. {MASKED}"),
            Shown("property", unless(hidden, _PROPERTY.c.ref), f"The reference of the property. {MASKED}"),
            Shown("property_type", _PROPERTY.c.type, "What is let."),
            Shown("bedrooms", unless(hidden, _PROPERTY.c.bedrooms), f"How many bedrooms. {MASKED}"),
            Shown("area", unless(hidden, _PROPERTY.c.area), f"The landlord's name for the area or estate. {MASKED}"),
            Shown("rent_group", _GROUP.c.code, "The code of its rent group."),
            Shown("tenure", _TENANCY.c.tenure, "On what terms it is let."),
            Shown("start_on", _TENANCY.c.start_on, "Its first day."),
            Shown("end_on", _TENANCY.c.end_on, "Its last day; empty while it goes on."),
            Shown("payment_method", _TENANCY.c.payment_method, "How the tenant said that they pay."),
            Shown("tenants", people.scalar_subquery(), "How many people hold it."),
            *money("balance", balance, "What all its accounts come to; a credit is negative."),
            Shown("restricted", yes(hidden.is_not(None)), "1 for a restricted record, whose references are left out."),
        ],
        lambda found: found.select_from(
            _TENANCY.join(_PROPERTY, _PROPERTY.c.id == _TENANCY.c.property_id)
            .join(_GROUP, _GROUP.c.id == _PROPERTY.c.rent_group_id)
            .outerjoin(shut, hidden == _TENANCY.c.id)
        ),
    )


def _direct_debit() -> View:
    mandate, plan = table("mandate"), table("debit_schedule")
    return view(
        "direct_debit",
        "one Direct Debit mandate",
        "Mandates and what is collected by them, without bank details, payers and references.",
        [
            Shown("mandate_id", mandate.c.id, "The number of the mandate."),
            Shown("account_id", mandate.c.account_id, "The account that it is on, as in report_account."),
            Shown("way", mandate.c.way, "How it was given."),
            Shown("state", mandate.c.state, "How it stands."),
            Shown("state_on", mandate.c.state_on, "Since when."),
            Shown("given_on", mandate.c.given_on, "The day it was given."),
            Shown("lodged_on", mandate.c.lodged_on, "The day it was lodged with the bank."),
            Shown("first_collected_on", mandate.c.first_collected_on, "The day of the first collection."),
            Shown("frequency", plan.c.frequency, "How often it is collected by its current schedule."),
            Shown("day", plan.c.day, "On which day."),
            *money("collection", plan.c.pence, "What each collection of the current schedule comes to."),
        ],
        lambda found: found.select_from(
            mandate.outerjoin(plan, and_(plan.c.mandate_id == mandate.c.id, plan.c.state == "current"))
        ),
    )


def _collection() -> View:
    one, run, mandate = table("collection"), table("debit_run"), table("mandate")
    return view(
        "direct_debit_collection",
        "one collection that was planned or made",
        "Collections by Direct Debit with what became of them.",
        [
            Shown("collection_id", one.c.id, "The number of the collection."),
            Shown("mandate_id", one.c.mandate_id, "The mandate, as in report_direct_debit."),
            Shown("account_id", mandate.c.account_id, "The account that the mandate is on, as in report_account."),
            Shown("kind", one.c.kind, "What kind of collection it is."),
            Shown("state", one.c.state, "What became of it."),
            Shown("due_on", one.c.due_on, "The day it is due."),
            *money("amount", one.c.pence, "What is collected."),
            Shown("run", run.c.number, "The number of the run that it is in."),
            Shown("returned_on", one.c.returned_on, "The day the bank returned it, if it did."),
            Shown("return_code", one.c.return_code, "The bank's code for why."),
        ],
        lambda found: found.select_from(
            one.join(mandate, mandate.c.id == one.c.mandate_id).outerjoin(run, run.c.id == one.c.run_id)
        ),
    )


def _adjustment() -> View:
    batch, line = table("adjustment"), table("adjustment_line")
    kind, reason = table("adjustment_kind"), table("adjustment_reason")
    maker, approver = officer("maker"), officer("approver")
    return view(
        "adjustment",
        "one line of one adjustment",
        "What officers adjusted, by whom and why, from the draft on. What was typed is left out.",
        [
            Shown("number", batch.c.number, "The number of the adjustment."),
            Shown("line", line.c.place, "The number of the line in it."),
            Shown("state", batch.c.state, "How the adjustment stands."),
            Shown("account_id", line.c.account_id, "The account, as in report_account."),
            Shown("kind", kind.c.title, "The kind of adjustment."),
            Shown("code", line.c.code, "Its transaction code."),
            Shown("reason", reason.c.title, "The reason that was chosen."),
            *money("amount", line.c.pence, "A debit is positive, a credit negative."),
            Shown("effective_on", line.c.effective_on, "The day that it belongs to."),
            Shown("made_by", maker.c.name, "The officer who made it."),
            Shown("made_at", batch.c.made_at, "When, in UTC."),
            Shown("approved_by", approver.c.name, "The officer who approved it, where one had to."),
            Shown("posted_on", day_of(batch.c.posted_at), "The day it was posted."),
            Shown("journal", batch.c.journal, "The journal that it was posted in."),
            Shown("reversal_journal", batch.c.reversal_journal, "The journal that took it back, if one did."),
        ],
        lambda found: found.select_from(
            line.join(batch, batch.c.id == line.c.adjustment_id)
            .join(kind, kind.c.key == line.c.kind)
            .join(reason, reason.c.key == line.c.reason)
            .join(maker, maker.c.id == batch.c.made_by)
            .outerjoin(approver, approver.c.id == batch.c.approved_by)
        ),
    )


def views() -> list[View]:
    """The views of tenancies."""
    return [_arrears(), _tenancy(), _direct_debit(), _collection(), _adjustment(), rent_week()]
