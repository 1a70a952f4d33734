"""Statements in the register of what goes out: one posted alone, one that goes with a letter, a run, one that came back.

Their own pages make and print them; one that goes with a letter waits in the queue and is printed behind it. A run is one line for each form that it was
made in, whose accounts are those of its items; so a line of the register is never a line for each of 9,000 accounts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from app.models.letters import Outgoing
from app.models.statements import StatementItem, StatementRun
from app.models.values import Subject
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.exports.statement.dto import short_date
from app.services.letters import gathering
from app.services.letters.dto import Channel, OutgoingState, Posted
from app.services.letters.rules import address_key

_BEHIND: Final = "behind letter "
_FORMS = {"standard": "", "large_print": ", large print", "text": ", plain text"}


def note(ctx: Context, new: Posted, behind: int | None = None) -> Outgoing:
    """Put what was printed today, or is queued, into the register; the same `key` again returns the line that is there.

    The one statement that goes `behind` a letter goes to whom that goes, and is queued or waits as it does; its key is of it.
    """
    letter = None if behind is None else ctx.session.get_one(Outgoing, behind)
    if letter is not None:
        to, address = letter.addressee, tuple(letter.address.splitlines())
        new = replace(new, addressee=to, address=address, queued=True, key=_behind_key(letter.id))
    if made := _standing(ctx, new.key):
        return made
    row = _write(ctx, new, ctx.officer.id, ctx.clock.now())
    if letter is not None and letter.state == OutgoingState.WAITING:
        row.state, row.request_id = letter.state, letter.request_id
        ctx.session.flush()
    return row


def with_behind(ctx: Context, letters: Sequence[Outgoing]) -> list[Outgoing]:
    """Some letters and the statements that go with them, where those haven't gone: what becomes of one becomes of the other."""
    found = {row.id: row for row in letters}
    unsent = Outgoing.state.in_((OutgoingState.WAITING.value, OutgoingState.QUEUED.value))
    for chunk in in_chunks([_behind_key(row.id) for row in letters]):
        behind = select(Outgoing).where(Outgoing.idempotency_key.in_(chunk), unsent)
        found.update({row.id: row for row in ctx.session.scalars(behind)})
    return list(found.values())


def note_run(ctx: Context, run_id: int) -> None:
    """Put a run of statements that is done into the register, a line for each form with how many it has."""
    run = ctx.session.get_one(StatementRun, run_id)
    groups = ctx.session.execute(
        select(StatementItem.variant, StatementItem.group_name, func.count(), func.sum(StatementItem.pages))
        .where(StatementItem.run_id == run_id, StatementItem.sent)
        .group_by(StatementItem.variant, StatementItem.group_name)
        .order_by(StatementItem.variant, StatementItem.group_name)
    ).all()
    for form in dict.fromkeys(variant for variant, *_ in groups):
        of = [(name, count, pages or 0) for variant, name, count, pages in groups if variant == form]
        count = sum(each for _, each, _ in of)
        new = Posted(
            f"{_title('Statements', run.from_on, run.to_on)}{_FORMS.get(form, '')}",
            addressee=f"{count:,} account{'' if count == 1 else 's'}",
            form=form,
            pages=sum(pages for *_, pages in of),
            body="\n".join(f"{name}: {each:,}" for name, each, _ in of),
            key=f"statements {run_id} {form}",
            subject=Subject.STATEMENT_RUN,
            subject_id=run_id,
        )
        note(ctx, new)


