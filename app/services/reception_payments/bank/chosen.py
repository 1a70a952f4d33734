"""What an officer chose for a match: the lines, the entries that they bring, and whether it may be so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.reception_payments.bank import BankLine
from app.models.values import AccountKind, BankLineState, BankPart, Money
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.records import record
from app.services.ledger.dto import ControlEntry
from app.services.reception_payments.bank import transit, twins
from app.services.reception_payments.bank.channels import BY_KEY
from app.services.reception_payments.bank.kept import NewMatch, OtherPart
from app.services.reception_payments.files.rules import refused_by
from app.services.reception_payments.tills import banked

_MOST_LINES: Final = 500
_SAY: Final = {
    BankPart.DIFFERENCE: "Say why the bank counted otherwise.",
    BankPart.ELSEWHERE: "Say of which service it is.",
}


def lines(ctx: Context, new: NewMatch) -> list[BankLine]:
    """The lines that are chosen.

    Raises:
        UserError: there are none or too many, one isn't there or is matched, or payments for accounts or suspense are to be
            taken from several at once.
    """
    wanted = sorted(set(new.line_ids))
    if not wanted or len(wanted) > _MOST_LINES:
        raise UserError(f"Choose from one line to {_MOST_LINES}.", field="line_ids")
    rows = select(BankLine).where(BankLine.id.in_(wanted), BankLine.bank_id == new.bank_id).order_by(BankLine.id)
    found = list(ctx.session.scalars(rows))
    if len(found) != len(wanted):
        raise UserError("A line isn't there, or is of another bank account.", "Look at the statement again.")
    if any(line.state is BankLineState.MATCHED for line in found):
        raise UserError("A line is matched already.", "A colleague may have done it: look at it again.", "line_ids")
    if len(found) > 1 and (new.straight or new.to_suspense):
        raise UserError("Payments for accounts and suspense are taken from one line at a time.", field="line_ids")
    return found


def entries(ctx: Context, new: NewMatch, in_transit: transit.Found | None = None) -> list[ControlEntry]:
    """The entries that are chosen, each deposit with all of its own.

    `in_transit`: what stands in transit, where it was read for several matches.

    Raises:
        UserError: one is matched or isn't there, lies in the bag of a deposit that isn't chosen, or in no sealed bag yet.
    """
    if not new.entries and not new.banking_ids:
        return []
    standing = transit.by_key(ctx) if in_transit is None else in_transit
    missing = [each for each in new.entries if each not in standing]
    if missing or len(set(new.entries)) != len(new.entries):
        raise UserError("What was receipted is matched already, or isn't there.", "Look at it again.", "entries")
    chosen = set(new.entries)
    for journals in banked.journals(ctx, new.banking_ids).values() if new.banking_ids else ():
        of_bag = set(journals)
        chosen |= {key for key in standing if key[0] in of_bag}
    _refuse_of_a_bag(ctx, new)
    return [standing[key] for key in sorted(chosen)]


def refuse(ctx: Context, new: NewMatch, found: Sequence[BankLine], brought: Sequence[ControlEntry]) -> None:
    """Refuse what doesn't come to the lines, or isn't explained.

    Raises:
        UserError: it comes to more or less, a payment is of nothing or for no account, a fee is larger than policy lets a provider
            keep back, or nothing says what another part is.
    """
    total = sum(line.pence for line in found)
    comes_to = sum(each.amount.pence for each in brought) + new.to_suspense
    comes_to += sum(each.pence for each in new.straight) + sum(each.pence for each in new.parts)
    if comes_to != total:
        raise UserError(
            f"The bank has {Money(total)}, and what is chosen comes to {Money(comes_to)}: {Money(total - comes_to)} is not "
            "explained.",
            "Choose what is missing, or say that it is a fee, a difference or money of another service.",
            "parts",
        )
    _refuse_beyond(new, total)
    _refuse_straight(ctx, new)
    _refuse_twin(ctx, new, found[0])
    _refuse_fee(ctx, new, brought)
    for part in new.parts:
        if part.pence and part.part in _SAY and not part.words.strip():
            raise UserError(_SAY[part.part], field="words")


def _refuse_of_a_bag(ctx: Context, new: NewMatch) -> None:
    """Entries that lie in a sealed bag come to the bank with all of it, so that its banking is known to be there."""
    by_hand = {journal for journal, _line in new.entries}
    if by_hand & banked.unsealed(ctx):
        raise UserError(
            "Some of it lies in a till, or in a bag that isn't sealed: it can't be at the bank.",
            "Cash the till up and seal its bag first, or look for what the bank really has.",
            "entries",
        )
    others = [each for each in banked.awaiting(ctx) if each.banking_id not in new.banking_ids] if by_hand else []
    bags = banked.journals(ctx, [each.banking_id for each in others]) if others else {}
    for each in others:
        if by_hand & set(bags[each.banking_id]):
            raise UserError(
                f"Some of it lies in bag {each.bag} of {each.desk}.", f"Choose banking {each.number} whole.", "entries"
            )


def _refuse_beyond(new: NewMatch, total: int) -> None:
    """What the bank's lines alone bring is theirs: it goes their way, and comes to no more than they do.

    Else one officer could credit an account with money that no bank has, and say that the rest is of another service.
    """
    own = [new.to_suspense, *(each.pence for each in new.straight)]
    own += [part.pence for part in new.parts if part.part is BankPart.ELSEWHERE]
    if any(pence * total < 0 for pence in own) or abs(sum(own)) > abs(total):
        raise UserError(
            f"Payments for accounts, suspense and other services come to more than the {Money(total)} of the bank, or go the "
            "other way.",
            "Give each of them what the bank has for it.",
            "parts",
        )


def _refuse_straight(ctx: Context, new: NewMatch) -> None:
    for each in new.straight:
        if not each.pence or each.channel not in BY_KEY or not BY_KEY[each.channel].code:
            raise UserError("A payment of nothing, or by a way that the bank alone doesn't tell.", field="straight")
        kind = record(ctx, Account, each.account_id, "account").kind
        if kind is AccountKind.CONTROL:
            raise UserError("That is a control account.", "Choose the account that was paid for.", "straight")
        if refused := refused_by(BY_KEY[each.channel].code, kind):
            raise UserError(refused, "Choose the rent account, or put it into suspense.", "straight")


def _refuse_twin(ctx: Context, new: NewMatch, line: BankLine) -> None:
    """What a bank file or a desk has posted isn't posted again, unless the officer says that it is another payment."""
    there = twins.like(ctx, [(each, line.on) for each in new.straight if not each.another])
    for (each, _on), (journal, on) in there.items():
        account = record(ctx, Account, each.account_id, "account")
        raise UserError(
            f"{account.payment_reference} has {Money(each.pence)} of {on.day} {on:%b %Y} already, by journal {journal}.",
            "Match the line with that. If it is another payment like that one, choose so by hand under What is left.",
            "rest",
        )


