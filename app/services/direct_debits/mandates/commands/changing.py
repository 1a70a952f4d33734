"""Mandates changed: other bank details, another payer, other accounts; and their bank details revealed."""

from __future__ import annotations

from sqlalchemy import delete, select

from app.models.direct_debits.mandates import Mandate, MandateAccount, MandateBank
from app.models.values import MandateEvent, Subject
from app.services.bacs import rules as bacs
from app.services.bacs.keeping import open_account
from app.services.core import access, audit
from app.services.core.card_refusal import refuse_card_number
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.core.search_index import index_record
from app.services.direct_debits.mandates import checking, conditions, ended, keeping, letters, payers, rules
from app.services.direct_debits.mandates.dto import STATES, AmendMandate, ChangeMandate, RevealedMandate, Saved
from app.services.direct_debits.mandates.keeping import banks, steps
from app.services.direct_debits.mandates.saving import as_shown, saved


@requires(Permission.KEEP_DIRECT_DEBITS)
def amend(ctx: Context, changed: AmendMandate) -> Saved:
    """Put other bank details in force, as the payer told us: the old bank gets a 0C, the new one a 0N by the next run.

    Raises:
        UserError: as `keeping.amend`; the number fails the modulus check, or somebody changed the mandate meanwhile.
    """
    row = as_shown(ctx, changed.mandate_id, changed.version)
    why = steps.said(ctx, changed.reason, "amended", most=200)
    holder = payers.payer_name(changed.holder)
    bank = checking.bank(ctx, changed.sort_code, changed.account_number)
    refuse_card_number(ctx, holder, "name", "holder")
    checking.refuse_digits(bank.destination, {"reason": why, "holder": holder})
    about = (row.person_id, row.payer_name)
    warned = [*conditions.warnings(ctx, (), bank.print_, about, bank.checked, row.id)]
    keeping.amend(
        ctx,
        row,
        bank.destination,
        holder,
        why,
        named=(checking.text(ctx, "bank_name", changed.bank_name), checking.text(ctx, "branch", changed.branch)),
        checked=bank.checked,
    )
    sent, said = letters.confirm_or_say(ctx, row) if changed.confirm else (None, "")
    told = (f"Mandate {row.reference} has other bank details: {STATES[row.state].lower()}.", said, *warned)
    return saved(ctx, row, " ".join(each for each in told if each), sent)


@requires(Permission.KEEP_DIRECT_DEBITS)
def change(ctx: Context, changed: ChangeMandate) -> Saved:
    """Change what the bank isn't told of: the payer, where their letters go, the accounts paid, the note.

    Raises:
        UserError: the mandate is over, a field has a fault, another mandate pays one of its accounts and the officer hasn't said
            that both collect, or somebody changed it meanwhile.
    """
    row = as_shown(ctx, changed.mandate_id, changed.version)
    rules.refuse_over(row.state, row.reference, "changed")
    note = checking.text(ctx, "note", changed.note)
    name = payers.payer_name(changed.payer_name)
    refuse_card_number(ctx, name, "name", "payer_name")
    person_id = payers.checked_person(ctx, changed.person_id)
    address = payers.checked_address(changed.payer_address)
    if person_id is None and not address:
        raise UserError("Where letters to the payer go is missing.", "Write their address.", "payer_address")
    was = steps.accounts_of(ctx, row)
    wanted = {row.account_id, *changed.beside}
    for account_id in sorted(wanted - was):
        conditions.paid_account(ctx, account_id, "beside")
    doubled = _doubled(ctx, row, wanted, wanted - was, despite=changed.despite)
    words = _what_changed(row, name, person_id, address, note, added=wanted - was, gone=was - wanted)
    words = " ".join(each for each in (f"{words}." if words and doubled else words, doubled) if each)
    if not words:
        return saved(ctx, row, f"Nothing of mandate {row.reference} is changed.")
    row.payer_name, row.person_id, row.payer_address, row.note = name, person_id, address, note
    ctx.session.execute(
        delete(MandateAccount).where(
            MandateAccount.mandate_id == row.id, MandateAccount.account_id.in_(sorted(was - wanted))
        )
    )
    ctx.session.add_all(MandateAccount(mandate_id=row.id, account_id=each) for each in sorted(wanted - was))
    keeping.move(ctx, row, row.state, MandateEvent.CHANGED, words)
    index_record(ctx, Subject.MANDATE, row.id, row.reference, row.payer_name)
    if was != wanted:
        ended.tell_accounts(ctx, row.id)
    return saved(ctx, row, f"Mandate {row.reference} is changed.")


@requires(Permission.REVEAL_BANK_DETAILS)
def reveal(ctx: Context, mandate_id: int) -> RevealedMandate:
    """The bank details of a mandate in full, for the officer who asks; the audit says who saw them and when.

    Raises:
        UserError: the officer may not open or work on its accounts, or the key isn't at this desk.
    """
    row = keeping.found(ctx, mandate_id)
    access.open_accounts(ctx, steps.accounts_of(ctx, row))
    bank = keeping.bank_of(ctx, row.id)
    sealed = ctx.session.scalar(select(MandateBank.sealed).where(MandateBank.id == bank.id))
    account = open_account(ctx, banks.about(bank.id), sealed)
    audit.record(
        ctx,
        "mandate_bank",
        str(bank.id),
        "reveal",
        last_two=bank.last_two,
        mandate_id=row.id,
        account_id=row.account_id,
    )
    return RevealedMandate(row.id, bank.holder, bacs.spelled_sort_code(account.sort_code), account.account_number)


def _doubled(ctx: Context, row: Mandate, wanted: set[int], added: set[int], *, despite: bool) -> str:
    """That a mandate collects beside others of its accounts, where the officer says so now, as a sentence of the history."""
    found = " ".join(conditions.standing_beside(ctx, row, wanted, added))
    if found and not despite:
        raise UserError(found, "If both are to collect, say so and save again; else cancel one.", "despite")
    if found:
        row.despite_at = ctx.clock.now()
    return found and f"Both collect: {found}"


def _what_changed(
    row: Mandate, name: str, person_id: int | None, address: str, note: str, added: set[int], gone: set[int]
) -> str:
    """What a change does, as a sentence of the history; names of people are not in it."""
    said = []
    if (row.payer_name, row.person_id) != (name, person_id):
        said.append("another payer")
    if row.payer_address != address:
        said.append("another address for letters")
    if added:
        said.append(f"{len(added)} more account{'s' if len(added) > 1 else ''} paid")
    if gone:
        said.append(f"{len(gone)} account{'s' if len(gone) > 1 else ''} not paid any more")
    if row.note != note:
        said.append("the note")
    words = ", ".join(said)
    return f"{words[0].upper()}{words[1:]}" if words else ""
