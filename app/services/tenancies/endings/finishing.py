"""Finishing an ending: the former tenant's account, the void, what went with the tenancy, the closing statement."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.arrangements import Arrangement, ArrangementDebt
from app.models.endings import Ending
from app.models.people import Person, PersonAddress, Tenant
from app.models.values import (
    AddressKind,
    ArrangementState,
    EndingState,
    EndReason,
    Money,
    PropertyType,
    TenancyChange,
    Tenure,
)
from app.services.benefits.dto import Finding
from app.services.charges import runs
from app.services.core import access
from app.services.core.calendars import rent_year
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.rent_years import stated_years
from app.services.diary.keeping import written
from app.services.rent.search import refresh_search
from app.services.tenancies import keeping
from app.services.tenancies.endings import benefit_check, closing, reading, rules, settling, tasks
from app.services.tenancies.endings.dto import Carry, Finish
from app.services.tenancies.endings.reading import Case
from app.services.tenancies.voids import keeping as voids

_DAY: Final = timedelta(days=1)
_CAN_BE_EMPTY: Final = frozenset({PropertyType.DWELLING, PropertyType.GARAGE})
_OWNED: Final = frozenset({Tenure.LEASEHOLD, Tenure.FREEHOLD})


@dataclass(slots=True)
class Dealt:
    """What a finished ending ended, moved or made, so that all of it can be taken back.

    Attributes:
        arrangements: those that were ended; `moved` those that went on with the former tenant's account.
        elsewhere: the correspondence address of each person as it was.
    """

    arrangements: list[int] = field(default_factory=list)
    moved: list[int] = field(default_factory=list)
    elsewhere: dict[str, str] = field(default_factory=dict)
    addresses: list[int] = field(default_factory=list)
    letters: list[int] = field(default_factory=list)
    void: bool = False

    def written(self) -> str:
        """As it is kept."""
        return json.dumps({name: getattr(self, name) for name in self.__slots__}, separators=(",", ":"))

    @classmethod
    def read(cls, text: str) -> Dealt:
        """As it was kept; nothing of an ending that wasn't finished here."""
        return cls(**json.loads(text)) if text else cls()


@dataclass(frozen=True, slots=True)
class Done:
    """An ending that was finished: the former tenant's account, if one was opened, and what is left to do."""

    found: Case
    ending: Ending
    former: Account | None
    finding: Finding
    left_to_do: tuple[str, ...]


def finish(ctx: Context, ending: Ending, how: Finish, *, former: bool = True) -> Done:
    """Finish an ending; garages that end with it are finished with it.

    Args:
        ctx: whose hands it is in.
        ending: noted, its last day decided.
        how: what becomes of what goes with the tenancy.
        former: its balance goes to a former tenant's account; else it stays where it is, as where it goes on as another's.

    Raises:
        UserError: a week up to the end hasn't been charged yet, or the keys aren't back and nobody says why.
    """
    found = reading.case(ctx, ending.tenancy_id)
    access.touch(ctx, found.account_ids)
    if former:
        refuse_uncharged(ctx, ending)
    refuse_keys(ending)
    dealt = Dealt()
    finding = benefit_check.keep(ctx, found, ending, how.finding)
    ending.state = EndingState.ENDED
    ending.ended_at, ending.ended_by = ctx.clock.now(), ctx.officer.id
    made = _settle(ctx, found, ending, how, dealt) if former else None
    _empty(ctx, found, ending, how, dealt)
    left = tasks.when_ended(ctx, found, ending, finding)
    ending.dealt = dealt.written()
    ctx.session.flush()
    words = f"The tenancy ended on {written(ending.ends_on)}{_left(made)}. {finding.words}"
    keeping.record(ctx, found.tenancy.id, TenancyChange.ENDED, ending.ends_on, words, journal=ending.transfer_journal)
    for garage in reading.with_it(ctx, ending.id):
        finish(ctx, garage, how, former=former)
    refresh_search(ctx, {*found.account_ids, *({made.id} if made else ())})
    return Done(found, ending, made, finding, left)


def refuse_uncharged(ctx: Context, ending: Ending) -> None:
    """The balance is only final once every week up to the end is on the account.

    Raises:
        UserError: a week isn't.
    """
    following = runs.next_week(ctx)
    if following is not None and following <= ending.ends_on:
        raise UserError(
            f"The week of {written(following)} hasn't been charged yet, and the tenancy lasts to {written(ending.ends_on)}.",
            "Keep the notice as it is: the ending is finished once that week is charged.",
            "now",
        )


def refuse_keys(ending: Ending) -> None:
    """The keys decide the last day.

    Raises:
        UserError: they aren't back, and nothing is said of why the ending goes on without them.
    """
    needed = ending.reason not in rules.KEYLESS and ending.with_id is None
    if needed and ending.keys_returned_at is None and not ending.excused:
        raise UserError(
            "The keys aren't back yet.",
            "Say when they came; or, such as where the lock was changed, why the ending goes on without them.",
            "keys_on",
        )


