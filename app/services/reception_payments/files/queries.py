"""Files of receipts, shown: before they are loaded, in the list, line by line, and beside what a line looks like."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from sqlalchemy import func, select

from app.models.accounts import Account
from app.models.officers import Officer
from app.models.reception_payments.files import ReceiptFile
from app.models.values import LineMatch, Money, ReceiptLineState
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.records import record
from app.services.imports.dto import Mistake
from app.services.reception_payments.files import planning, rules, taking_back
from app.services.reception_payments.files.dto import (
    LINE_STATES,
    FileCard,
    FileRow,
    LoadForm,
    Placed,
    Preview,
    PreviewLine,
    PreviewPart,
)
from app.services.reception_payments.files.dto_read import Control, FileRead
from app.services.reception_payments.files.planning import Plan
from app.services.reception_payments.files.profiles import queries as profile_queries
from app.services.reception_payments.files.writing import LINE

MOST_SHOWN: Final = 200
_LATELY: Final = 300
_FIRST: Final = (
    ReceiptLineState.SUSPECT,
    ReceiptLineState.KNOWN,
    ReceiptLineState.SUSPENSE,
    ReceiptLineState.POSTED,
)


def form(ctx: Context, file_name: str) -> LoadForm:
    """The profiles by which a file can be read, and the one that read the last file called so but for its digits."""
    there = profile_queries.profiles(ctx)
    keys = {each.key for each in there}
    rows = select(ReceiptFile.file_name, ReceiptFile.profile_key).order_by(ReceiptFile.id.desc()).limit(_LATELY)
    alike = (row.profile_key for row in ctx.session.execute(rows) if _called(row.file_name) == _called(file_name))
    return LoadForm(there, next((key for key in alike if key in keys), ""))


def preview(ctx: Context, file: FileRead) -> Preview:
    """What loading a file would do; nothing is written."""
    before = planning.loaded_before(ctx, file.sha256)
    plan = Plan(file, (), ()) if file.cards else planning.plan(ctx, file)
    faults = list(plan.faults)
    if before is not None:
        faults.insert(0, Mistake(0, "path", planning.before_words(before), "It isn't loaded again."))
    days = plan.days
    return Preview(
        file.name,
        file.profile.name,
        len(file.lines),
        file.total,
        file.declared,
        days[0] if days else None,
        days[1] if days else None,
        tuple(_parts(plan.placed)),
        tuple(_codes(plan.placed)),
        tuple(_lines(ctx, plan.placed)),
        tuple(faults),
        file.cards,
        tuple(_notes(plan)),
    )


def card(ctx: Context, file_id: int) -> FileCard:
    """A file, with what became of its lines.

    Raises:
        UserError: there is none.
    """
    row = record(ctx, ReceiptFile, file_id, "file")
    sums = select(LINE.c.state, func.count(), func.sum(LINE.c.pence)).where(LINE.c.file_id == file_id)
    parts = {state: (count, int(pence)) for state, count, pence in ctx.session.execute(sums.group_by(LINE.c.state))}
    names = select(Officer.id, Officer.name).where(Officer.id.in_([row.officer_id, row.settled_by or 0]))
    officers = {each.id: each.name for each in ctx.session.execute(names)}
    return FileCard(
        row_of(row, officers.get(row.officer_id, "")),
        row.version,
        row.edition,
        Control(row.declared_count, None if row.declared_pence is None else Money(row.declared_pence)),
        tuple(PreviewPart(LINE_STATES[state], *_sum(parts[state])) for state in ReceiptLineState if state in parts),
        tuple(sorted(taking_back.journals_of(ctx, row))),
        row.words,
        officers.get(row.settled_by or 0, ""),
        row.settled_at,
        taking_back.done_from(ctx, row),
    )


def row_of(row: ReceiptFile, officer: str) -> FileRow:
    """A file as it is listed."""
    return FileRow(
        row.id,
        row.number,
        row.state,
        row.file_name,
        row.profile_name,
        row.channel,
        row.first_on,
        row.last_on,
        row.count,
        Money(row.pence),
        row.waiting,
        officer,
        row.loaded_at,
    )


def by_number(ctx: Context, number: int) -> FileRow:
    """A file by its number.

    Raises:
        UserError: there is none.
    """
    found = ctx.session.scalars(select(ReceiptFile).where(ReceiptFile.number == number)).one_or_none()
    if found is None:
        raise UserError(f"There is no receipt file {number}.", "Look at the list again.")
    return row_of(found, "")


def references(ctx: Context, account_ids: Iterable[int]) -> dict[int, str]:
    """The references of accounts by which officers know them."""
    found: dict[int, str] = {}
    for chunk in in_chunks(sorted(set(account_ids))):
        rows = select(Account.id, Account.payment_reference, Account.name).where(Account.id.in_(chunk))
        found.update({each.id: each.payment_reference or each.name for each in ctx.session.execute(rows)})
    return found


def _sum(part: tuple[int, int]) -> tuple[int, Money]:
    return part[0], Money(part[1])


def _parts(placed: Iterable[Placed]) -> Iterator[PreviewPart]:
    by = _grouped(placed, lambda each: each.state)
    for state in ReceiptLineState:
        if state in by:
            yield PreviewPart(LINE_STATES[state], *_sum(by[state]))


def _codes(placed: Iterable[Placed]) -> Iterator[PreviewPart]:
    for code, found in sorted(_grouped(placed, lambda each: each.line.code).items()):
        yield PreviewPart(code, *_sum(found))


def _grouped(placed: Iterable[Placed], key: Any) -> dict[Any, tuple[int, int]]:
    found: dict[Any, tuple[int, int]] = {}
    for each in placed:
        count, pence = found.get(key(each), (0, 0))
        found[key(each)] = count + 1, pence + each.line.pence
    return found


def _lines(ctx: Context, placed: Iterable[Placed]) -> Iterator[PreviewLine]:
    """The first lines, those that need a look before the others."""
    shown = sorted(placed, key=lambda each: (_FIRST.index(each.state), each.line.place))[:MOST_SHOWN]
    hidden = access.restricted_accounts(ctx)
    names = references(ctx, (each.account_id for each in shown if each.account_id is not None))
    for each in shown:
        line, account = each.line, names.get(each.account_id or 0, "")
        said = access.RESTRICTED_NAME if each.account_id in hidden else account
        why = each.why or ("To the former tenant's account" if each.matched_by is LineMatch.FORMER else "")
        yield PreviewLine(line.place, line.given, said, line.paid_on, line.code, Money(line.pence), each.state, why)


def _notes(plan: Plan) -> Iterator[str]:
    file = plan.file
    if file.profile.unseen:
        yield f"No second officer has looked at what the profile takes now. {file.profile.unseen}"
    if file.passed_over:
        yield f"{rules.count_of(file.passed_over, 'line')} passed over: of a kind that is no receipt, or of nothing."
    former = sum(each.matched_by is LineMatch.FORMER for each in plan.placed)
    if former:
        yield f"{rules.count_of(former, 'payment')} for accounts that have ended, to the former tenants' accounts."
    back = sum(each.receipt_id is not None for each in plan.placed)
    if back:
        yield f"{rules.count_of(back, 'receipt')} taken back."
    if plan.placed and file.declared.count is None and file.declared.total is None:
        yield "Neither the file nor anybody says how many payments it should have, or what they come to."


def _called(file_name: str) -> str:
    """What a file is called but for the day or the number in its name."""
    return "".join(each for each in file_name.casefold() if not each.isdigit())
