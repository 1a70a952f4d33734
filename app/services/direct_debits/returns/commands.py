"""What an officer does with the bank's reports: read them, carry their items out, match them by hand, set them aside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from app.models.direct_debits.mandates import Mandate
from app.models.direct_debits.reports import BankReport, BankReportItem
from app.models.direct_debits.schedules import Collection
from app.models.values import CollectionState, MandateEvent, Money, ReportItemState, ReportKind, ReturnEffect, ToldBy
from app.services.core import access
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.core.records import record
from app.services.direct_debits.mandates import keeping as mandates
from app.services.direct_debits.returns import applying, following, matching, posting, reading, rules
from app.services.direct_debits.returns.dto import (
    AREAS,
    Applied,
    Done,
    MatchItem,
    NewReport,
    Reopen,
    ReportRead,
    SetAside,
    TakeBack,
)
from app.services.ledger import numbering

_MOST_WHY: Final = 200
_OPEN: Final = (ReportItemState.PROPOSED, ReportItemState.UNMATCHED)


@requires(Permission.APPLY_BANK_REPORTS)
def read(ctx: Context, new: NewReport) -> ReportRead:
    """Read a report of the bank: keep it sealed, match its items, propose what each does. Read twice, it is kept once.

    An Input report is compared with its run at once.

    Raises:
        UserError: it is no report, is of another council, or spoilt; nothing of it is kept.
    """
    return reading.keep(ctx, new)


@requires(Permission.APPLY_BANK_REPORTS)
def apply(ctx: Context, item_ids: Sequence[int] | None = None) -> Applied:
    """Carry out some items, or all that are proposed; each is carried out once, and what can't be is left with the reason.

    Raises:
        UserError: the period of today is closed. Nothing is done then.
    """
    return applying.apply(ctx, item_ids)


@requires(Permission.APPLY_BANK_REPORTS)
def match(ctx: Context, chosen: MatchItem) -> Done:
    """Say which mandate an item is of; a return is of the collection of that mandate with its amount and day.

    Raises:
        UserError: it isn't to be matched any more, the mandate isn't the officer's to work on, or has no such collection.
    """
    numbering.move(ctx, "journal", 0)
    item = _open(ctx, chosen.item_id)
    if item.version != chosen.version:
        raise UserError("Somebody changed this item meanwhile.", "Look at it again.")
    report = ctx.session.get_one(BankReport, item.report_id)
    if report.kind in rules.OF_FILES:
        raise UserError("This is of a whole file, not of a mandate.", "Match the run by hand, under Runs.")
    mandate = mandates.found(ctx, _mandate(ctx, chosen))
    if report.kind is ReportKind.ARUDD:
        wanted = matching.Wanted(item.place, mandate.reference, "", True, item.pence, item.original_on)
        found = matching.match(ctx, [wanted])[item.place]
        if found.collection_id is None:
            raise UserError(found.why, "Choose another mandate, or set the item aside.")
        item.collection_id = found.collection_id
    if reading.lacks_amount(item):
        raise UserError(reading.NO_AMOUNT, "Set the item aside, once the case is open.")
    item.mandate_id, item.state, item.outcome = mandate.id, ReportItemState.PROPOSED, ""
    ctx.session.flush()
    return Done(f"It is of mandate {mandate.reference}: now it can be applied.", Changes(AREAS))


@requires(Permission.APPLY_BANK_REPORTS)
def set_aside(ctx: Context, aside: SetAside) -> Done:
    """Do nothing with some items, and say why.

    Raises:
        UserError: no reason is given, or one isn't open any more or is on an account that the officer may not work on.
    """
    why = _reason(ctx, aside.why)
    for item_id in aside.item_ids:
        item = _open(ctx, item_id)
        _touch(ctx, item)
        item.state, item.outcome = ReportItemState.SET_ASIDE, why
        item.decided_by, item.decided_at = ctx.officer.id, ctx.clock.now()
    ctx.session.flush()
    count = len(aside.item_ids)
    return Done(f"{count:,} item{' is' if count == 1 else 's are'} set aside.", Changes(AREAS))


@requires(Permission.APPLY_BANK_REPORTS)
def reopen(ctx: Context, again: Reopen) -> Done:
    """Bring items back that were set aside: they wait to be applied, or to be looked at where no mandate is known.

    Raises:
        UserError: no reason is given, one isn't set aside, was in a journal, or is on an account that the officer may not
            work on.
    """
    numbering.move(ctx, "journal", 0)
    why = _reason(ctx, again.why)
    for item_id in again.item_ids:
        item = record(ctx, BankReportItem, item_id, "item")
        if item.state is not ReportItemState.SET_ASIDE:
            raise UserError("Only what is set aside is brought back.", "Look at the list again.")
        if item.journal is not None:
            raise UserError(
                f"{item.reference or 'This item'} was applied and taken back: it stays so.",
                "If it came back after all, the bank's next report says it.",
            )
        _touch(ctx, item)
        lacks = _lacks(ctx, item)
        item.state = ReportItemState.UNMATCHED if lacks else ReportItemState.PROPOSED
        item.outcome = f"{lacks} Brought back: {why}".strip()
        item.decided_by, item.decided_at = ctx.officer.id, ctx.clock.now()
    ctx.session.flush()
    count = len(again.item_ids)
    return Done(f"{count:,} item{' is' if count == 1 else 's are'} brought back.", Changes(AREAS))


@requires(Permission.APPLY_BANK_REPORTS)
def take_back(ctx: Context, back: TakeBack) -> Done:
    """Put a return right that was applied wrongly: the payment stands on its accounts again, as if it hadn't come back.

    What was done to the mandate, and letters that went, stay: the officer looks at them.

    Raises:
        UserError: no reason is given, it isn't a return that was applied, or it is on its way to be presented again.
    """
    numbering.move(ctx, "journal", 0)
    why = _reason(ctx, back.why)
    item = record(ctx, BankReportItem, back.item_id, "item")
    _touch(ctx, item)
    collection = ctx.session.get(Collection, item.collection_id or 0)
    applied = item.state is ReportItemState.APPLIED and item.effect is ReturnEffect.REVERSE
    if not applied or collection is None or collection.state is not CollectionState.RETURNED:
        raise UserError("Only a return that was applied is taken back.", "Look at the list again.")
    following.drop_again(ctx, collection)
    posted = posting.take_back(ctx, item, TakeBack(item.id, why))
    collection.state, collection.returned_on = CollectionState.POSTED, None
    collection.return_code, collection.return_journal = "", None
    item.back_journal = posted.journal
    item.state, item.outcome = ReportItemState.SET_ASIDE, f"Taken back by journal {posted.journal}: {why}"
    item.decided_by, item.decided_at = ctx.officer.id, ctx.clock.now()
    mandate = ctx.session.get_one(Mandate, collection.mandate_id)
    words = f"{Money(collection.pence)} was not returned after all: {why}"
    mandates.move(
        ctx, mandate, mandate.state, MandateEvent.RETURNED, words, told_by=ToldBy.OFFICER, report_item_id=item.id
    )
    told = f"{Money(collection.pence)} stands on its accounts again (journal {posted.journal}). Look at the mandate: it is {mandate.state.value}."
    return Done(told, Changes(AREAS | {"rent", "ledger"}, mandates.changes(ctx, mandate).account_ids))


def _lacks(ctx: Context, item: BankReportItem) -> str:
    """What an item lacks before it can be applied, as a sentence; a return finds its collection anew."""
    report = ctx.session.get_one(BankReport, item.report_id)
    if report.kind in rules.OF_FILES:
        return "" if item.run_id is not None else "No run of ours is known for it."
    if report.kind is ReportKind.ARUDD:
        mandate = ctx.session.get(Mandate, item.mandate_id or 0)
        reference = mandate.reference if mandate is not None else item.reference
        wanted = matching.Wanted(item.place, reference, item.fingerprint, True, item.pence, item.original_on)
        found = matching.match(ctx, [wanted])[item.place]
        item.mandate_id, item.collection_id = found.mandate_id, found.collection_id
        return found.why
    if item.mandate_id is None:
        return "No mandate is known for it."
    return reading.NO_AMOUNT if reading.lacks_amount(item) else ""


def _mandate(ctx: Context, chosen: MatchItem) -> int:
    if chosen.mandate_id is not None:
        return chosen.mandate_id
    known = mandates.by_reference(ctx, [chosen.reference]) if chosen.reference.strip() else {}
    if not known:
        raise UserError(
            "No mandate has this reference.", "Look for it under Mandates, by the name of the payer.", "reference"
        )
    return known[chosen.reference].id


def _open(ctx: Context, item_id: int) -> BankReportItem:
    item = record(ctx, BankReportItem, item_id, "item")
    if item.state not in _OPEN:
        what = "applied" if item.state is ReportItemState.APPLIED else "set aside"
        raise UserError(f"This item was {what} already.", "Look at the list again.")
    return item


def _touch(ctx: Context, item: BankReportItem) -> None:
    if item.mandate_id is not None:
        accounts = select(Mandate.account_id).where(Mandate.id == item.mandate_id)
        access.touch(ctx, ctx.session.scalars(accounts))


def _reason(ctx: Context, typed: str) -> str:
    why = " ".join(typed.split())
    if not why or len(why) > _MOST_WHY:
        raise UserError(f"Say why, in up to {_MOST_WHY} characters.", field="why")
    refuse_card_number(ctx, why, "reason", "why")
    return why
