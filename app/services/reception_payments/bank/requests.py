"""A match whose difference is more than one officer may accept, as a kind of request: a second officer makes it."""

from __future__ import annotations

from typing import Any, Final

from app.models.accounts import Account
from app.models.reception_payments.bank import BankLine, CouncilBank
from app.models.values import BankPart, Money, Subject
from app.services.approvals import keeping as approvals
from app.services.approvals.dto import Detail, NewRequest, Payload
from app.services.approvals.kinds import ApprovalKind
from app.services.approvals.kinds import register as register_kind
from app.services.core import access
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission
from app.services.reception_payments.bank import matching
from app.services.reception_payments.bank.kept import AREAS, PARTS, NewMatch, OtherPart, Straight

KIND: Final = "bank_difference"
ALONE: Final = "bank.difference_alone"
"""The policy of what one officer may accept."""


def register() -> None:
    """Plug the kind in."""
    register_kind(ApprovalKind(KIND, "Difference at the bank", Permission.SIGN_BANKING, _apply, _details))


def needs_second(ctx: Context, new: NewMatch) -> bool:
    """Whether the bank counted so much otherwise that a second officer accepts it."""
    return _difference(new) > ctx.policy.money(ALONE, ctx.clock.today()).pence


def ask(ctx: Context, new: NewMatch) -> int:
    """Ask a second officer to make a match; the request. Its lines are open until then.

    Raises:
        UserError: as `matching.check`, the office has one officer, or the line's match waits already.
    """
    lines = matching.check(ctx, new)
    there = waiting(ctx)
    if (request := next((there[line.id] for line in lines if line.id in there), None)) is not None:
        raise UserError(
            f"A match of this line waits for a second officer already: request {request}.",
            "To match it otherwise, take that request back on the page Approvals first.",
        )
    amount = Money(_difference(new))
    why = "; ".join(dict.fromkeys(part.words.strip() for part in new.parts if part.words.strip()))
    bank = ctx.session.get_one(CouncilBank, new.bank_id)
    return approvals.ask(
        ctx,
        NewRequest(
            kind=KIND,
            subject=Subject.BANK_STATEMENT,
            subject_id=lines[0].statement_id,
            summary=f"{bank.name}: {amount} counted otherwise by the bank",
            reason=why,
            payload=_payload(new),
            total=amount,
            largest=amount,
            chain=f"bank_line:{lines[0].id}",
        ),
    )


def waiting(ctx: Context) -> dict[int, int]:
    """The open lines whose match waits for a second officer, each with its request."""
    return {
        line: request for request, payload in approvals.asked_of(ctx, KIND).items() for line in _match(payload).line_ids
    }


def _difference(new: NewMatch) -> int:
    return abs(sum(part.pence for part in new.parts if part.part is BankPart.DIFFERENCE))


def _apply(ctx: Context, payload: Payload) -> Changes:
    new = _match(payload)
    accounts = frozenset(each.account_id for each in new.straight)
    access.touch(ctx, accounts)
    matching.make(ctx, new)
    return Changes(AREAS | {"ledger", "rent", "approvals"}, accounts)


def _details(ctx: Context, payload: Payload) -> tuple[Detail, ...]:
    new = _match(payload)
    lines = [ctx.session.get_one(BankLine, each) for each in new.line_ids]
    shown = [Detail("At the bank", "", f"{Money(each.pence)} on {each.on.day} {each.on:%b %Y}") for each in lines]
    if new.entries or new.banking_ids:
        rest = sum(part.pence for part in new.parts) + sum(each.pence for each in new.straight) + new.to_suspense
        shown.append(Detail("Receipted before", "", str(Money(sum(each.pence for each in lines) - rest))))
    for each in new.straight:
        account = ctx.session.get_one(Account, each.account_id)
        shown.append(Detail(f"To {account.payment_reference or account.name}", "", str(Money(each.pence))))
    if new.to_suspense:
        shown.append(Detail("Into suspense", "", str(Money(new.to_suspense))))
    return (*shown, *(Detail(PARTS[each.part], "", f"{Money(each.pence)}: {each.words}") for each in new.parts))


def _payload(new: NewMatch) -> Payload:
    """The match as JSON; entries and payments as lists of their own."""
    return {
        "entry_key": new.entry_key,
        "bank_id": new.bank_id,
        "line_ids": list(new.line_ids),
        "entries": [list(each) for each in new.entries],
        "banking_ids": list(new.banking_ids),
        "straight": [[each.account_id, each.pence, each.channel, each.another] for each in new.straight],
        "to_suspense": new.to_suspense,
        "parts": [[each.part.value, each.pence, each.words] for each in new.parts],
        "words": new.words,
    }


def _match(payload: Payload) -> NewMatch:
    kept: Any = payload
    return NewMatch(
        kept["entry_key"],
        kept["bank_id"],
        tuple(kept["line_ids"]),
        tuple((journal, line) for journal, line in kept["entries"]),
        tuple(kept["banking_ids"]),
        tuple(Straight(*each) for each in kept["straight"]),
        kept["to_suspense"],
        tuple(OtherPart(BankPart(part), pence, words) for part, pence, words in kept["parts"]),
        kept["words"],
    )
