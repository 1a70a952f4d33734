"""Rows of bank details made and settled, for the commands and `keeping`."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sqlalchemy import or_, select

from app.models.accounts import Account
from app.models.bacs import BankDetail
from app.models.people import Person, Tenant
from app.models.values import DetailState, NameCheck, Subject
from app.services.bacs import rules, sealing
from app.services.bacs.dto import Checked, Destination, Kept, NewBankDetails
from app.services.bacs.modulus import loaded
from app.services.core import access
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError

AREAS: Final = frozenset({"bank_details"})
_LONGEST_REASON: Final = 400


def make(ctx: Context, new: NewBankDetails, state: DetailState) -> Kept:
    """Make a row of bank details in a state, sealed.

    Raises:
        UserError: a field isn't as it must be, the modulus check refuses the number, or the payee isn't the officer's to
            work on.
    """
    touch(ctx, new.person_id, new.account_id)
    account, clean = _in_form(ctx, new)
    checked = loaded.checker(ctx)(account)
    if checked.refuses:
        raise UserError(checked.words, "Compare it with the bank statement, digit by digit.", "account_number")
    proved = clean.name_check is not NameCheck.NONE
    row = BankDetail(
        person_id=clean.person_id,
        account_id=clean.account_id,
        payee_name=clean.payee_name,
        fingerprint=sealing.fingerprint(ctx, account),
        last_two=account.account_number[-2:],
        has_roll_number=bool(account.roll_number),
        state=state,
        from_on=clean.from_on,
        name_check=clean.name_check,
        checked_on=clean.checked_on if proved else None,
        checked_by=ctx.officer.id if proved else None,
        check_note=clean.check_note,
        verdict=checked.verdict,
        made_by=ctx.officer.id,
        made_at=ctx.clock.now(),
    )
    ctx.session.add(row)
    ctx.session.flush()
    sealing.seal(ctx, row.id, account)
    return Kept(row.id, checked, changes(row))


def _in_form(ctx: Context, new: NewBankDetails) -> tuple[Destination, NewBankDetails]:
    """The account that was typed, and the rest as it is kept."""
    today = ctx.clock.today()
    account = rules.destination(new.sort_code, new.account_number, new.roll_number)
    name = rules.payee_name(new.payee_name)
    note = rules.check_name_check(new.name_check, new.checked_on, new.check_note, today)
    if new.from_on > today:
        raise UserError("Bank details can't count from a day that is still to come.", field="from_on")
    written = (
        (name, "name", "payee_name"),
        (note, "note", "check_note"),
        (account.roll_number, "roll number", "roll_number"),
    )
    for text, what, field in written:
        refuse_card_number(ctx, text, what, field)
    return account, replace(new, payee_name=name, check_note=note)


def touch(ctx: Context, person_id: int | None, account_id: int | None) -> None:
    """Refuse a payee who isn't there, or isn't the officer's to work on.

    Raises:
        UserError: nobody is named, or what `access.touch` says.
    """
    if person_id is None and account_id is None:
        raise UserError("Whose bank details these are is missing.", "Choose a person or an account.", "payee")
    for model, row_id, subject in ((Person, person_id, Subject.PERSON), (Account, account_id, Subject.ACCOUNT)):
        if row_id is None:
            continue
        if ctx.session.get(model, row_id) is None:
            raise UserError(f"There is no such {subject.value} any more.", "Look again.", "payee")
        access.touch_subject(ctx, subject, row_id)


def found(ctx: Context, detail_id: int) -> BankDetail:
    """The row of some bank details.

    Raises:
        UserError: there are none of that number.
    """
    row = ctx.session.get(BankDetail, detail_id)
    if row is None:
        raise UserError("These bank details are not there any more.", "Look at the list again.")
    return row


def standing(ctx: Context, row: NewBankDetails | BankDetail) -> list[BankDetail]:
    """The details in force of the same payee: of the person and the account that the row names, or of either alone."""
    mine = (
        select(BankDetail)
        .where(BankDetail.state == DetailState.IN_FORCE, BankDetail.person_id == row.person_id)
        .order_by(BankDetail.id)
    )
    return list(ctx.session.scalars(mine.where(BankDetail.account_id == row.account_id)))


def had_any(ctx: Context, new: NewBankDetails) -> bool:
    """Whether bank details of this payee were ever kept, in whatever state, or of anybody else on the same account.

    Those of a person count for every account that they hold, and those of an account for everybody who holds it.
    """
    held = select(Tenant.person_id, Account.id.label("account_id")).join(
        Account, Account.tenancy_id == Tenant.tenancy_id
    )
    theirs = []
    if new.person_id is not None:
        accounts = held.where(Tenant.person_id == new.person_id).subquery()
        theirs += [BankDetail.person_id == new.person_id, BankDetail.account_id.in_(select(accounts.c.account_id))]
    if new.account_id is not None:
        people = held.where(Account.id == new.account_id).subquery()
        theirs += [BankDetail.account_id == new.account_id, BankDetail.person_id.in_(select(people.c.person_id))]
    return ctx.session.scalars(select(BankDetail.id).where(or_(*theirs))).first() is not None


def reason(ctx: Context, typed: str) -> str:
    """Why details end or are refused, as it is kept.

    Raises:
        UserError: it is missing, long, or holds a card number.
    """
    text = " ".join(typed.split())
    if not text:
        raise UserError("The reason is missing.", "It stays with the bank details.", "reason")
    if len(text) > _LONGEST_REASON:
        raise UserError(f"The reason has over {_LONGEST_REASON} characters.", "Shorten it.", "reason")
    refuse_card_number(ctx, text, "reason", "reason")
    return text


def changes(row: BankDetail) -> Changes:
    """What a change of a row tells the pages."""
    return Changes(AREAS, frozenset() if row.account_id is None else frozenset({row.account_id}))


def recheck(ctx: Context, row: BankDetail) -> Checked:
    """The modulus check of details that were kept before, by the table as it is now."""
    return loaded.checker(ctx)(sealing.opened(ctx.session, row.id))
