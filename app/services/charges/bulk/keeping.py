"""Rehearsing and applying a bulk change, for its commands and for the approval that carries it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import func, insert, select, update

from app.models.charges import Charge, ChargeChange, ChargeChangeLine
from app.models.values import ChargeChangeState, LimitKind, Money, Subject
from app.services.benefits.keeping import rent_changed
from app.services.charges.bulk import resolving, rules, sql
from app.services.charges.bulk.dto import Applied, Apply, BulkRule, NewChange, SheetRead
from app.services.charges.differences import charged_mondays, differences, post_differences
from app.services.charges.elements.checking import charge_codes
from app.services.charges.notices import keeping as notices
from app.services.charges.notices.rules import serve_by
from app.services.charges.weeks import number
from app.services.core import audit
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError, UserErrors
from app.services.core.limits import limit_of
from app.services.documents.dto import NewLink
from app.services.documents.keeping import link, put

AREAS: Final = frozenset({"rent", "charges", "ledger", "diary"})
_LONGEST_NAME: Final = 120
_MOST_FAULTS: Final = 20
_MEDIA: Final = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
}
NO_NOTICE: Final = "No notice of it was served in time."


def found(ctx: Context, change_id: int) -> ChargeChange:
    """A bulk change.

    Raises:
        UserError: there is none.
    """
    change = ctx.session.get(ChargeChange, change_id)
    if change is None:
        raise UserError(f"There is no bulk change {change_id}.", "Look at the list again.")
    return change


def open_change(ctx: Context, change_id: int) -> ChargeChange:
    """A bulk change that was neither applied nor cancelled.

    Raises:
        UserError: it was, or there is none.
    """
    change = found(ctx, change_id)
    if change.state in {ChargeChangeState.APPLIED, ChargeChangeState.CANCELLED}:
        raise UserError(f"{change.name} was {change.state.value} already.", "Rehearse a new one.")
    return change


def rehearse(ctx: Context, new: NewChange) -> ChargeChange:
    """Work out a bulk change and keep its difference list; nobody's charge is touched.

    Raises:
        UserError: the name, the day or the rule won't do, a row of the spreadsheet is wrong, or nothing would change.
    """
    _check(ctx, new)
    change = ChargeChange(
        name=new.name.strip(),
        effective_on=new.effective_on,
        state=ChargeChangeState.REHEARSED,
        rule=rules.in_words(_by_code(new.rule), {code.code: code.name for code in charge_codes(ctx)})
        if new.rule
        else "",
        file_sha256=new.sheet.sha256 if new.sheet else None,
        lines=0,
        before_pence=0,
        after_pence=0,
        made_at=ctx.clock.now(),
        made_by=ctx.officer.id,
    )
    ctx.session.add(change)
    ctx.session.flush()
    _take(ctx, new, change)
    _count(ctx, change)
    if not change.lines:
        raise UserError(
            "No charge would change: none fits, or each has that amount already.",
            "Look at the charges, rent groups and the day.",
        )
    if new.sheet is not None and new.sheet.content:
        _keep_file(ctx, change, new.sheet)
    audit.record_bulk(ctx, ChargeChangeLine.__tablename__, "insert", change=change.id, rows=change.lines)
    return change


def refuse_unready(ctx: Context, change: ChargeChange, wanted: Apply) -> None:
    """Refuse a change that is no longer what was rehearsed, or of which no notice was given in time.

    Raises:
        UserError: charges moved since, or accounts have no valid notice and there is neither an excuse nor are they left out.
    """
    gone = ctx.session.scalar(sql.moved(change.id, change.effective_on)) or 0
    if gone:
        raise UserError(
            f"{gone:,} of its charges are no longer what they were when it was rehearsed.",
            "Cancel it and rehearse it again: the difference list must be what is applied.",
        )
    missing = without_notice(ctx, change)
    if missing and not (wanted.excuse.strip() or wanted.leave_out):
        raise UserError(
            f"{missing:,} accounts become dearer and have no notice that was served in time.",
            "Give notice, choose a later day, leave them out, or say why it stands without one.",
            "excuse",
        )
    refuse_card_number(ctx, wanted.excuse, "excuse", "excuse")


def without_notice(ctx: Context, change: ChargeChange) -> int:
    """How many accounts of a change must be given notice and weren't in time."""
    needing = sql.needing(change.id).subquery("needing")
    by = serve_by(change.effective_on, notices.terms(ctx, ctx.clock.today()).days)
    statement = select(func.count()).select_from(needing)
    noticed = sql.noticed(needing.c.account_id, change.effective_on, by)
    return ctx.session.scalar(statement.where(~noticed)) or 0