def _refuse_alone(new: NewMatch, fees: Sequence[OtherPart]) -> None:
    if any(part.part is BankPart.DIFFERENCE and part.pence for part in new.parts):
        raise UserError(
            "The bank counted nothing otherwise: nothing that was receipted is chosen.",
            "Choose what it counted.",
            "parts",
        )
    if fees and (new.straight or new.to_suspense):
        raise UserError(
            "A fee is kept back of what was receipted, or charged by itself; not of a payment for an account or of suspense.",
            "Give the payment what the bank has.",
            "parts",
        )


def _refuse_fee(ctx: Context, new: NewMatch, brought: Sequence[ControlEntry]) -> None:
    """A fee is kept back of takings, up to what policy says; one that is charged by itself says of what it is."""
    fees = [part for part in new.parts if part.part is BankPart.FEE and part.pence]
    if not brought and not new.banking_ids:
        _refuse_alone(new, fees)
    if any(part.pence > 0 for part in fees):
        raise UserError("A fee is kept back: it is less than nothing.", field="parts")
    if not brought:
        if any(not part.words.strip() for part in fees):
            raise UserError("Say whose fee it is, and for what.", field="words")
        return
    fee = -sum(part.pence for part in fees)
    taken = sum(max(each.amount.pence, 0) for each in brought)
    percent = ctx.policy.number("bank.most_fee", ctx.clock.today())
    if fee * 100 > taken * percent:
        raise UserError(
            f"A fee of {Money(fee)} is more than {percent}% of the {Money(taken)} that was taken.",
            "Look for what else is missing; what is no fee goes by another name.",
            "parts",
        )
