"""Bank details of suppliers: asked for with a call back, ended, and shown in full. The second officer: `requests`."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import select, update

from app.models.purchase_orders.suppliers import Supplier, SupplierBank
from app.models.values import DetailState
from app.services.approvals import keeping as approvals
from app.services.bacs import keeping as bacs
from app.services.bacs import rules as forms
from app.services.bacs.dto import Checked, Destination
from app.services.bacs.modulus.loaded import checker
from app.services.core import audit, phones
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.core.errors import UserError, UserErrors
from app.services.core.officers import officer_names
from app.services.core.permissions import Permission, requires
from app.services.core.records import record
from app.services.core.versions import refuse_old
from app.services.purchase_orders.suppliers import checking, keeping, rules
from app.services.purchase_orders.suppliers.bank import keeping as banks
from app.services.purchase_orders.suppliers.bank import requests
from app.services.purchase_orders.suppliers.bank.dto import NewSupplierBank, Revealed
from app.services.purchase_orders.suppliers.dto import Saved

_ROWS = SupplierBank.metadata.tables["supplier_bank"]
_LONGEST: Final = {"holder": 70, "asked_how": 200, "called_whom": 120, "reason": 400}
_OLDEST_CALL: Final = timedelta(days=14)


@requires(Permission.KEEP_SUPPLIERS)
def propose(ctx: Context, new: NewSupplierBank) -> Saved:
    """Ask a second officer for bank details of a supplier, first ones or others; until then those in force are paid to.

    Raises:
        UserErrors: fields have faults, each named: the modulus check, or the call back.
        UserError: some wait already, another supplier is paid on the account and that wasn't said, or the office has one
            officer.
    """
    row = keeping.supplier(ctx, new.supplier_id)
    approvals.refuse_alone(ctx)
    waits = select(SupplierBank.id).where(
        SupplierBank.supplier_id == row.id, SupplierBank.state == DetailState.PROPOSED
    )
    if ctx.session.scalars(waits).first() is not None:
        raise banks.one_waits(row.name)
    account, checked = _checked(ctx, row, new)
    print_ = bacs.fingerprint(ctx, account)
    _refuse_same(ctx, row, new, print_)
    made = _make(ctx, row, new, account, checked, print_)
    made.request_id = requests.ask(ctx, row, made, new.reason)
    ctx.session.flush()
    now = banks.standing(ctx, [row.id])[row.id]
    until = f"until then it is paid on its {now.words}" if now.bank_id else "until then it isn't paid by Bacs"
    return Saved(row.id, f"Bank details of {row.name} wait for a second officer; {until}.", requests.CHANGES)


def _make(
    ctx: Context, row: Supplier, new: NewSupplierBank, account: Destination, checked: Checked, print_: str
) -> SupplierBank:
    """Keep the details as they wait, their digits sealed."""
    made = SupplierBank(
        supplier_id=new.supplier_id,
        holder=forms.payee_name(new.holder),
        fingerprint=print_,
        last_two=account.account_number[-2:],
        verdict=checked.verdict,
        state=DetailState.PROPOSED,
        from_on=ctx.clock.today(),
        asked_how=" ".join(new.asked_how.split()),
        called_number=new.called_number.strip(),
        called_on=new.called_on,
        called_by=new.called_by or ctx.officer.id,
        called_whom=" ".join(new.called_whom.split()),
        made_by=ctx.officer.id,
        made_at=ctx.clock.now(),
    )
    banks.add_waiting(ctx, made, row.name)
    sealed = bacs.seal_account(ctx, banks.about(made.id), account)
    ctx.session.execute(update(_ROWS).where(_ROWS.c.id == made.id).values(sealed=sealed))
    return made


@requires(Permission.KEEP_SUPPLIERS)
def end(ctx: Context, bank_id: int, version: int, reason: str) -> Saved:
    """End bank details today: nothing is paid to them from now on. Others take a second officer.

    Raises:
        UserError: they aren't in force, or no reason is given.
        ChangedMeanwhile: somebody else saved them in between.
    """
    row = record(ctx, SupplierBank, bank_id, "bank details")
    refuse_old(row.version, version)
    if row.state is not DetailState.IN_FORCE:
        raise UserError("These bank details are not in force.", "Look at the list again.")
    row.reason = checking.reason(ctx, reason, "they end")
    row.state, row.to_on = DetailState.ENDED, max(ctx.clock.today(), row.from_on)
    ctx.session.flush()
    runs = banks.open_runs(ctx, row.id)
    stop = f" {', '.join(runs)} can't be sent now: have each cancelled, or ask the bank if it was sent." if runs else ""
    return Saved(row.supplier_id, f"The bank details are ended: nothing is paid to them any more.{stop}")


@requires(Permission.REVEAL_BANK_DETAILS)
def reveal(ctx: Context, bank_id: int) -> Revealed:
    """Bank details in full, for the officer who asks; the audit says who saw them and when.

    Raises:
        UserError: there are none, or the key isn't at this desk.
    """
    row, account = banks.opened(ctx, bank_id)
    audit.record(ctx, banks.TABLE, str(row.id), "reveal", last_two=row.last_two, supplier_id=row.supplier_id)
    return Revealed(row.id, row.holder, forms.spelled_sort_code(account.sort_code), account.account_number)


def _checked(ctx: Context, row: Supplier, new: NewSupplierBank) -> tuple[Destination, Checked]:
    faults: list[UserError] = []
    account: Destination | None = None
    checked: Checked | None = None
    try:
        account = forms.destination(new.sort_code, new.account_number)
        checked = checker(ctx)(account)
        if checked.refuses:
            faults.append(UserError(checked.words, "Compare it with their letter, digit by digit.", "account_number"))
    except UserError as error:
        faults.append(error)
    try:
        forms.payee_name(new.holder)
    except UserError as error:
        faults.append(UserError(error.message, error.hint, "holder"))
    faults += _texts(ctx, new, account)
    faults += _call(ctx, row, new)
    if faults or account is None or checked is None:
        raise UserErrors(faults)
    return account, checked


def _texts(ctx: Context, new: NewSupplierBank, account: Destination | None) -> list[UserError]:
    """Texts that are missing, long, or hold what is kept sealed only."""
    faults: list[UserError] = []
    for field, most in _LONGEST.items():
        text = getattr(new, field)
        if len(text) > most:
            faults.append(UserError(f"That is longer than {most} characters.", "Shorten it.", field))
        if account is not None and account.account_number in "".join(each for each in text if each.isdigit()):
            faults.append(UserError("The account number stands in this text, where everybody reads it.", field=field))
        try:
            refuse_card_number(ctx, text, "text", field)
        except UserError as error:
            faults.append(error)
    if not new.asked_how.strip():
        faults.append(UserError("Say how the supplier gave these details.", "Such as: letter of 3 Nov", "asked_how"))
    return faults


def _call(ctx: Context, row: Supplier, new: NewSupplierBank) -> list[UserError]:
    """What is wrong with the call back: it goes to the number that was known before, and somebody there confirmed them."""
    known, why = banks.number_to_call(ctx, row)
    if not known:
        return [
            UserError(f"Nobody can be called back. {why}", "Bank details are only taken after a call.", "called_number")
        ]
    faults: list[UserError] = []
    today = ctx.clock.today()
    if not phones.same_number(new.called_number) or phones.same_number(new.called_number) != phones.same_number(known):
        faults.append(
            UserError(
                "That isn't the number known before this change.",
                f"Call {known}. {why} Never call a number from the message that asks for the change.",
                "called_number",
            )
        )
    if new.called_on is None or new.called_on > today:
        faults.append(UserError("Say on which day they were called, up to today.", field="called_on"))
    elif new.called_on < today - _OLDEST_CALL:
        faults.append(UserError("The call was over 14 days ago.", "Call them again.", "called_on"))
    if not new.called_whom.strip():
        faults.append(UserError("Say who confirmed the details on the telephone.", field="called_whom"))
    if new.called_by is not None and new.called_by not in officer_names(ctx.session, [new.called_by]):
        faults.append(UserError("Choose the officer who called.", field="called_by"))
    return faults


def _refuse_same(ctx: Context, row: Supplier, new: NewSupplierBank, print_: str) -> None:
    """Refuse the account that is in force already, and one of another supplier unless that was said."""
    same = (
        select(SupplierBank.supplier_id, Supplier.number, Supplier.name)
        .join(Supplier, Supplier.id == SupplierBank.supplier_id)
        .where(SupplierBank.fingerprint == print_, SupplierBank.state.in_((DetailState.IN_FORCE, DetailState.PROPOSED)))
        .order_by(Supplier.number)
    )
    found = ctx.session.execute(same).all()
    if any(each.supplier_id == row.id for each in found):
        raise UserError(f"{row.name} is paid on this account already.", field="account_number")
    if found and not new.shared:
        other = f"{rules.spelt_number(found[0].number)} {found[0].name}"
        raise UserError(
            f"{other} is paid on the same account.",
            "It may be the same supplier twice, or a fraud. Tick that it is so, if you know that it is.",
            "shared",
        )
