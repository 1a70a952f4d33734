"""A line of the ledger that is on the wrong account, wrong altogether or for the wrong amount: what can be done about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from sqlalchemy import Unicode, func, literal, select, union_all

from app.models.accounts import Account
from app.models.adjustments import Adjustment, AdjustmentLine
from app.models.recharges import Recharge
from app.models.refunds import Refund
from app.models.values import AccountKind, AdjustmentState, CodeKind, ExplainGroup, LineFix, Side
from app.models.write_offs import WriteBack, WriteOffSchedule
from app.services.adjustments.dto import KindRow, NewLine
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.ledger import reversing
from app.services.ledger.standing import StandingLine, line_of, reversed_among

STANDING: Final = (
    AdjustmentState.DRAFT,
    AdjustmentState.WAITING,
    AdjustmentState.APPROVED,
    AdjustmentState.POSTED,
)
"""Adjustments that did something or may still do it."""
DONE: Final[Mapping[LineFix, str]] = {
    LineFix.MOVE: "moved",
    LineFix.REVERSE: "reversed",
    LineFix.CORRECT: "corrected",
}
_PAGE: Final = "Adjustments"
_UNPAID: Final[Mapping[str, str]] = {"RDD": "RDN", "RQP": "RRC", "RPO": "RRC"}
"""What takes back a receipt whose own code is never a debit, on the same control account."""
_OF_GROUP: Final[Mapping[ExplainGroup, str]] = {
    ExplainGroup.HOUSING_BENEFIT: "housing_benefit",
    ExplainGroup.UNIVERSAL_CREDIT: "universal_credit",
}


def register() -> None:
    """Tell the ledger what is known of a journal before it is reversed."""
    reversing.register(reversing.Keeper(_made, _put_right))


def standing_line(ctx: Context, journal: int, line: int) -> StandingLine:
    """A line that an officer pointed at.

    Raises:
        UserError: there is no such line of an account.
    """
    found = line_of(ctx, journal, line)
    if found is None or not found.own:
        raise UserError(f"There is no line {line} in journal {journal}.", "Look at the account's ledger again.")
    kind = ctx.session.scalar(select(Account.kind).where(Account.id == found.account_id))
    if kind is AccountKind.CONTROL:
        raise UserError("This is a line of a control account, which no officer adjusts.")
    return found


def shut(ctx: Context, journal: int, line: int, found: StandingLine) -> str:
    """Why nothing is done about a line by itself, as a sentence; empty where something can be."""
    if found.reversed_by is not None:
        return f"Journal {journal} was reversed by journal {found.reversed_by} already."
    if found.reverses is not None:
        return f"This line takes back journal {found.reverses}; post it anew instead."
    made, page = reversing.lines_shut(ctx, journal)
    if made and page != _PAGE:
        return f"{found.what}: it is {made}, taken back where it was made, on the page {page}."
    if found.kind is CodeKind.WRITE_OFF or (made and not made.startswith("adjustment")):
        return f"{found.what}: it is taken back where it was made, on the page {_PAGE}."
    if right := reversing.put_right_by(ctx, journal, but=_put_right):
        return f"{found.what}: it was put right by {right}."
    return next(iter(_fixed(ctx, {(journal, line)})), "")


def refuse_fixed_again(ctx: Context, lines: Iterable[NewLine]) -> None:
    """Refuse to put a line of the ledger right twice.

    Raises:
        UserError: an adjustment that stands does it already, or two of these lines do.
    """
    pairs = ((each.fixed_journal, each.fixed_line) for each in lines)
    wanted = [(journal, line) for journal, line in pairs if journal is not None and line is not None]
    if len(set(wanted)) != len(wanted):
        raise UserError("Two of these lines put the same line of the ledger right.", "Leave one of them out.")
    for words in _fixed(ctx, set(wanted)):
        raise UserError(words, "Look at that adjustment; it can be reversed first.", "account_id")


def refuse_reversed(ctx: Context, adjustment_id: int) -> None:
    """Refuse to post an adjustment that puts a line right whose journal was reversed since it was asked for.

    Raises:
        UserError: one of them was.
    """
    own = (AdjustmentLine.adjustment_id == adjustment_id, AdjustmentLine.fixed_journal.is_not(None))
    fixed = {each for each in ctx.session.scalars(select(AdjustmentLine.fixed_journal).where(*own)) if each is not None}
    for journal in reversed_among(ctx, fixed):
        raise UserError(f"Journal {journal} was reversed meanwhile.", "Withdraw this adjustment.")


def kinds_for(found: StandingLine, on: AccountKind, known: Mapping[str, KindRow]) -> tuple[str, str, str]:
    """The keys of the kinds that debit an account about a line, credit it, and move the line; empty where none is in use."""
    own = _usable(known, _OF_GROUP.get(found.group, ""), on)
    debit = own or _usable(known, "debit", on) or _first(known, Side.DEBIT, on)
    credit = own or _usable(known, "credit", on) or _first(known, Side.CREDIT, on)
    return debit, credit, _usable(known, "transfer", on) or _first(known, Side.TRANSFER, on)


def code_for(found: StandingLine) -> str:
    """What puts a line right on the control account that it is on; empty where the kind's own code has to do."""
    if found.kind is not CodeKind.CHARGE and found.either_side:
        return found.code
    return _UNPAID.get(found.code, "")


