"""Bank details kept, proved, ended and revealed; and the tables of the modulus check loaded."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import select

from app.models.bacs import ModulusTable
from app.models.values import DetailState, NameCheck, Subject, TableKind
from app.services.bacs import queries, rules, sealing, writing
from app.services.bacs.dto import Kept, NewBankDetails, NewNameCheck, NewTable, Revealed, TableInfo
from app.services.bacs.modulus import table
from app.services.core import access, audit, versions
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires

_LONGEST_NAME: Final = 80


@requires(Permission.KEEP_BANK_DETAILS)
def keep(ctx: Context, new: NewBankDetails) -> Kept:
    """Keep the first bank details of a payee, in force at once.

    Any later ones, also after they ended or were refused, change standing details, which needs a second officer: whichever
    area asks (refunds, Direct Debit) owns the request for approval, and calls `keeping.propose`, then `keeping.approve` or
    `keeping.refuse`.

    Raises:
        UserError: the payee or their account has or had some, a field isn't as it must be, or the modulus check refuses the number.
    """
    writing.touch(ctx, new.person_id, new.account_id)
    if writing.had_any(ctx, new):
        raise UserError(
            "Bank details are known for this payee or account already; a second officer approves others.",
            "Ask for the change: it is carried out when somebody else approves it.",
            "account_number",
        )
    return writing.make(ctx, new, DetailState.IN_FORCE)


@requires(Permission.KEEP_BANK_DETAILS)
def prove(ctx: Context, new: NewNameCheck) -> Changes:
    """Write down how the name on bank details was proved, for instance after Confirmation of Payee answered.

    Raises:
        UserError: they ended, the day is to come, a close match doesn't say the name, or somebody changed them meanwhile.
    """
    row = writing.found(ctx, new.detail_id)
    versions.refuse_old(row.version, new.version)
    writing.touch(ctx, row.person_id, row.account_id)
    if row.state not in {DetailState.IN_FORCE, DetailState.PROPOSED}:
        raise UserError("These bank details are not used any more.", "Look at those in force.")
    if new.name_check is NameCheck.NONE:
        raise UserError("Say how the name was proved.", field="name_check")
    note = rules.check_name_check(new.name_check, new.checked_on, new.note, ctx.clock.today())
    refuse_card_number(ctx, note, "note", "check_note")
    row.name_check, row.checked_on, row.check_note = new.name_check, new.checked_on, note
    row.checked_by = ctx.officer.id
    ctx.session.flush()
    return writing.changes(row)


@requires(Permission.KEEP_BANK_DETAILS)
def end(ctx: Context, detail_id: int, version: int, reason: str) -> Changes:
    """End bank details today: nothing is paid to them from now on. Others need a second officer.

    Raises:
        UserError: they aren't in force, no reason is given, or somebody changed them meanwhile.
    """
    row = writing.found(ctx, detail_id)
    versions.refuse_old(row.version, version)
    writing.touch(ctx, row.person_id, row.account_id)
    if row.state is not DetailState.IN_FORCE:
        raise UserError("These bank details are not in force.", "Look at the list again.")
    row.reason = writing.reason(ctx, reason)
    row.state, row.to_on = DetailState.ENDED, max(ctx.clock.today(), row.from_on)
    ctx.session.flush()
    return writing.changes(row)


@requires(Permission.REVEAL_BANK_DETAILS)
def reveal(ctx: Context, detail_id: int) -> Revealed:
    """Bank details in full, for the officer who asks; the audit says who saw them and when.

    Raises:
        UserError: they are of a record that the officer may not open or work on, or the key isn't at this desk.
    """
    row = writing.found(ctx, detail_id)
    writing.touch(ctx, row.person_id, row.account_id)
    for subject, row_id in ((Subject.PERSON, row.person_id), (Subject.ACCOUNT, row.account_id)):
        if row_id is not None:
            access.open_subject(ctx, subject, row_id)
    account = sealing.opened(ctx.session, row.id)
    owner = {name: getattr(row, name) for name in ("account_id", "person_id") if getattr(row, name) is not None}
    audit.record(ctx, "bank_detail", str(row.id), "reveal", last_two=row.last_two, **owner)
    return Revealed(
        row.id,
        row.payee_name,
        rules.spelled_sort_code(account.sort_code),
        account.account_number,
        account.roll_number,
    )


@requires(Permission.EDIT_POLICY)
def load_tables(ctx: Context, files: Sequence[NewTable], valid_from: date) -> tuple[TableInfo, ...]:
    """Load files that Pay.UK publishes for the modulus check, in force from a day; all of them or, at a fault, none.

    Raises:
        UserError: one is neither the weights nor the substitutions, a line of it is spoilt (it is named), it is loaded already,
            or it has no name.
    """
    if not files:
        raise UserError("Choose a file of the modulus check.", "Pay.UK publishes valacdos.txt and scsubtab.txt.")
    made = {_load(ctx, each, valid_from) for each in files}
    return tuple(each for each in queries.tables(ctx) if each.table_id in made)


def _load(ctx: Context, new: NewTable, valid_from: date) -> int:
    name = " ".join(new.name.split())
    if not name or len(name) > _LONGEST_NAME:
        raise UserError("Give the file a name of up to 80 characters, such as v7.90.", field="name")
    kind = table.kind_of(new.content)
    rows = len(table.read_weights(new.content) if kind is TableKind.WEIGHTS else table.read_substitutions(new.content))
    sha256 = hashlib.sha256(new.content).hexdigest()
    same = select(ModulusTable.id).where(ModulusTable.sha256 == sha256, ModulusTable.valid_from == valid_from)
    if ctx.session.scalars(same).first() is not None:
        raise UserError(f"The file of {name} is loaded already, from the same day on.", "Nothing needs to be done.")
    row = ModulusTable(
        kind=kind,
        name=name,
        valid_from=valid_from,
        rows=rows,
        sha256=sha256,
        content=new.content,
        loaded_by=ctx.officer.id,
        loaded_at=ctx.clock.now(),
    )
    ctx.session.add(row)
    ctx.session.flush()
    return row.id
