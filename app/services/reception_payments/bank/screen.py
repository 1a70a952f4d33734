"""What the screen of the bank shows: the accounts, the lines of one with what each is likely to be, and one line to be matched."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select

from app.models.accounts import Account
from app.models.values import BankLineState, Money
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.ledger.dto import ControlEntry
from app.services.reception_payments.bank import proposing, queries, requests, transit
from app.services.reception_payments.bank.channels import BY_KEY, WAYS, expected_by
from app.services.reception_payments.bank.kept import Proposal
from app.services.reception_payments.bank.shown import MatchForm, Standing, Transit
from app.services.reception_payments.tills import banked


def standing(ctx: Context, bank_id: int | None, state: BankLineState | None) -> Standing:
    """The bank accounts, and the lines of one of them, the first in use where none is named."""
    banks = queries.banks(ctx)
    shown = next((row for row in banks if row.bank_id == bank_id), banks[0] if banks else None)
    if shown is None:
        return Standing((), None, (), {})
    found = {each.line_id: each for each in proposing.proposals(ctx, shown.bank_id)}
    waiting = requests.waiting(ctx)
    likely = {line_id: each for line_id, each in found.items() if line_id not in waiting}
    return Standing(banks, shown, queries.lines(ctx, shown.bank_id, state), likely, waiting)


def form(ctx: Context, bank_id: int, line_ids: Sequence[int]) -> MatchForm:
    """Some open lines to be matched; of one alone with what it is likely to be.

    Raises:
        UserError: one of them is matched, or isn't there.
    """
    wanted = set(line_ids)
    of_it = queries.open_lines(ctx, bank_id, wanted)
    if len(of_it) != len(wanted):
        raise UserError("A line is matched already, or isn't there.", "Look at the list again.")
    likely = proposing.proposals(ctx, bank_id) if len(of_it) == 1 else ()
    proposal = next((each for each in likely if each.line_id in wanted), None)
    return MatchForm(of_it[0].bank, of_it, proposal, _account(ctx, proposal), in_transit(ctx), WAYS)


def in_transit(ctx: Context) -> tuple[Transit, ...]:
    """What was receipted and isn't at the bank yet, the oldest first; what lies in a bag is one.

    What lies in a till or in a bag that nobody sealed can't be at the bank, and whoever holds that till counts it blind.
    """
    in_tills = banked.unsealed(ctx)
    entries = [each for each in transit.standing(ctx) if each.journal not in in_tills]
    deposits = banked.awaiting(ctx)
    bags = banked.journals(ctx, [each.banking_id for each in deposits]) if deposits else {}
    made: list[Transit] = []
    in_bags: set[int] = set()
    for each in deposits:
        of_bag = set(bags[each.banking_id])
        in_bags |= of_bag
        held = [entry for entry in entries if entry.journal in of_bag]
        if held:
            words = f"Banking {each.number} of {each.desk}, bag {each.bag}"
            made.append(_transit(ctx, held, words, each.sealed_on, each.banking_id))
    made += [_transit(ctx, [each], each.source, each.on) for each in entries if each.journal not in in_bags]
    return tuple(sorted(made, key=lambda each: (each.on, each.keys)))


def _transit(
    ctx: Context, entries: Collection[ControlEntry], words: str, on: date, banking_id: int | None = None
) -> Transit:
    first = next(iter(entries))
    titles = dict.fromkeys(BY_KEY[each.key].title for each in entries)
    return Transit(
        tuple((each.journal, each.line) for each in entries),
        banking_id,
        ", ".join(titles),
        on,
        words,
        Money(sum(each.amount.pence for each in entries)),
        expected_by(ctx, first.key, on),
    )


def _account(ctx: Context, proposal: Proposal | None) -> str:
    if proposal is None or not proposal.match.straight:
        return ""
    wanted = select(Account.payment_reference).where(Account.id == proposal.match.straight[0].account_id)
    return ctx.session.scalars(wanted).one() or ""
