"""A batch looked through: whose account each row means, and everything that is wrong with it, at once. Set-based."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.adjustments import Adjustment
from app.models.officers import Officer
from app.models.values import AccountKind, AdjustmentState, Side
from app.services.adjustments import keeping
from app.services.adjustments.alike import alike, told
from app.services.adjustments.batches import rules
from app.services.adjustments.batches.dto import BatchRow, Checked, Mistake, NewBatch, Usual
from app.services.adjustments.dto import Alike, KindRow, NewLine
from app.services.adjustments.kinds import kinds
from app.services.adjustments.rules import sums
from app.services.core import access
from app.services.core.card_refusal import refuse_card_number
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.ledger import periods
from app.services.rent.rules import reference_key

STEP: Final = 2_000
"""Rows between two looks at whether to stop."""
_OVER: Final = (AdjustmentState.REFUSED, AdjustmentState.WITHDRAWN)
_TEXTS: Final = (("narrative", "narrative"), ("like_reason", "reason"))


@dataclass(slots=True)
class _Found:
    """What is found on the way: the lines that stand, with the numbers of their rows, the mistakes, and the kinds of accounts."""

    rows: list[int] = field(default_factory=list)
    lines: list[NewLine] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    on: dict[int, AccountKind] = field(default_factory=dict)


def check(ctx: Context, new: NewBatch) -> Checked:
    """Look through a batch; nothing of it is kept.

    Raises:
        Cancelled: the officer asked for it.
    """
    known = {key: each for key, each in kinds(ctx).items() if each.sheet in rules.SHEETS}
    rows = new.rows if new.file is None else new.file.rows
    found = _Found(mistakes=list(new.file.mistakes if new.file is not None else ()))
    found.mistakes += _whole(ctx, new, rows)
    _read_lines(ctx, new, rows, known, found)
    _drop_cards(ctx, found)
    _drop_faults(ctx, found, known)
    _drop_shut(ctx, found)
    again = any(each.field == "file" for each in found.mistakes)
    like = () if again else _drop_alike(ctx, found)
    standing = rules.standing(rows, new.usual, known, new.declared_count, new.declared)
    whole = all(row.amount is not None and (row.kind or new.usual.kind) in known for row in rows)
    found.mistakes += rules.differs(standing, whole=whole)
    come_to = sums(found.lines)
    return Checked(
        lines=tuple(found.lines),
        mistakes=tuple(sorted(found.mistakes, key=lambda each: each.row)),
        standing=standing,
        kinds=rules.totals(found.lines, known),
        debit=come_to.debit,
        credit=come_to.credit,
        accounts=len({each for line in found.lines for each in keeping.accounts_of(line)}),
        alike=like,
        needs=keeping.second_officer(ctx, {line.kind for line in found.lines}, come_to),
        warnings=(*_closed(ctx, found), *rules.twice(list(zip(found.rows, found.lines, strict=True)))),
    )


def earlier(ctx: Context, sha256: str) -> Adjustment | None:
    """The adjustment that the same file was loaded as, unless that was refused or withdrawn."""
    same = (Adjustment.file_sha256 == sha256, Adjustment.state.not_in(_OVER))
    return ctx.session.scalar(select(Adjustment).where(*same))


def _whole(ctx: Context, new: NewBatch, rows: Sequence[BatchRow]) -> Iterator[Mistake]:
    """What is wrong with the batch besides its rows."""
    if not new.title.strip():
        yield Mistake(0, "title", "Say what the batch is, in a line.", "Whoever approves it reads it first.")
    for name, text, most in (("title", new.title, keeping.MOST_TITLE), ("note", new.note, keeping.MOST_NOTE)):
        if len(text) > most:
            yield Mistake(0, name, f"The {name} is {len(text):,} characters long; {most:,} is the most.")
        yield from _card(ctx, 0, name, name, text)
    if not rows:
        yield Mistake(0, "rows", "There are no lines.", "Key at least one, or load a file that has some.")
    if new.file is not None and (before := earlier(ctx, new.file.sha256)) is not None:
        by = ctx.session.scalar(select(Officer.name).where(Officer.id == before.made_by))
        on = before.made_at.astimezone()
        yield Mistake(
            0,
            "file",
            f"This very file was loaded on {on.day} {on:%b %Y} by {by}, as adjustment {before.number} ({before.state.value}).",
            "Look at that one; what it lacks goes into a file of its own.",
        )


def _read_lines(
    ctx: Context, new: NewBatch, rows: Sequence[BatchRow], known: Mapping[str, KindRow], found: _Found
) -> None:
    wanted = {reference_key(each) for row in rows for each in (row.reference, row.other_reference) if each}
    accounts = _accounts(ctx, wanted, found)
    usual = new.usual
    nowhere = _nowhere(rows, usual)
    found.mistakes += nowhere
    unread = {(each.row, each.field) for each in found.mistakes}
    unread.update((row.row, each.field) for each in nowhere for row in rows)
    for at, row in enumerate(rows):
        if not at % STEP:
            ctx.cancel.check()
            ctx.progress(at, len(rows), "Looking through the lines")
        kind = known.get(row.kind or usual.kind)
        account = row.account or accounts.get(reference_key(row.reference))
        other = row.other or accounts.get(reference_key(row.other_reference))
        line = None if kind is None or account is None else _line(row, usual, kind, account, other)
        if line is not None and (row.row, "amount") not in unread:
            found.rows.append(row.row)
            found.lines.append(line)
            continue
        lacks = _lacking(row, usual, kind, account, other)
        found.mistakes += (each for each in lacks if (row.row, each.field) not in unread)


def _line(row: BatchRow, usual: Usual, kind: KindRow, account: int, other: int | None) -> NewLine | None:
    """A row as a line; None where it lacks something."""
    reason, on = row.reason or usual.reason, row.effective_on or usual.effective_on
    if row.amount is None or not reason or on is None or rules.wrong_column(row, kind):
        return None
    if other is None and (row.other_reference or kind.side is Side.TRANSFER):
        return None
    return NewLine(
        account_id=account,
        kind=kind.key,
        amount=rules.signed(row.amount, kind.side),
        effective_on=on,
        reason=reason,
        narrative=row.narrative or usual.narrative,
        other_account_id=other,
        from_on=row.from_on or usual.from_on,
        to_on=row.to_on or usual.to_on,
        like_reason=row.like_reason,
    )


def _nowhere(rows: Sequence[BatchRow], usual: Usual) -> list[Mistake]:
    """What is said neither for the batch nor by any row is told once, not for every row."""
    asked = (
        ("kind", "No line says what kind it is.", "Choose a kind for all of them."),
        ("reason", "No line says why.", "Choose a reason for all of them."),
        ("effective_on", "No line has a date.", "Give the day that all of them belong to."),
    )
    return [
        Mistake(0, name, message, hint)
        for name, message, hint in asked
        if rows and not getattr(usual, name) and not any(getattr(row, name) for row in rows)
    ]


def _lacking(
    row: BatchRow, usual: Usual, kind: KindRow | None, account: int | None, other: int | None
) -> Iterator[Mistake]:
    """What a row lacks, or names that isn't there."""
    if account is None:
        yield _no_account(row.row, "account", row.reference)
    if other is None and (row.other_reference or (kind is not None and kind.side is Side.TRANSFER)):
        yield _no_account(row.row, "other", row.other_reference)
    if kind is None:
        said = row.kind or usual.kind
        told = f"{said} isn't made in a batch." if said else "Say what kind it is."
        yield Mistake(row.row, "kind", told, "Choose a kind for it, or for all rows.")
    else:
        yield from rules.wrong_column(row, kind)
    if not (row.reason or usual.reason):
        yield Mistake(row.row, "reason", "Say why.", "Choose a reason for it, or for all rows.")
    if row.amount is None:
        yield Mistake(row.row, "amount", "It has no amount.", "Type pounds and pence, such as 118.42.")
    if (row.effective_on or usual.effective_on) is None:
        yield Mistake(row.row, "effective_on", "It has no date.", "Give the day that it belongs to.")


