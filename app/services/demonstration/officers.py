"""The officers of the demonstration landlord: one of every role to sign in as, in three teams. Nobody in it is real."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import select

from app.models.access import DeclaredAccount, RestrictedReader, RestrictedRecord
from app.models.accounts import Account
from app.models.limits import Delegation, OfficerLimit
from app.models.officers import Credential, Officer, Team
from app.models.tenancies import Tenancy
from app.models.values import AccountKind, LimitKind, Relation, Subject
from app.services.core import access, officers, passwords
from app.services.core.context import Context
from app.services.core.officers import NewOfficer
from app.services.core.permissions import Permission, Role, requires
from app.services.core.sign_in import DEMONSTRATION_PASSWORD
from app.services.rent.search import refresh_search

_TEAMS: Final = (
    ("Income", "income@landlord.example", "demo.leader"),
    ("Customer services", "reception@landlord.example", None),
    ("Finance", "finance@landlord.example", "demo.finance"),
)
_PEOPLE: Final = (
    ("demo.admin", "Demo Administrator", Role.ADMINISTRATOR, None),
    ("demo.leader", "Demo Team Leader", Role.TEAM_LEADER, "Income"),
    ("demo.senior", "Demo Senior Officer", Role.SENIOR_OFFICER, "Income"),
    ("demo.officer", "Demo Rents Officer", Role.RENTS_OFFICER, "Income"),
    ("demo.reception", "Demo Receptionist", Role.RECEPTION, "Customer services"),
    ("demo.finance", "Demo Finance Officer", Role.FINANCE, "Finance"),
    ("demo.auditor", "Demo Auditor", Role.AUDITOR, None),
)
"""The administrator first: from then on whoever made the landlord posts, and administers no more."""
_LIMITS: Final = {"demo.officer": (100, 500), "demo.senior": (250, 2_500), "demo.leader": (1_000, 25_000)}
"""Pounds of one line and of a batch."""


@requires(Permission.LOAD_LANDLORD)
def add_officers(ctx: Context) -> None:
    """Add an officer of every role with a password, teams, limits, a delegation, a declared and a restricted record.

    Only while whoever made the landlord is alone in it.
    """
    if officers.people_count(ctx.session) != 1:
        return
    for username, name, role, _team in _PEOPLE:
        officers.add(ctx, NewOfficer(username, name, frozenset({role.value}), f"{username}@landlord.example"))
    people = {each.username: each for each in ctx.session.scalars(select(Officer))}
    password = passwords.make_hash(DEMONSTRATION_PASSWORD)
    teams = {name: Team(name=name, email=email) for name, email, _leader in _TEAMS}
    ctx.session.add_all(teams.values())
    ctx.session.flush()
    for username, _name, _role, team in _PEOPLE:
        officer = people[username]
        officer.team_id = teams[team].id if team else None
        ctx.session.add(Credential(officer_id=officer.id, password_hash=password))
    people[ctx.officer.username].team_id = teams["Income"].id
    for name, _email, leader in _TEAMS:
        teams[name].leader_id = people[leader].id if leader else None
    for username, (line, batch) in _LIMITS.items():
        for kind in LimitKind:
            made = OfficerLimit(
                officer_id=people[username].id, kind=kind, line_pence=line * 100, batch_pence=batch * 100
            )
            ctx.session.add(made)
    ctx.session.flush()
    _set_apart(ctx, people)


def _set_apart(ctx: Context, people: dict[str, Officer]) -> None:
    today, now = ctx.clock.today(), ctx.clock.now()
    leader, senior, own = people["demo.leader"], people["demo.senior"], people["demo.officer"]
    ctx.session.add(
        Delegation(
            from_id=leader.id, to_id=senior.id, from_on=today, to_on=today + timedelta(days=9), reason="Annual leave"
        )
    )
    live = (
        select(Account.id, Account.tenancy_id)
        .join(Tenancy, Tenancy.id == Account.tenancy_id)
        .where(Account.kind == AccountKind.RENT, Tenancy.end_on.is_(None))
        .order_by(Account.id.desc())
        .limit(2)
    )
    for (account_id, tenancy_id), restricted in zip(ctx.session.execute(live).all(), (True, False), strict=False):
        if not restricted:
            relation = {"relation": Relation.RELATIVE, "reason": "A made-up cousin"}
            ctx.session.add(
                DeclaredAccount(officer_id=own.id, account_id=account_id, from_on=today, declared_by=own.id, **relation)
            )
            continue
        made = RestrictedRecord(
            subject=Subject.TENANCY,
            subject_id=tenancy_id,
            reason="A made-up councillor lives here",
            review_on=today + timedelta(days=180),
            restricted_by=leader.id,
            restricted_at=now,
        )
        ctx.session.add(made)
        ctx.session.flush()
        ctx.session.add(RestrictedReader(restricted_id=made.id, role=Role.TEAM_LEADER.value))
        ctx.session.flush()
        access.changed(ctx)
        refresh_search(ctx, access.accounts_of(ctx, made))
    ctx.session.flush()