def apply(ctx: Context, wanted: Apply, authorised_by: int | None = None) -> Applied:
    """Write a change into the charges, and put the weeks from its day on that were charged already right.

    Raises:
        UserError: `refuse_unready` refuses it, every line is left out, or putting the weeks right is above the officer's limit.
    """
    change = open_change(ctx, wanted.change_id)
    refuse_unready(ctx, change, wanted)
    if wanted.leave_out:
        _leave_out(ctx, change)
    sql.write(ctx, change.id, change.effective_on)
    ctx.session.expire_all()
    change.state = ChargeChangeState.APPLIED
    change.excuse = wanted.excuse.strip()[:400]
    change.applied_at, change.applied_by = ctx.clock.now(), ctx.officer.id
    ctx.session.flush()
    audit.record_bulk(ctx, Charge.__tablename__, "update", change=change.id, rows=change.lines)
    journal = _put_right(ctx, change, authorised_by)
    rent_changed(ctx, ctx.session.scalars(sql.claimed(change.id)).all(), change.effective_on)
    return Applied(change.id, change.lines, Changes(AREAS), journal)


def accounts_of(ctx: Context, change: ChargeChange) -> Sequence[int]:
    """The accounts that a change touches, in the order of their ids."""
    statement = (
        select(ChargeChangeLine.account_id)
        .where(ChargeChangeLine.change_id == change.id, ChargeChangeLine.left_out == "")
        .distinct()
        .order_by(ChargeChangeLine.account_id)
    )
    return ctx.session.scalars(statement).all()


def _check(ctx: Context, new: NewChange) -> None:
    faults: list[UserError] = []
    name = new.name.strip()
    if not name or len(name) > _LONGEST_NAME:
        faults.append(UserError("Give it a name of at most 120 characters.", "Such as: Rent review 2027-28.", "name"))
    refuse_card_number(ctx, name, "name", "name")
    latest = ctx.clock.today() + timedelta(days=ctx.policy.number("charges.set_ahead_days", ctx.clock.today()))
    if new.effective_on > latest:
        faults.append(UserError("That is more than a year ahead.", "Look at the year.", "effective_on"))
    if new.effective_on.weekday():
        faults.append(UserError("A bulk change begins on a Monday.", "Choose the Monday.", "effective_on"))
    if (new.rule is None) == (new.sheet is None):
        faults.append(UserError("Give a rule or a spreadsheet.", field="rule"))
    if faults:
        raise UserErrors(faults)
    if new.rule:
        rules.check(new.rule)
        known = {code.code for code in charge_codes(ctx)}
        unknown = [code for code in new.rule.codes if code not in known]
        if unknown:
            raise UserError(f"'{unknown[0]}' is not a charge that can be set.", "Choose one from the list.", "codes")