def out_of_run(ctx: Context, item_id: int) -> Outgoing:
    """The line of its own that a statement of a run gets when it came back; asked again, the same one.

    The address is where the account's letters go now, since a run keeps none.

    Raises:
        UserError: there is no such statement, it was not sent, or its account is not the officer's to work on.
    """
    found = ctx.session.execute(
        select(StatementItem, StatementRun)
        .join(StatementRun, StatementRun.id == StatementItem.run_id)
        .where(StatementItem.id == item_id, StatementItem.sent, StatementRun.ended_at.is_not(None))
    ).one_or_none()
    if found is None:
        raise UserError("That statement is no longer there.", "Look for it again.", "letter")
    item, run = found
    access.touch(ctx, (item.account_id,))
    if made := _standing(ctx, key := _key(item_id)):
        return made
    to = gathering.recipient(ctx, item.account_id)
    new = Posted(
        _title("Statement", run.from_on, run.to_on),
        addressee=to.name,
        form=item.variant,
        address=to.address,
        account_id=item.account_id,
        person_id=to.person_id,
        reference=to.reference,
        sha256=item.document_sha256,
        first_page=item.first_page or 1,
        pages=item.pages or 1,
        key=key,
        subject_id=item.account_id,
    )
    return _write(ctx, new, run.officer_id, run.ended_at or run.started_at)


def of_account(account_id: int) -> ColumnElement[bool]:
    """The condition of a line that went to an account: its own, and runs of statements that it had one of."""
    run = aliased(Outgoing)
    had = and_(StatementItem.run_id == run.subject_id, StatementItem.variant == run.format, StatementItem.sent)
    runs = (
        select(run.id)
        .join(StatementItem, had)
        .where(run.subject == Subject.STATEMENT_RUN.value, StatementItem.account_id == account_id)
    )
    return or_(Outgoing.account_id == account_id, Outgoing.id.in_(runs))


def sent_by_runs(
    ctx: Context, since: datetime, where: ColumnElement[bool], most: int
) -> list[tuple[StatementItem, StatementRun]]:
    """The statements of runs that ended since a moment whose accounts fit, the latest first, without those that came back."""
    rows = ctx.session.execute(
        select(StatementItem, StatementRun)
        .join(StatementRun, StatementRun.id == StatementItem.run_id)
        .where(StatementItem.sent, StatementRun.state == "done", StatementRun.ended_at >= since, where)
        .order_by(StatementItem.id.desc())
        .limit(most)
    ).all()
    keys = [_key(item.id) for item, _ in rows]
    back = set(ctx.session.scalars(select(Outgoing.idempotency_key).where(Outgoing.idempotency_key.in_(keys))))
    return [(item, run) for (item, run), key in zip(rows, keys, strict=True) if key not in back]


def is_run(row: Outgoing) -> bool:
    """Whether a line is a run of statements, which is printed and marked on its own page."""
    return row.subject == Subject.STATEMENT_RUN.value


def _standing(ctx: Context, key: str) -> Outgoing | None:
    return ctx.session.scalar(select(Outgoing).where(Outgoing.idempotency_key == key)) if key else None


def goes_behind(row: Outgoing) -> bool:
    """Whether a line is a statement that goes with a letter, whose request for approval is the letter's."""
    return (row.idempotency_key or "").startswith(_BEHIND)


def _behind_key(letter_id: int) -> str:
    return f"{_BEHIND}{letter_id}"


def _key(item_id: int) -> str:
    return f"statement {item_id} of a run"


def _title(what: str, from_on: date, to_on: date) -> str:
    return f"{what} {short_date(from_on)} to {short_date(to_on)}"


def _write(ctx: Context, new: Posted, officer_id: int, at: datetime) -> Outgoing:
    row = Outgoing(
        title=new.title,
        subject=new.subject.value,
        subject_id=new.subject_id or new.account_id or 0,
        account_id=new.account_id,
        person_id=new.person_id,
        reference=new.reference,
        channel=Channel.LETTER.value,
        format=new.form,
        addressee=new.addressee[:200],
        address="\n".join(new.address)[:600],
        address_key=address_key(new.address),
        letter_date=at.astimezone().date(),
        subject_line="",
        body=new.body,
        state=(OutgoingState.QUEUED if new.queued else OutgoingState.PRINTED).value,
        document_sha256=new.sha256,
        first_page=new.first_page,
        pages=new.pages,
        idempotency_key=new.key or None,
        asked_by=officer_id,
        asked_at=at,
        printed_by=None if new.queued else officer_id,
        printed_at=None if new.queued else at,
    )
    ctx.session.add(row)
    ctx.session.flush()
    return row
