"""What each open line of a statement is likely to be, and why that is thought; an officer decides."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from sqlalchemy import select, true

from app.models.reception_payments.bank import BankLine, BankRule
from app.models.values import AccountKind, BankLineState, BankPart, Money
from app.services.core.context import Context
from app.services.imports.values import fold
from app.services.ledger.dto import ControlEntry
from app.services.reception_payments.bank import rules, transit, twins
from app.services.reception_payments.bank.channels import BY_KEY
from app.services.reception_payments.bank.kept import NewMatch, OtherPart, Proposal, Straight
from app.services.reception_payments.files import matching
from app.services.reception_payments.files.rules import refused_by
from app.services.reception_payments.tills import banked
from app.services.reception_payments.tills.dto import Deposit
from app.services.rent.rules import references_in

_WINDOW: Final = timedelta(days=45)
_MOST: Final = 2_000
_PAID_BY_BANK: Final = frozenset({"cash:bank", "cash:standing_order"})
_WITH_FEES: Final = frozenset({"cash:card", "cash:payment_card"})


def proposals(ctx: Context, bank_id: int) -> tuple[Proposal, ...]:
    """What the open lines of a bank account are likely to be, the oldest first; nothing of the ledger is proposed twice.

    Looked for in this order: a till's deposit, a journal or a day's takings of the same amount, takings less a fee, an account
    reference in what the payer wrote, and money of another service by the office's rules. Where a rule names the channel of a
    line, nothing of another channel is proposed for it. Where a line names one account, only bank payments and standing orders
    that were receipted go before it, and nothing else is sure. Nor is what the account seems to have already, and what was receipted before the bank's first day.
    """
    lines = ctx.session.scalars(
        select(BankLine)
        .where(BankLine.bank_id == bank_id, BankLine.state == BankLineState.OPEN)
        .order_by(BankLine.on, BankLine.id)
        .limit(_MOST)
    ).all()
    in_tills = banked.unsealed(ctx)
    there = [each for each in transit.standing(ctx) if each.journal not in in_tills]
    first = transit.since(ctx)
    early = {(each.journal, each.line) for each in there if first is not None and each.on < first}
    free = Free(ctx, there, banked.awaiting(ctx))
    references = _references(ctx, lines)
    named = _rules(ctx)
    percent = ctx.policy.number("bank.most_fee", ctx.clock.today())
    found: list[Proposal] = []
    for line in lines:
        rule = _rule_of(line, named)
        channel = rule.channel if rule else ""
        account = _named(line, references)
        made = _paid_to(line, account, free, channel) if account is not None else None
        if made is None:
            made = free.deposit(line) or free.sum_of(line, channel) or free.less_fee(line, percent, channel)
            made = replace(made, sure=False) if made is not None and account is not None else made
        made = made or _elsewhere(line, rule)
        if made is not None:
            found.append(replace(made, sure=made.sure and early.isdisjoint(made.match.entries)))
    return _without_twins(ctx, lines, found)


class Free:
    """What stands in transit and isn't proposed for a line yet."""

    def __init__(self, ctx: Context, entries: Sequence[ControlEntry], deposits: Sequence[Deposit]) -> None:
        self._deposits = list(deposits)
        bags = banked.journals(ctx, [each.banking_id for each in deposits]) if deposits else {}
        of_bags = {journal for journals in bags.values() for journal in journals}
        self._in_bag = {
            banking_id: [each for each in entries if each.journal in set(journals)]
            for banking_id, journals in bags.items()
        }
        self._groups = Groups(_groups(each for each in entries if each.journal not in of_bags))

    def deposit(self, line: BankLine) -> Proposal | None:
        """The deposit whose bag or slip the line names, or the only one that comes to it."""
        named = [each for each in self._deposits if rules.names(_said(line), (each.bag,))]
        like = [each for each in self._deposits if self._worth(each) == line.pence]
        chosen = named[:1] or (like if len(like) == 1 else [])
        if not chosen or line.pence <= 0:
            return None
        one = chosen[0]
        self._deposits.remove(one)
        over = line.pence - self._worth(one)
        parts = (OtherPart(BankPart.DIFFERENCE, over, f"Bag {one.bag} as the bank counted it"),) if over else ()
        why = f"Banking {one.number} of {one.desk}, bag {one.bag}{_side(over)}"
        match = NewMatch(_key(line), line.bank_id, (line.id,), banking_ids=(one.banking_id,), parts=parts)
        return Proposal(line.id, why, match, sure=not over)

    def sum_of(self, line: BankLine, channel: str, among: Collection[str] | None = None) -> Proposal | None:
        """What comes to exactly the line: a journal, or a channel's takings of a day or of a few days together.

        `among`: of these channels, where they are named.
        """
        fits = [each for each in self._groups.of(line.pence) if _near(line, each) and channel in {"", each.key}]
        fits = [each for each in fits if among is None or each.key in among]
        if not fits:
            return None
        chosen = min(fits, key=lambda each: (abs(each.on - line.on), len(each.entries)))
        self._groups.take(chosen)
        only = len({frozenset(_keys(each.entries)) for each in fits}) == 1
        match = NewMatch(_key(line), line.bank_id, (line.id,), entries=_keys(chosen.entries))
        return Proposal(line.id, chosen.words, match, sure=only)

    def less_fee(self, line: BankLine, percent: int, channel: str) -> Proposal | None:
        """Takings by card or of an agent that come to a little more than the line: the rest was kept back."""
        if line.pence <= 0:
            return None
        most = line.pence * 100 // (100 - percent) + 1
        fits = [
            each
            for each in self._groups.between(line.pence + 1, most)
            if each.key in _WITH_FEES
            and (each.pence - line.pence) * 100 <= each.pence * percent
            and _near(line, each)
            and channel in {"", each.key}
        ]
        if not fits:
            return None
        chosen = min(fits, key=lambda each: each.pence)
        self._groups.take(chosen)
        fee = OtherPart(BankPart.FEE, line.pence - chosen.pence, "Kept back")
        match = NewMatch(_key(line), line.bank_id, (line.id,), entries=_keys(chosen.entries), parts=(fee,))
        return Proposal(line.id, f"{chosen.words}, less a fee of {Money(-fee.pence)}", match, sure=False)

    def _worth(self, deposit: Deposit) -> int:
        return sum(each.amount.pence for each in self._in_bag[deposit.banking_id])