def _no_account(row: int, name: str, reference: str) -> Mistake:
    if not reference:
        what = (
            "It names no account." if name == "account" else "A transfer names the account that takes the other side."
        )
        return Mistake(row, name, what, "Give its payment reference.")
    return Mistake(row, name, f"There is no account {reference}.", "Look at the reference, digit by digit.")


def _accounts(ctx: Context, keys: set[str], looked: _Found) -> dict[str, int]:
    """Accounts by their payment references as they are looked up."""
    found: dict[str, int] = {}
    for chunk in in_chunks(sorted(keys)):
        rows = ctx.session.execute(
            select(Account.reference_key, Account.id, Account.kind).where(
                Account.reference_key.in_(chunk), Account.kind != AccountKind.CONTROL
            )
        )
        for key, account_id, kind in rows:
            found[key or ""] = account_id
            looked.on[account_id] = kind
    return found


def _card(ctx: Context, row: int, name: str, what: str, text: str) -> Iterator[Mistake]:
    try:
        refuse_card_number(ctx, text, what, name)
    except UserError as error:
        yield Mistake(row, name, error.message, error.hint)


def _drop_cards(ctx: Context, found: _Found) -> None:
    """Lines whose texts hold a card number are mistakes; each text is looked at once."""
    for name, what in _TEXTS:
        texts = {getattr(line, name) for line in found.lines}
        wrong = {text: made for text in texts if text and (made := list(_card(ctx, 0, name, what, text)))}
        if wrong:
            bad = {
                at: wrong[getattr(line, name)][0] for at, line in enumerate(found.lines) if getattr(line, name) in wrong
            }
            _take_out(found, {at: [(name, each.message, each.hint)] for at, each in bad.items()})


