"""Matching lines of statements with what they are, and taking that back."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.models.reception_payments.bank import BankMatch, BankRule
from app.services.core import access
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, requires
from app.services.core.records import record
from app.services.ledger import numbering
from app.services.reception_payments.bank import matching, requests, transit
from app.services.reception_payments.bank.channels import KEYS
from app.services.reception_payments.bank.kept import AREAS, Matched, NewMatch, NewRule

_CHANGED = AREAS | {"ledger", "rent"}
_LEAST_WORDS, _MOST_WORDS = 3, 120


@requires(Permission.LOAD_RECEIPTS)
def match(ctx: Context, new: NewMatch) -> Matched:
    """Match lines of a statement with what they are. Above what policy lets one officer accept, a second one makes it.

    Raises:
        UserError: as `matching.make`, or an account is one that the officer may not work on.
    """
    access.touch(ctx, {each.account_id for each in new.straight})
    if requests.needs_second(ctx, new):
        return Matched((), (), Changes(AREAS | {"approvals"}), requests.ask(ctx, new))
    made = matching.make(ctx, new)
    return Matched((made.id,), (), Changes(_CHANGED, frozenset(each.account_id for each in new.straight)))


@requires(Permission.LOAD_RECEIPTS)
def match_all(ctx: Context, wanted: Sequence[NewMatch]) -> Matched:
    """Match many lines, each by itself: those that can't be are told, and the others are matched."""
    made: list[int] = []
    failed: list[str] = []
    accounts: set[int] = set()
    numbering.move(ctx, "journal", 0)  # Holds off every other writer: what is in transit is read once for all.
    in_transit = transit.by_key(ctx)
    for new in wanted:
        ctx.cancel.check()
        ctx.progress(len(made) + len(failed), len(wanted), "Matching")
        try:
            with ctx.session.begin_nested():
                access.touch(ctx, {each.account_id for each in new.straight})
                if requests.needs_second(ctx, new):
                    raise UserError("A difference is more than one officer may accept: match that line by itself.")
                made.append(matching.make(ctx, new, in_transit).id)
                accounts |= {each.account_id for each in new.straight}
        except UserError as error:
            failed.append(error.message)
    return Matched(tuple(made), tuple(failed), Changes(_CHANGED, frozenset(accounts)))


@requires(Permission.LOAD_RECEIPTS)
def take_back(ctx: Context, match_id: int, why: str) -> Changes:
    """Take a match back: its lines are open again, and what it cleared is in transit.

    Raises:
        UserError: as `matching.undo`, or its day's board is signed.
    """
    standing = record(ctx, BankMatch, match_id, "match")
    matching.undo(ctx, standing, why)
    return Changes(_CHANGED)


@requires(Permission.KEEP_RECEPTION)
def keep_rule(ctx: Context, new: NewRule) -> Changes:
    """Keep words by which a bank line is proposed to be money of another service, or of a channel.

    Raises:
        UserError: there are no words, too few or too many, another rule has them, or there is no such channel.
    """
    text = " ".join(new.words.split())
    if not _LEAST_WORDS <= len(text) <= _MOST_WORDS:
        raise UserError(f"Give words of {_LEAST_WORDS} to {_MOST_WORDS} characters.", field="words")
    if new.channel and new.channel not in KEYS:
        raise UserError("There is no such channel.", "Choose another.", "channel")
    refuse_card_number(ctx, text, "rule", "words")
    same = ctx.session.scalars(select(BankRule).where(BankRule.words == text)).one_or_none()
    if same is not None and same.id != new.rule_id:
        raise UserError(f"Another rule has the words '{text}'.", "Change that one.", "words")
    rule = BankRule() if new.rule_id is None else record(ctx, BankRule, new.rule_id, "rule")
    rule.words, rule.channel, rule.active = text, new.channel, new.active
    ctx.session.add(rule)
    ctx.session.flush()
    return Changes(AREAS)