class Groups:
    """Groups of entries by what they come to; one that shares an entry with a group that was taken is gone."""

    def __init__(self, groups: Iterable[rules.Group]) -> None:
        self._all = sorted(groups, key=lambda each: each.pence)
        self._pence = [each.pence for each in self._all]
        self._places: dict[tuple[int, int], list[int]] = defaultdict(list)
        for at, each in enumerate(self._all):
            for key in _keys(each.entries):
                self._places[key].append(at)
        self._gone: set[int] = set()

    def of(self, pence: int) -> list[rules.Group]:
        """Those that come to exactly so much."""
        return self.between(pence, pence)

    def between(self, least: int, most: int) -> list[rules.Group]:
        """Those that come to so much, from the least to the most."""
        places = range(bisect_left(self._pence, least), bisect_right(self._pence, most))
        return [self._all[at] for at in places if at not in self._gone]

    def take(self, chosen: rules.Group) -> None:
        """Its entries are spoken for."""
        for key in _keys(chosen.entries):
            self._gone.update(self._places[key])


def _groups(entries: Iterable[ControlEntry]) -> Iterator[rules.Group]:
    """What may come to the bank together: a journal's entries, and a channel's of a day and of up to four days in a row."""
    journals: dict[int, list[ControlEntry]] = defaultdict(list)
    days: dict[str, dict[object, list[ControlEntry]]] = defaultdict(lambda: defaultdict(list))
    for each in entries:
        journals[each.journal].append(each)
        days[each.key][each.on].append(each)
    for found in journals.values():
        yield rules.group(found, found[0].source)
    for key, by_day in days.items():
        yield from rules.spans(
            BY_KEY[key].title, [found for _, found in sorted(by_day.items(), key=lambda each: str(each[0]))]
        )


