"""A batch looked through: whose account each row means, and everything that is wrong with it, at once. Set-based."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.models.accounts import Account
from app.models.adjustments import Adjustment, AdjustmentLine
from app.models.officers import Officer
from app.models.values import AdjustmentState
from app.services.adjustments import keeping
from app.services.adjustments.alike import alike, told
from app.services.adjustments.batches import rules
from app.services.adjustments.batches.dto import Basis, BatchRow, Checked, NewBatch
from app.services.adjustments.batches.lines import Found, read_lines
from app.services.adjustments.dto import Alike, KindRow
from app.services.adjustments.kinds import kinds, reasons
from app.services.adjustments.rules import in_words, sums
from app.services.core import access
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.imports.dto import Mistake
from app.services.ledger import periods
from app.services.ledger.writing import code_rules

OVER: Final = (AdjustmentState.REFUSED, AdjustmentState.WITHDRAWN)
"""Batches that came to nothing: their file may be loaded again."""
_TEXTS: Final = (("narrative", "narrative"), ("like_reason", "reason"))


def basis(ctx: Context, new: NewBatch) -> Basis:
    """What a batch would be looked through on now."""
    return Basis(
        new,
        ctx.officer.id,
        ctx.clock.today(),
        kinds(ctx),
        reasons(ctx),
        code_rules(ctx.session),
        access.declared_accounts(ctx) | access.closed_accounts(ctx),
        ctx.session.scalar(select(func.max(AdjustmentLine.id))) or 0,
    )


def check(ctx: Context, new: NewBatch) -> Checked:
    """Look through a batch; nothing of it is kept.

    Raises:
        Cancelled: the officer asked for it.
    """
    on = basis(ctx, new)
    known = {key: each for key, each in on.kinds.items() if each.sheet in rules.SHEETS}
    rows = new.rows if new.file is None else new.file.rows
    found = Found(mistakes=list(new.file.mistakes if new.file is not None else ()))
    found.mistakes += _whole(ctx, new, rows)
    read_lines(ctx, new, rows, known, found)
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
        basis=on,
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


def refuse_changed(ctx: Context, adjustment_id: int, found: Checked) -> None:
    """Refuse lines whose accounts became of another kind since they were looked through.

    Raises:
        UserError: one did.
    """
    line, on = AdjustmentLine, aliased(Account)
    for column in (line.account_id, line.other_account_id):
        pairs = select(line.kind, on.kind, func.min(on.payment_reference)).join(on, on.id == column)
        pairs = pairs.where(line.adjustment_id == adjustment_id).group_by(line.kind, on.kind)
        for kind, account_kind, reference in ctx.session.execute(pairs):
            if account_kind not in found.basis.kinds[kind].account_kinds:
                raise UserError(
                    f"Account {reference} is a {in_words(account_kind)} account by now.",
                    "Look through the batch again.",
                )


def earlier(ctx: Context, sha256: str) -> Adjustment | None:
    """The adjustment that the same file was loaded as, unless that was refused or withdrawn."""
    same = (Adjustment.file_sha256 == sha256, Adjustment.state.not_in(OVER))
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


def _card(ctx: Context, row: int, name: str, what: str, text: str) -> Iterator[Mistake]:
    try:
        refuse_card_number(ctx, text, what, name)
    except UserError as error:
        yield Mistake(row, name, error.message, error.hint)


def _drop_cards(ctx: Context, found: Found) -> None:
    """Lines whose texts hold a card number are mistakes; each text is looked at once."""
    for name, what in _TEXTS:
        texts = {getattr(line, name) for line in found.lines}
        wrong = {text: made for text in texts if text and (made := list(_card(ctx, 0, name, what, text)))}
        if wrong:
            bad = {
                at: wrong[getattr(line, name)][0] for at, line in enumerate(found.lines) if getattr(line, name) in wrong
            }
            _take_out(found, {at: [(name, each.message, each.hint)] for at, each in bad.items()})


def _drop_faults(ctx: Context, found: Found, known: Mapping[str, KindRow]) -> None:
    if not found.lines:
        return
    others = {each for line in found.lines for each in keeping.accounts_of(line)} - found.on.keys()
    found.on.update(keeping.account_kinds(ctx, others))
    bad: dict[int, list[tuple[str, str, str]]] = {}
    for error in keeping.faults_in(ctx, found.lines, known, found.on):
        place, _, name = (error.field or "").rpartition(".")
        bad.setdefault(int(place.rpartition(".")[2] or 0), []).append((name, error.message, error.hint))
    _take_out(found, bad)


def _drop_shut(ctx: Context, found: Found) -> None:
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


def _drop_alike(ctx: Context, found: Found) -> tuple[tuple[int, Alike], ...]:
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


def _take_out(found: Found, bad: Mapping[int, Iterable[tuple[str, str, str]]]) -> None:
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


def _closed(ctx: Context, found: Found) -> Iterator[str]:
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
