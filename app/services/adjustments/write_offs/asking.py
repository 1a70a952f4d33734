"""A case as its sheet asks for it: told before it is kept, then kept with the files that show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from app.models.accounts import Account
from app.models.values import ZERO, Money, Subject
from app.services.adjustments.write_offs import bands, building, commands, keeping
from app.services.adjustments.write_offs.building import Besides
from app.services.adjustments.write_offs.conditions import amount_of
from app.services.adjustments.write_offs.dto import AskedCase, Facts, Finding, NewCase, ReasonRow, Saved, Tested
from app.services.core import access
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.core.permissions import Permission, requires
from app.services.documents.dto import NewFile
from app.services.documents.evidence import keep_files, links_of


@dataclass(frozen=True, slots=True)
class CaseStart:
    """What the sheet begins with: the reasons in use, and the account that another page hands over."""

    reasons: tuple[ReasonRow, ...]
    account_id: int | None = None
    reference: str = ""
    name: str = ""
    balance: Money = ZERO


def start(ctx: Context, account_id: int | None = None) -> CaseStart:
    """What the sheet of a case begins with.

    Raises:
        UserError: the account is restricted and not the officer's to open.
    """
    reasons = tuple(each for each in bands.reasons(ctx).values() if each.active)
    if account_id is None:
        return CaseStart(reasons)
    access.open_account(ctx, account_id)
    account = ctx.session.get_one(Account, account_id)
    balance = Money(account.balance_pence)
    return CaseStart(reasons, account.id, account.payment_reference or "", account.name, balance)


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as its sheet shows it again; `version` is what it is changed against."""

    write_off_id: int
    number: int
    start: CaseStart
    asked: AskedCase
    version: int


def draft(ctx: Context, write_off_id: int) -> Draft:
    """A draft, to be changed.

    Raises:
        UserError: there is none, somebody else built it, or an account of it is restricted and not the officer's to open.
    """
    access.open_subject(ctx, Subject.WRITE_OFF, write_off_id)
    row = keeping.found_any(ctx, write_off_id)
    keeping.refuse_others(ctx, row)
    debts = keeping.debts_of(ctx, [write_off_id])
    asked = AskedCase(
        row.entry_key,
        debts[0].account_id,
        row.reason,
        Money(debts[0].pence) if len(debts) == 1 else None,
        len(debts) > 1,
        len(links_of(ctx, Subject.WRITE_OFF, row.id)),
        row.trace,
        row.joint_pursued,
        row.acknowledged_on,
        row.deficit,
        row.note,
    )
    return Draft(row.id, row.number, start(ctx, debts[0].account_id), asked, row.version)


@requires(Permission.PROPOSE_WRITE_OFFS)
def change_with(
    ctx: Context, write_off_id: int, asked: AskedCase, version: int, files: Sequence[NewFile] = ()
) -> Saved:
    """Change a draft, with more files that show it, and look at everything again.

    Raises:
        ChangedMeanwhile, UserErrors, UserError: as `commands.change`; a file can't be kept.
    """
    keep_files(ctx, Subject.WRITE_OFF, write_off_id, files)
    return commands.change(ctx, write_off_id, case_of(asked, *_owed(ctx, asked)), version)


def effects(ctx: Context, asked: AskedCase) -> tuple[Effect, ...]:
    """A case against the policy as it would be kept: each condition, the authority, everything that was found.

    Raises:
        UserErrors: an amount or the reason can't be right.
    """
    access.open_account(ctx, asked.account_id)
    tenancy_id = building.tenancy_of(ctx, asked.account_id)
    facts = building.facts(ctx, tenancy_id, Besides(asked.files, asked.acknowledged_on))
    new = case_of(asked, tenancy_id, {each.account_id: each.balance for each in facts.debts})
    held = bands.rules_on(ctx, ctx.clock.today())
    return tuple(told(keeping.tested(held, facts, new), facts, new))


@requires(Permission.PROPOSE_WRITE_OFFS)
def build_with(ctx: Context, asked: AskedCase, files: Sequence[NewFile] = ()) -> Saved:
    """Keep a case with the files that show it; the same key tells of the first.

    Raises:
        UserErrors, UserError: as `commands.build`.
    """
    return commands.build(ctx, replace(case_of(asked, *_owed(ctx, asked)), files=tuple(files)))


def case_of(asked: AskedCase, tenancy_id: int, balances: Mapping[int, Money]) -> NewCase:
    """The case of one account, or of everything owed under its tenancy; `balances` are those of the tenancy's accounts."""
    owed = {account_id: balance for account_id, balance in balances.items() if balance > ZERO}
    amounts = owed
    if not asked.whole:
        amount = asked.amount if asked.amount is not None else owed.get(asked.account_id, ZERO)
        amounts = {asked.account_id: amount}
    return NewCase(
        asked.entry_key,
        tenancy_id,
        asked.reason,
        amounts,
        asked.trace,
        asked.joint_pursued,
        asked.acknowledged_on,
        asked.deficit,
        asked.note,
    )


def told(result: Tested, facts: Facts, new: NewCase) -> list[Effect]:
    """What the panel beside the sheet says."""
    found = [Effect("Written off", "In all", after=str(amount_of(new)))]
    found += [
        Effect(
            "Written off",
            f"Account {each.reference}",
            str(each.balance),
            str(each.balance - new.amounts[each.account_id]),
        )
        for each in facts.debts
        if each.account_id in new.amounts
    ]
    found.append(Effect("Authority", f"{result.authority} decides, on {result.basis} owed and lately written off"))
    for each in sorted(result.findings, key=_place):
        group = "Found" if each.met is None else "What the reason asks for"
        mark = "" if each.met is None else ("Met. " if each.met else "Not met. ")
        found.append(Effect(group, f"{mark}{each.what}: {each.words}", warns=each.met is False))
    return found


def _place(finding: Finding) -> int:
    return (False, True, None).index(finding.met)


def _owed(ctx: Context, asked: AskedCase) -> tuple[int, dict[int, Money]]:
    tenancy_id = building.tenancy_of(ctx, asked.account_id)
    rows = ctx.session.execute(select(Account.id, Account.balance_pence).where(Account.tenancy_id == tenancy_id))
    return tenancy_id, {row.id: Money(row.balance_pence) for row in rows}