def _made(ctx: Context, journal: int) -> str:
    """What a journal is of, where this area or its recharges made it; a journal that takes one back is of nothing."""
    numbers = {
        "adjustment": (Adjustment.number, Adjustment.journal),
        "refund": (Refund.number, Refund.journal),
        "invoice": (Recharge.invoice_number, Recharge.journal),
        "write-off schedule": (WriteOffSchedule.number, WriteOffSchedule.journal),
        "the write-back of write-off": (WriteBack.write_off_id, WriteBack.journal),
    }
    each = [select(literal(what, Unicode(40)), number).where(of == journal) for what, (number, of) in numbers.items()]
    row = ctx.session.execute(union_all(*each)).first()
    return "" if row is None else f"{row[0]} {row[1]}"


def _put_right(ctx: Context, journal: int) -> str:
    """The adjustment that puts a line of a journal right by itself, or is to."""
    standing = (AdjustmentLine.fixed_journal == journal, Adjustment.state.in_(STANDING))
    of_it = select(func.min(Adjustment.number)).join(AdjustmentLine, AdjustmentLine.adjustment_id == Adjustment.id)
    number = ctx.session.scalar(of_it.where(*standing))
    return "" if number is None else f"adjustment {number}"


def _usable(known: Mapping[str, KindRow], key: str, on: AccountKind) -> str:
    kind = known.get(key)
    return key if kind is not None and kind.active and on in kind.account_kinds else ""


def _first(known: Mapping[str, KindRow], side: Side, on: AccountKind) -> str:
    return next((key for key, kind in known.items() if kind.side is side and _usable(known, key, on)), "")


def _fixed(ctx: Context, wanted: set[tuple[int, int]]) -> list[str]:
    """What says of some lines that a standing adjustment puts them right, a sentence each."""
    said: list[str] = []
    for chunk in in_chunks(sorted({journal for journal, _line in wanted})):
        rows = ctx.session.execute(
            select(AdjustmentLine.fixed_journal, AdjustmentLine.fixed_line, AdjustmentLine.fix, Adjustment.number)
            .join(Adjustment, Adjustment.id == AdjustmentLine.adjustment_id)
            .where(AdjustmentLine.fixed_journal.in_(chunk), Adjustment.state.in_(STANDING))
            .order_by(Adjustment.number)
        )
        for journal, line, fix, number in rows:
            if (journal, line) in wanted:
                word = DONE[fix] if fix is not None else "put right"
                said.append(f"This line was {word} already, by adjustment {number}.")
    return said