def _side(over: int) -> str:
    return f", {Money(abs(over))} {'more' if over > 0 else 'less'} than on its slip" if over else ""


def _near(line: BankLine, group: rules.Group) -> bool:
    return group.on - timedelta(days=3) <= line.on <= group.on + _WINDOW


def _named(line: BankLine, references: Mapping[str, matching.Found]) -> matching.Found | None:
    """The only account that a line names, of money that came in."""
    if line.pence <= 0:
        return None
    known = {each.account_id: each for key in references_in(_said(line)) if (each := references.get(key))}
    return next(iter(known.values())) if len(known) == 1 else None


def _paid_to(line: BankLine, account: matching.Found, free: Free, channel: str) -> Proposal | None:
    """What a line that names an account is: a payment that a bank file posted, or one that is still to be receipted."""
    posted = free.sum_of(line, channel, _PAID_BY_BANK)
    if posted is not None:
        return posted
    if not channel:
        channel = "cash:standing_order" if rules.is_standing_order(line.kind, line.narrative) else "cash:bank"
    code = BY_KEY[channel].code
    if not code or refused_by(code, account.kind):
        return None
    match = NewMatch(
        _key(line), line.bank_id, (line.id,), straight=(Straight(account.account_id, line.pence, channel),)
    )
    ended = ", whose tenancy has ended" if account.ended else ""
    return Proposal(line.id, f"The reference of an account stands in it{ended}", match, sure=not account.ended)


def _without_twins(ctx: Context, lines: Iterable[BankLine], found: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """The proposals, each payment that its account seems to have already no longer sure."""
    days = {line.id: line.on for line in lines}
    paid = {each.line_id: (straight, days[each.line_id]) for each in found for straight in each.match.straight}
    there = twins.like(ctx, paid.values())
    journals = {line_id: there[each].journal for line_id, each in paid.items() if each in there}
    return tuple(
        replace(each, sure=False, why=f"{each.why}; journal {journals[each.line_id]} is like it")
        if each.line_id in journals
        else each
        for each in found
    )


def _rule_of(line: BankLine, named: Sequence[BankRule]) -> BankRule | None:
    said = fold(_said(line))
    return next((each for each in named if fold(each.words) in said), None)


def _elsewhere(line: BankLine, rule: BankRule | None) -> Proposal | None:
    if rule is None or rule.channel:
        return None
    parts = (OtherPart(BankPart.ELSEWHERE, line.pence, rule.words),)
    match = NewMatch(_key(line), line.bank_id, (line.id,), parts=parts)
    return Proposal(line.id, f"'{rule.words}' is money of another service", match, sure=True)


def _rules(ctx: Context) -> Sequence[BankRule]:
    return ctx.session.scalars(select(BankRule).where(BankRule.active == true()).order_by(BankRule.id)).all()


def _references(ctx: Context, lines: Iterable[BankLine]) -> dict[str, matching.Found]:
    """The accounts that some lines name, by what names them; of a tenancy that ended, the former tenant's."""
    wanted = {each for line in lines for each in references_in(_said(line))}
    found = matching.accounts(ctx, wanted)
    return {key: each for key, each in found.items() if each.kind is not AccountKind.CONTROL}


def _said(line: BankLine) -> str:
    return f"{line.reference} {line.narrative}"


def _key(line: BankLine) -> str:
    return f"line:{line.id}:{line.version}"


def _keys(entries: Iterable[ControlEntry]) -> tuple[tuple[int, int], ...]:
    return tuple((each.journal, each.line) for each in entries)
