"""Bank accounts, lines and matches as pages show them."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, func, select

from app.models.accounts import Account
from app.models.officers import Officer
from app.models.reception_payments.bank import (
    BankCleared,
    BankLine,
    BankMatch,
    BankMatchPart,
    BankRule,
    BankStatement,
    CouncilBank,
)
from app.models.values import BankLineState, Money
from app.services.core.context import Context
from app.services.ledger import clearing
from app.services.ledger.dto import ControlEntry
from app.services.reception_payments.bank import accounts, proposing, transit
from app.services.reception_payments.bank.channels import BY_KEY, CHANNELS, KEYS
from app.services.reception_payments.bank.kept import BankRow, LineRow, MatchRow, OtherPart, Proposal
from app.services.reception_payments.bank.shown import RuleForm, RuleRow, StatementRow

_MOST = 2_000
_MOST_JOURNALS = 1_000


def banks(ctx: Context) -> tuple[BankRow, ...]:
    """Every bank account of the council with where it stands, those in use first."""
    open_ = {
        bank_id: (count, int(pence))
        for bank_id, count, pence in ctx.session.execute(
            select(BankLine.bank_id, func.count(), func.sum(BankLine.pence))
            .where(BankLine.state == BankLineState.OPEN)
            .group_by(BankLine.bank_id)
        )
    }
    rows = select(CouncilBank, Account.balance_pence).join(Account, Account.id == CouncilBank.account_id)
    return tuple(
        _bank(ctx, bank, balance, *open_.get(bank.id, (0, 0)))
        for bank, balance in ctx.session.execute(rows.order_by(CouncilBank.active.desc(), CouncilBank.name))
    )


def lines(ctx: Context, bank_id: int, state: BankLineState | None = None) -> tuple[LineRow, ...]:
    """The newest lines of a bank account, in one state or in any."""
    of_state = () if state is None else (BankLine.state == state,)
    return _lines(ctx, BankLine.bank_id == bank_id, *of_state)


def open_lines(ctx: Context, bank_id: int, line_ids: Collection[int]) -> tuple[LineRow, ...]:
    """Those of some lines, at most a thousand, that are open."""
    wanted = BankLine.id.in_(sorted(line_ids)), BankLine.state == BankLineState.OPEN
    return _lines(ctx, BankLine.bank_id == bank_id, *wanted)


def statements(ctx: Context, bank_id: int) -> tuple[StatementRow, ...]:
    """The statements of a bank account that were loaded, the newest first."""
    rows = (
        select(BankStatement, Officer.name)
        .join(Officer, Officer.id == BankStatement.loaded_by)
        .where(BankStatement.bank_id == bank_id)
        .order_by(BankStatement.to_on.desc(), BankStatement.id.desc())
        .limit(_MOST)
    )
    return tuple(
        StatementRow(
            one.id,
            one.from_on,
            one.to_on,
            Money(one.opening_pence),
            Money(one.closing_pence),
            one.count,
            one.repeated,
            one.file_name,
            one.gap_why,
            officer,
            one.loaded_at,
        )
        for one, officer in ctx.session.execute(rows)
    )


def bank_of(ctx: Context, statement_id: int) -> int | None:
    """The bank account of a statement."""
    return ctx.session.scalar(select(BankStatement.bank_id).where(BankStatement.id == statement_id))


def proposals(ctx: Context, bank_id: int) -> tuple[Proposal, ...]:
    """What the open lines of a bank account are likely to be."""
    return proposing.proposals(ctx, bank_id)


def in_transit(ctx: Context) -> tuple[ControlEntry, ...]:
    """What was receipted and isn't at the bank yet, the oldest first."""
    return transit.standing(ctx)


def rules(ctx: Context) -> RuleForm:
    """The words by which lines are proposed, those in use first, and what they may be of."""
    found = ctx.session.scalars(select(BankRule).order_by(BankRule.active.desc(), BankRule.words)).all()
    rows = tuple(RuleRow(each.id, each.words, each.channel, _of(each.channel), each.active) for each in found)
    return RuleForm(rows, tuple((each.title, each.key) for each in CHANNELS))


def match(ctx: Context, match_id: int) -> MatchRow | None:
    """A match with its lines, its entries and what else it holds."""
    rows = (
        select(BankMatch, CouncilBank.name, Officer.name)
        .join(CouncilBank, CouncilBank.id == BankMatch.bank_id)
        .join(Officer, Officer.id == BankMatch.made_by)
        .where(BankMatch.id == match_id)
    )
    found = ctx.session.execute(rows).one_or_none()
    if found is None:
        return None
    one, bank, maker = found
    parts = ctx.session.scalars(
        select(BankMatchPart).where(BankMatchPart.match_id == one.id).order_by(BankMatchPart.place)
    )
    return MatchRow(
        one.id,
        bank,
        one.on,
        Money(one.pence),
        one.words,
        one.journal,
        maker,
        one.made_at,
        _lines(ctx, BankLine.match_id == one.id),
        _cleared(ctx, one),
        tuple(OtherPart(part.part, part.pence, part.words) for part in parts),
        one.undone_why,
        one.undone_journal is None and not one.to_suspense,
    )


def _of(channel: str) -> str:
    return BY_KEY[channel].title if channel in BY_KEY else "Another service"


def _bank(ctx: Context, bank: CouncilBank, balance: int, open_lines: int, open_pence: int) -> BankRow:
    closing, last = accounts.closed_with(ctx, bank)
    return BankRow(
        bank.id,
        bank.name,
        bank.tail,
        bank.active,
        bank.starts_on,
        bank.account_id,
        Money(balance + bank.opening_pence),
        Money(closing),
        last.to_on if last else None,
        open_lines,
        Money(open_pence),
    )


def _lines(ctx: Context, *where: ColumnElement[bool]) -> tuple[LineRow, ...]:
    rows = (
        select(BankLine, CouncilBank.name)
        .join(CouncilBank, CouncilBank.id == BankLine.bank_id)
        .where(*where)
        .order_by(BankLine.on.desc(), BankLine.id.desc())
        .limit(_MOST)
    )
    return tuple(
        LineRow(
            line.id,
            line.bank_id,
            bank,
            line.statement_id,
            line.place,
            line.on,
            Money(line.pence),
            line.reference,
            line.narrative,
            line.kind,
            line.state,
            line.match_id,
        )
        for line, bank in ctx.session.execute(rows)
    )


def _cleared(ctx: Context, one: BankMatch) -> tuple[ControlEntry, ...]:
    """The entries that a match brought to the bank, its own journals apart."""
    rows = select(BankCleared.journal, BankCleared.line).where(
        BankCleared.match_id == one.id, BankCleared.journal.not_in([one.journal, one.undone_journal or 0])
    )
    keys = {(row.journal, row.line) for row in ctx.session.execute(rows.limit(_MOST_JOURNALS))}
    found = clearing.of_journals(ctx, KEYS, [journal for journal, _ in keys])
    return tuple(each for each in found if (each.journal, each.line) in keys)