def _take(ctx: Context, new: NewChange, change: ChargeChange) -> None:
    columns = ("change_id", "account_id", "code", "before_pence", "after_pence", "left_out")
    if new.rule is not None:
        rows = sql.taken(_by_code(new.rule), new.effective_on).subquery("taken")
        source = select(number(change.id), *(rows.c[name] for name in columns[1:]))
        ctx.session.execute(insert(sql.LINE).from_select(list(columns), source))
        return
    assert new.sheet is not None
    if new.sheet.problems:
        raise _faults(new.sheet.problems)
    codes = {code.code: code for code in charge_codes(ctx)}
    resolved = resolving.resolve(ctx, new.sheet.lines, new.effective_on, codes)
    if resolved.problems:
        raise _faults(resolved.problems)
    rows_: list[dict[str, Any]] = [{"change_id": change.id, **line} for line in resolved.lines]
    if rows_:
        ctx.session.execute(insert(sql.LINE), rows_)


def _keep_file(ctx: Context, change: ChargeChange, sheet: SheetRead) -> None:
    """The spreadsheet is evidence of what was asked for: whoever approves the change can open it."""
    kept = put(ctx, sheet.content, _MEDIA.get(sheet.file_name.rpartition(".")[2].lower(), "text/csv"))
    link(
        ctx,
        kept,
        NewLink(Subject.CHARGE_CHANGE, change.id, "charges", f"Spreadsheet of {change.name}", sheet.file_name),
    )


def _by_code(rule: BulkRule) -> BulkRule:
    return replace(rule, codes=tuple(dict.fromkeys(code.upper() for code in rule.codes)))


def _faults(problems: Sequence[Any]) -> UserError:
    said = [f"Row {each.row}: {each.message}" if each.row else each.message for each in problems[:_MOST_FAULTS]]
    if len(problems) > _MOST_FAULTS:
        said.append(f"And {len(problems) - _MOST_FAULTS:,} more rows.")
    return UserError("\n".join(said), "Put the rows right in the spreadsheet; nothing was kept.", "file")


def _count(ctx: Context, change: ChargeChange) -> None:
    """Keep how many charges change and what a week of them comes to."""
    line = sql.LINE.c
    totals = ctx.session.execute(
        select(func.count(), func.sum(line.before_pence), func.sum(line.after_pence)).where(
            line.change_id == change.id, line.left_out == ""
        )
    ).one()
    change.lines, change.before_pence, change.after_pence = totals[0], totals[1] or 0, totals[2] or 0
    ctx.session.flush()


def _leave_out(ctx: Context, change: ChargeChange) -> None:
    line = sql.LINE.c
    needing = sql.needing(change.id).subquery("needing")
    by = serve_by(change.effective_on, notices.terms(ctx, ctx.clock.today()).days)
    late = select(needing.c.account_id).where(~sql.noticed(needing.c.account_id, change.effective_on, by))
    ctx.session.execute(
        update(sql.LINE)
        .where(line.change_id == change.id, line.left_out == "", line.account_id.in_(late))
        .values(left_out=NO_NOTICE)
    )
    _count(ctx, change)
    if not change.lines:
        raise UserError("No charge is left: none of the accounts was given notice in time.", "Give notice first.")


def _put_right(ctx: Context, change: ChargeChange, authorised_by: int | None) -> int | None:
    """The journal of the weeks that were charged already, if there are any; above the limit for a batch nothing is done."""
    if not charged_mondays(ctx, change.effective_on):
        return None
    accounts = accounts_of(ctx, change)
    moved = [each.difference.pence for each in differences(ctx, accounts, change.effective_on)]
    for kind, sign in ((LimitKind.ADJUSTMENT_DEBIT, 1), (LimitKind.ADJUSTMENT_CREDIT, -1)):
        total = sum(pence * sign for pence in moved if pence * sign > 0)
        limit = limit_of(ctx.session, ctx.officer.id, kind).batch
        if total > limit.pence:
            raise UserError(
                f"The weeks charged already come to {Money(total)}, above your limit of {limit} for a batch.",
                "An officer with a higher limit applies it, or it begins after the last week that was charged.",
            )
    key = f"bulk change:{change.id}"
    posted = post_differences(ctx, accounts, change.effective_on, change.name, key, authorised_by=authorised_by)
    return posted.journal if posted else None
