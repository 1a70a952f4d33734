"""Reading what statements need, for one account or for thousands in a handful of statements."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from sqlalchemy import Row, Select, or_, select

from app.models.accounts import Account
from app.models.people import Person, Tenant
from app.models.properties import Property, RentGroup
from app.models.tenancies import Tenancy
from app.models.values import AccountKind, FormatNeed, Money, PropertyType, Stop
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.tenants import holds as holds_tenancy
from app.services.exports.fonts import can_print
from app.services.exports.statement.dto import Line, Statement
from app.services.holds import queries as holds
from app.services.holds.dto import Stopped
from app.services.holds.rules import said
from app.services.ledger import queries as ledger
from app.services.ledger.dto import BriefPage
from app.services.letters.homes import elsewhere
from app.services.letters.rules import tidy_address
from app.services.statements import rules
from app.services.statements.dto import Candidate, RunRequest, Which

_Addresses = dict[int, tuple[str, ...]]
_Needs = tuple[bool, frozenset[FormatNeed], frozenset[str]]
_NO_NEEDS: Final[_Needs] = (False, frozenset(), frozenset())
_FEW: Final = 500


def candidate(ctx: Context, account_id: int) -> Candidate:
    """One account, with its address and name; nothing that only matters in a run.

    Raises:
        UserError: there is no such account, or it is a control account.
    """
    found = _read(ctx, _accounts().where(Account.id == account_id))
    if not found:
        raise UserError("There is no such account to make a statement of.", "Find the account again.")
    return found[0]


def candidates(ctx: Context, request: RunRequest) -> list[Candidate]:
    """Every account that a run asks for, in the order of its files: by rent group, postcode, address and reference."""
    wanted = _accounts().where(
        Account.kind.in_(sorted(request.kinds)),
        Account.opened_on <= request.to_on,
        or_(Account.closed_on.is_(None), Account.closed_on >= request.from_on, Account.balance_pence != 0),
    )
    if not request.former:
        wanted = wanted.where(or_(Tenancy.end_on.is_(None), Tenancy.end_on >= request.from_on))
    if request.rent_groups:
        wanted = wanted.where(RentGroup.code.in_(sorted(request.rent_groups)))
    if request.areas:
        wanted = wanted.where(Property.area.in_(sorted(request.areas)))
    found = _read(ctx, wanted)
    balances: dict[int, int] = {
        row[0]: row[1] for row in ctx.session.execute(ledger.balances_select(ctx, request.to_on))
    }
    moved = set(ctx.session.scalars(ledger.moved_select(request.from_on, request.to_on)))
    held = holds.stops(ctx, None, Stop.STATEMENTS)
    needs = _needs(ctx)
    result = []
    for each in found:
        balance = balances.get(each.account_id, 0)
        if request.accounts is Which.ARREARS and balance <= 0:
            continue
        quiet, wishes, languages = needs.get(each.tenancy_id or 0, _NO_NEEDS)
        result.append(
            replace(
                each,
                balance_pence=balance,
                moved=each.account_id in moved,
                hold=_why(held.get(each.account_id)),
                do_not_contact=quiet,
                needs=wishes,
                languages=languages,
                printable=all(text.isascii() or can_print(text) for text in (each.name, *each.address)),
            )
        )
    return sorted(result, key=_order)


def statements(
    ctx: Context, accounts: Sequence[Candidate], from_on: date, to_on: date, *, made_on: date | None = None
) -> list[Statement]:
    """The statements of some accounts, in their order."""
    pages = ledger.brief_pages(ctx, [each.account_id for each in accounts], from_on, to_on)
    day = made_on or ctx.clock.today()
    return [_statement(each, pages[each.account_id], from_on, to_on, day) for each in accounts]


def _statement(each: Candidate, page: BriefPage, from_on: date, to_on: date, made_on: date) -> Statement:
    balance = page.brought_forward_pence
    lines = []
    for on, week_on, what, narrative, pence in page.lines:
        balance += pence
        lines.append(Line(on, week_on, f"{what}: {narrative}" if narrative else what, pence, balance))
    return Statement(
        account_id=each.account_id,
        reference=each.reference,
        account_kind=rules.KIND_NAMES[each.kind],
        addressee=each.name,
        address=each.address,
        about=each.about,
        from_on=from_on,
        to_on=to_on,
        made_on=made_on,
        brought_forward=Money(page.brought_forward_pence),
        lines=tuple(lines),
        carried_forward=Money(balance),
    )


def _why(held: Stopped | None) -> str:
    return said(held.kind, held.reason, held.until) if held else ""


def _accounts() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Account.id,
            Account.kind,
            Account.payment_reference,
            Account.name,
            Account.tenancy_id,
            Tenancy.end_on,
            Property.type,
            Property.address_1,
            Property.address_2,
            Property.town,
            Property.postcode,
            RentGroup.code,
            RentGroup.name.label("group_name"),
        )
        .outerjoin(Tenancy, Tenancy.id == Account.tenancy_id)
        .outerjoin(Property, Property.id == Tenancy.property_id)
        .outerjoin(RentGroup, RentGroup.id == Account.rent_group_id)
        .where(Account.kind != AccountKind.CONTROL)
    )


def _read(ctx: Context, wanted: Select[*tuple[Any, ...]]) -> list[Candidate]:
    rows = ctx.session.execute(wanted).all()
    today = ctx.clock.today()
    away = [row.tenancy_id for row in rows if row.tenancy_id is not None and not _lives_there(row, today)]
    homes = {each: rules.address_lines(*lines) for each, lines in elsewhere(ctx, away).items()} if away else {}
    homes |= _asked_for(ctx, {row.tenancy_id for row in rows if row.tenancy_id is not None})
    return [_candidate(row, homes, today) for row in rows]


def _candidate(row: Row[*tuple[Any, ...]], homes: _Addresses, today: date) -> Candidate:
    own = rules.address_lines(row.address_1 or "", row.address_2 or "", row.town or "", row.postcode or "")
    return Candidate(
        account_id=row.id,
        reference=row.payment_reference or f"account {row.id}",
        kind=row.kind,
        name=row.name,
        address=homes.get(row.tenancy_id, own if _lives_there(row, today) else ()),
        about=", ".join(line for line in (row.address_1, row.address_2, row.town, row.postcode) if line),
        tenancy_id=row.tenancy_id,
        group_code=row.code or "",
        group_name=row.group_name or "No rent group",
    )


def _lives_there(row: Row[*tuple[Any, ...]], today: date) -> bool:
    """Whether post to the property reaches the tenant: nobody lives in a garage, or where their tenancy has ended."""
    return row.type not in {None, PropertyType.GARAGE} and (row.end_on is None or row.end_on >= today)


def _asked_for(ctx: Context, tenancy_ids: Collection[int]) -> _Addresses:
    """Where tenants asked for their letters to go, the first tenant's wish before the others'."""
    asked = (
        select(Tenant.tenancy_id, Person.correspondence_address)
        .join(Person, Person.id == Tenant.person_id)
        .join(Tenancy, Tenancy.id == Tenant.tenancy_id)
        .where(Person.correspondence_address != "", holds_tenancy(ctx.clock.today()))
        .order_by(Tenant.tenancy_id, Tenant.position.desc(), Person.id.desc())
    )
    if len(tenancy_ids) <= _FEW:
        asked = asked.where(Tenant.tenancy_id.in_(sorted(tenancy_ids)))
    return {
        tenancy_id: tidy_address(lines.splitlines())
        for tenancy_id, lines in ctx.session.execute(asked)
        if lines.strip() and tenancy_id in tenancy_ids
    }


def _needs(ctx: Context) -> dict[int, _Needs]:
    """By tenancy: whether somebody must not be contacted, and the formats and languages that its people need."""
    found = ctx.session.execute(
        select(Tenant.tenancy_id, Person.do_not_contact, Person.format_need, Person.language)
        .join(Person, Person.id == Tenant.person_id)
        .join(Tenancy, Tenancy.id == Tenant.tenancy_id)
        .where(
            holds_tenancy(ctx.clock.today()),
            or_(
                Person.do_not_contact,
                Person.format_need != FormatNeed.STANDARD,
                Person.language != "",
            ),
        )
    )
    needs: dict[int, _Needs] = {}
    for tenancy_id, quiet, need, language in found:
        before = needs.get(tenancy_id, _NO_NEEDS)
        needs[tenancy_id] = (
            before[0] or quiet,
            before[1] | ({need} - {FormatNeed.STANDARD}),
            before[2] | ({language.strip()} if rules.foreign(language) else set()),
        )
    return needs


def _order(each: Candidate) -> tuple[str, str, tuple[str, ...], str]:
    return (each.group_name, each.address[-1] if each.address else "", each.address, each.reference)