def _settle(ctx: Context, found: Case, ending: Ending, how: Finish, dealt: Dealt) -> Account:
    """Open the former tenant's account and carry the balance there, with holds, flags and arrangements; then tell of it."""
    made = settling.former_account(ctx, found, ending)
    ending.former_account_id = made.id
    ctx.session.flush()
    on = settling.carried_on(ctx, found.account, ending.ends_on)
    why = f"Tenancy {found.tenancy.ref} ended on {written(ending.ends_on)}"
    key = f"former:{ending.id}:{ending.version}"
    posted = settling.carry(ctx, found.account, made, on, why, key)
    ending.transfer_journal = posted.journal if posted else None
    settling.copy_marks(ctx, found.account, made, ctx.clock.today())
    _arrangements(ctx, found, made, how, dealt)
    _forward(ctx, found, ending, dealt)
    if how.statement and ending.with_id is None:
        _state(ctx, found, ending, made, on - _DAY, dealt)
    return made


def _arrangements(ctx: Context, found: Case, made: Account, how: Finish, dealt: Dealt) -> None:
    for each in live_arrangements(ctx, found):
        if how.arrangements is Carry.KEEP and each.account_id == found.account.id:
            each.account_id = made.id
            _move_debt(ctx, each.id, found.account.id, made.id)
            dealt.moved.append(each.id)
        elif how.arrangements is Carry.END:
            each.state, each.state_on = ArrangementState.CANCELLED, ctx.clock.today()
            each.state_reason = "The tenancy ended"
            dealt.arrangements.append(each.id)


def live_arrangements(ctx: Context, found: Case) -> Sequence[Arrangement]:
    """The arrangements in force for any account of a tenancy."""
    statement = select(Arrangement).where(
        Arrangement.account_id.in_(sorted(found.account_ids)), Arrangement.state == ArrangementState.LIVE
    )
    return ctx.session.scalars(statement.order_by(Arrangement.id)).all()


def _move_debt(ctx: Context, arrangement_id: int, source: int, target: int) -> None:
    debt = ctx.session.get(ArrangementDebt, (arrangement_id, source))
    if debt is not None:
        ctx.session.add(ArrangementDebt(arrangement_id=arrangement_id, account_id=target, pence=debt.pence))
        ctx.session.delete(debt)


def move_back(ctx: Context, arrangement_id: int, source: int, target: int) -> None:
    """An arrangement belongs to another account again, with its debt."""
    found = ctx.session.get(Arrangement, arrangement_id)
    if found is not None and found.account_id == source:
        found.account_id = target
        _move_debt(ctx, arrangement_id, source, target)


def _empty(ctx: Context, found: Case, ending: Ending, how: Finish, dealt: Dealt) -> None:
    """The property is empty from the next day, unless somebody moves in then."""
    first = ending.ends_on + _DAY
    following = reading.next_letting(ctx, found.tenancy)
    sold = found.tenancy.tenure in _OWNED or ending.reason is EndReason.RIGHT_TO_BUY
    let = found.place.type in _CAN_BE_EMPTY and not sold
    if how.void is None or not let or (following is not None and following.start_on <= first):
        return
    voids.open_void(ctx, found.place.id, first, how.void)
    if following is not None:
        voids.let_again(ctx, found.place.id, following.start_on)
    dealt.void = True


def _forward(ctx: Context, found: Case, ending: Ending, dealt: Dealt) -> None:
    """Letters follow the tenants to their new address; after a death, to whoever deals with the estate."""
    if not ending.forwarding_address or ending.with_id is not None:
        return
    held = select(Person).join(Tenant, Tenant.person_id == Person.id)
    last = held.where(Tenant.tenancy_id == found.tenancy.id, Tenant.to_on.is_(None)).order_by(Tenant.position)
    for person in ctx.session.scalars(last).all():
        address = PersonAddress(
            person_id=person.id,
            kind=AddressKind.FORWARDING,
            lines=ending.forwarding_address,
            from_on=ending.ends_on + _DAY,
            note=ending.contact_name if ending.reason is EndReason.DEATH else "",
        )
        ctx.session.add(address)
        ctx.session.flush()
        dealt.addresses.append(address.id)
        dealt.elsewhere[str(person.id)] = person.correspondence_address
        person.correspondence_address = ending.forwarding_address


def _state(ctx: Context, found: Case, ending: Ending, made: Account, to_on: date, dealt: Dealt) -> None:
    """Make the closing statement and its letter; where it can't be written, somebody gets the task."""
    first = max(found.tenancy.start_on, rent_year(ending.ends_on, stated_years(ctx.session)).first_week_on)
    letter, why = closing.write_letter(ctx, ending, made, found.account.payment_reference or found.tenancy.ref)
    statement = closing.keep_statement(ctx, found.account.id, first, to_on, letter)
    if letter is None:
        tasks.statement_wanted(ctx, found, ending, why)
        return
    ending.statement_on = ctx.clock.today()
    dealt.letters += [letter, *statement]


def _left(made: Account | None) -> str:
    if made is None:
        return ""
    return f", and {Money(made.balance_pence).dr_cr()} went to the former tenant's account {made.payment_reference}"