def _drop_faults(ctx: Context, found: _Found, known: Mapping[str, KindRow]) -> None:
    if not found.lines:
        return
    others = {each for line in found.lines for each in keeping.accounts_of(line)} - found.on.keys()
    found.on.update(keeping.account_kinds(ctx, others))
    bad: dict[int, list[tuple[str, str, str]]] = {}
    for error in keeping.faults_in(ctx, found.lines, known, found.on):
        place, _, name = (error.field or "").rpartition(".")
        bad.setdefault(int(place.rpartition(".")[2] or 0), []).append((name, error.message, error.hint))
    _take_out(found, bad)


def _drop_shut(ctx: Context, found: _Found) -> None:
    """Lines of accounts that the officer declared, or may not open."""
    declared, closed = access.declared_accounts(ctx), access.closed_accounts(ctx)
    if not declared and not closed:
        return
    bad: dict[int, list[tuple[str, str, str]]] = {}
    for at, line in enumerate(found.lines):
        touched = set(keeping.accounts_of(line))
        if touched & declared:
            bad[at] = [("account", "You declared this account, so you may not work on it.", "A colleague does it.")]
        elif touched & closed:
            bad[at] = [("account", "It is a restricted record.", "Ask your team leader.")]
    _take_out(found, bad)


def _drop_alike(ctx: Context, found: _Found) -> tuple[tuple[int, Alike], ...]:
    """Lines that look like earlier ones are mistakes until a reason says why they aren't the same again."""
    like = alike(ctx, found.lines)
    shown = tuple((found.rows[at], each[0]) for at, each in like.items())
    hint = "Take it out, or say why it isn't the same again."
    _take_out(
        found,
        {
            at: [("like_reason", told(each[0]), hint)]
            for at, each in like.items()
            if not found.lines[at].like_reason.strip()
        },
    )
    return shown


def _take_out(found: _Found, bad: Mapping[int, Iterable[tuple[str, str, str]]]) -> None:
    """Lines, by place, that turn out to be mistakes."""
    if not bad:
        return
    for at, wrong in bad.items():
        found.mistakes += (
            Mistake(found.rows[at], rules.FIELDS.get(name, name), message, hint) for name, message, hint in wrong
        )
    keep = [at for at in range(len(found.lines)) if at not in bad]
    found.rows = [found.rows[at] for at in keep]
    found.lines = [found.lines[at] for at in keep]


def _closed(ctx: Context, found: _Found) -> Iterator[str]:
    """What belongs to a closed period is reported in the open one."""
    days = {line.effective_on for line in found.lines}
    closed = periods.closed_among(ctx.session, days)
    if not closed:
        return
    many = sum(any(each.starts_on <= line.effective_on <= each.ends_on for each in closed) for line in found.lines)
    now = periods.name_of(ctx.session, ctx.clock.today())
    names = ", ".join(each.name for each in closed)
    lines = "1 line belongs" if many == 1 else f"{many:,} lines belong"
    yield f"{lines} to a closed period ({names}) and will be reported in {now}."
