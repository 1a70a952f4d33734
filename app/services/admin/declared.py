"""Declared accounts: an officer's own, a relative's or another that they may not work on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from app.models.access import DeclaredAccount
from app.models.accounts import Account
from app.models.values import AccountKind, Relation
from app.services.admin.standing import working
from app.services.core import officers
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.permissions import Permission, require, requires
from app.services.rent.queries import account_by_reference

_CHANGED = frozenset({"admin", "rent"})


@dataclass(frozen=True, slots=True)
class NewDeclaration:
    """An account that an officer may not work on, by its payment or tenancy reference."""

    officer_id: int
    reference: str
    relation: Relation
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DeclaredLine:
    """A declaration as listed: the reference and nobody's name, since lists are read over shoulders."""

    declared_id: int
    officer_id: int
    officer: str
    reference: str
    relation: Relation
    reason: str
    from_on: date
    to_on: date | None
    in_force: bool
    declared_by: str


@dataclass(frozen=True, slots=True)
class DeclaredPage:
    """What the page shows; `all` if the officer sees everybody's declarations, else their own."""

    lines: tuple[DeclaredLine, ...]
    people: tuple[tuple[int, str], ...]
    own_id: int
    all: bool


def page(ctx: Context) -> DeclaredPage:
    """The declarations that the officer may see: their own, or with the permission everybody's, those in force first."""
    everybody = bool(ctx.officer.permissions & {Permission.MANAGE_DECLARED, Permission.VIEW_AUDIT})
    names = {row.id: row.name for row in officers.list_officers(ctx)}
    today = ctx.clock.today()
    statement = (
        select(DeclaredAccount, Account.payment_reference)
        .join(Account, Account.id == DeclaredAccount.account_id)
        .order_by(DeclaredAccount.id.desc())
    )
    if not everybody:
        statement = statement.where(DeclaredAccount.officer_id == ctx.officer.id)
    lines = [
        DeclaredLine(
            row.id,
            row.officer_id,
            names[row.officer_id],
            reference or f"account {row.account_id}",
            row.relation,
            row.reason,
            row.from_on,
            row.to_on,
            row.to_on is None or row.to_on >= today,
            names[row.declared_by],
        )
        for row, reference in ctx.session.execute(statement)
    ]
    lines.sort(key=lambda line: not line.in_force)
    may_for_others = Permission.MANAGE_DECLARED in ctx.officer.permissions
    people = [each for each in officers.working(ctx.session) if may_for_others or each.id == ctx.officer.id]
    return DeclaredPage(tuple(lines), tuple((each.id, each.name) for each in people), ctx.officer.id, all=everybody)


@requires(Permission.DECLARE_ACCOUNTS)
def declare(ctx: Context, new: NewDeclaration) -> Changes:
    """Declare an account: from today on its officer may look at it, but not work on it.

    Raises:
        UserError: there is no such account or it isn't a tenant's, it is declared already, or it is for a colleague and the
            officer may not do that.
    """
    if new.officer_id != ctx.officer.id:
        require(ctx, Permission.MANAGE_DECLARED)
    officer = working(ctx, new.officer_id)
    account_id = account_by_reference(ctx, new.reference)
    account = ctx.session.get(Account, account_id)
    if account is None or account.kind is AccountKind.CONTROL:
        raise UserError("That is an account of the ledger, nobody's own.", "Give a tenant's reference.", "reference")
    if new.relation is Relation.OTHER and not new.reason.strip():
        raise UserError("Say in a few words why, such as 'close friend'.", field="reason")
    refuse_card_number(ctx, new.reason, "reason", "reason")
    today = ctx.clock.today()
    standing = select(DeclaredAccount).where(
        DeclaredAccount.officer_id == new.officer_id, DeclaredAccount.account_id == account_id
    )
    if any(row.to_on is None or row.to_on >= today for row in ctx.session.scalars(standing)):
        raise UserError(f"{officer.name} declared this account already.", field="reference")
    ctx.session.add(
        DeclaredAccount(
            officer_id=new.officer_id,
            account_id=account_id,
            relation=new.relation,
            reason=new.reason.strip()[:400],
            from_on=today,
            declared_by=ctx.officer.id,
        )
    )
    ctx.session.flush()
    return Changes(_CHANGED, frozenset({account_id}))


@requires(Permission.MANAGE_DECLARED)
def end(ctx: Context, declared_id: int) -> Changes:
    """End a declaration, so that its officer may work on the account from today on. Nobody ends their own.

    Raises:
        UserError: it is one's own, or has ended.
    """
    row = ctx.session.get(DeclaredAccount, declared_id)
    yesterday = ctx.clock.today() - timedelta(days=1)
    if row is None or (row.to_on is not None and row.to_on <= yesterday):
        raise UserError("This declaration has ended.", "Look at the list again.")
    if row.officer_id == ctx.officer.id:
        raise UserError("You can't end your own declaration.", "Ask a colleague who may.")
    if row.from_on > yesterday:
        ctx.session.delete(row)
    else:
        row.to_on = yesterday
    ctx.session.flush()
    return Changes(_CHANGED, frozenset({row.account_id}))
