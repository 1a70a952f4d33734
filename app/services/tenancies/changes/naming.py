"""The name of the account, and who holds the tenancy: renamed, to a sole tenant, to joint tenants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from app.models.accounts import Account
from app.models.people import Tenant
from app.models.values import AccountKind, TenancyChange
from app.services.charges.differences import AsIf
from app.services.charges.dto import Span
from app.services.core import access
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.core.errors import UserError, UserErrors
from app.services.diary.keeping import checked_text, written
from app.services.rent.rules import full_name, joined_names
from app.services.rent.search import accounts_of_people, refresh_search
from app.services.tenancies import keeping
from app.services.tenancies.changes import following
from app.services.tenancies.changes.dto import ChangeSaved, Rename, ToJoint, ToSole
from app.services.tenancies.changes.joining import names_of, note_reason, people_faults
from app.services.tenancies.changes.reading import Place, Standing, benefit_names, claims, day_faults, names, take_turn
from app.services.tenancies.starting import keeping as starting

AREAS: Final = frozenset({"rent", "charges", "ledger", "letters", "diary", "tenancies"})
_DAY: Final = timedelta(days=1)
_LONGEST: Final = 200


# The name


def tell_rename(ctx: Context, found: Standing, change: Rename) -> Iterator[Effect]:
    """The effects of another name."""
    name = _new_name(ctx, found, change)
    yield Effect("Account", "Name on letters and statements", found.case.account.name, name)
    yield Effect("Account", "The payment reference and who holds the tenancy stay as they are")
    if name == names(found.holders) or not found.holders:
        return
    yield Effect("Account", "The tenants' own names are", after=names(found.holders), warns=True)


def rename(ctx: Context, found: Standing, change: Rename) -> ChangeSaved:
    """Give the accounts another name.

    Raises:
        UserError: there is no name, it is too long, or it is the one that there is.
    """
    name = _new_name(ctx, found, change)
    take_turn(ctx, found.tenancy)
    _name_accounts(ctx, found, name)
    words = "The name of the account was changed."
    keeping.record(ctx, found.tenancy.id, TenancyChange.RENAMED, change.on, words)
    note_reason(ctx, found.case.account.id, "The account was renamed", change.reason)
    wrote = _letter(ctx, found, change.on, f"The account is in this name now: {name}.", wanted=change.letter)
    return _saved(found, f"The account is in the name of {name} now.", not_written=wrote)


# To a sole tenant


def tell_sole(ctx: Context, found: Standing, change: ToSole) -> Iterator[Effect]:
    """The effects of a tenant who leaves."""
    gone, stay = _parted(ctx, found, change)
    yield Effect("Tenancy", f"Held from {written(change.on)} by", names(found.holders), names(stay))
    died = gone.person.died_on is not None
    if died:
        words = "The tenancy passes by survivorship: the one succession that the law allows is used"
        yield Effect("Tenancy", words, warns=True)
    name = _name_for(ctx, change.name, [each.name for each in stay])
    yield Effect("Account", "Name on letters and statements", found.case.account.name, name)
    owed = following.owed(found)
    if owed.pence > 0 and not died:
        words = "Whoever leaves still owes, with the others, what fell due before"
        yield Effect("Money", words, after=owed.dr_cr(), warns=True)
    yield Effect("Money", "The balance stays on the account", after=owed.dr_cr())
    yield from following.vat_effects(ctx, found, change.on, _without(found, gone, change.on))
    theirs = claims(ctx, found.tenancy.id, [gone.person.id])
    if theirs:
        yield Effect("Benefit", f"{benefit_names(theirs)} is paid on the claim of whoever leaves", warns=True)
    todos = following.payment(found, gone=("left",))
    yield from following.tell_benefit(ctx, found)
    yield from following.tell_payment(found, todos)
    yield from _tell_letter(change.letter)
    yield from following.tell(todos)


def to_sole(ctx: Context, found: Standing, change: ToSole) -> ChangeSaved:
    """A tenant leaves: their last day is the day before.

    Raises:
        UserError: they don't hold it, nobody else does, or the day can't be.
    """
    gone, stay = _parted(ctx, found, change)
    take_turn(ctx, found.tenancy)
    gone.tenant.to_on = change.on - _DAY
    died = gone.person.died_on is not None
    if died:
        found.tenancy.succeeded = True
    _name_accounts(ctx, found, _name_for(ctx, change.name, [each.name for each in stay]), gone)
    posted = following.post(ctx, found, change.on, f"Tenants of {found.tenancy.ref} changed", "sole")
    kind = TenancyChange.SUCCESSION if died else TenancyChange.TO_SOLE
    how = "A joint tenant died; it goes on by survivorship" if died else "A joint tenant left"
    words = f"{how}; {_many(len(stay))} from {written(change.on)}."
    journal = posted.journal if posted else None
    keeping.record(ctx, found.tenancy.id, kind, change.on, words, journal=journal)
    note_reason(ctx, found.case.account.id, "A tenant left", change.reason)
    following.make(ctx, found.case.account.id, following.payment(found, gone=("left",)))
    following.report(ctx, found, "A joint tenant left", change.on)
    said = f"The tenancy is in the name of {names(stay)} now."
    wrote = _letter(ctx, found, change.on, said, wanted=change.letter)
    return _saved(found, f"{found.tenancy.ref} is held by {names(stay)} from {written(change.on)}.", journal, wrote)


# To joint tenants


def tell_joint(ctx: Context, found: Standing, change: ToJoint) -> Iterator[Effect]:
    """The effects of somebody who joins."""
    for wrong in _joining_faults(ctx, found, change):
        yield Effect("To put right", str(wrong), warns=True)
    joining = names_of(ctx, change.joins)
    held = [each.name for each in found.holders]
    yield Effect("Tenancy", f"Held from {written(change.on)} by", joined_names(held), joined_names([*held, *joining]))
    made = sum(each.person_id is None for each in change.joins)
    if made:
        yield Effect("Tenancy", f"{made} new {'person is' if made == 1 else 'people are'} added")
    name = _name_for(ctx, change.name, [*held, *joining])
    yield Effect("Account", "Name on letters and statements", found.case.account.name, name)
    owed = following.owed(found)
    if owed.pence > 0:
        words = "Whoever joins owes nothing of what fell due before"
        yield Effect("Money", words, after=owed.dr_cr(), warns=True)
    yield from following.vat_effects(ctx, found, change.on, _with(found, change))
    yield from following.tell_benefit(ctx, found)
    yield from following.tell_payment(found, ())
    yield from _tell_letter(change.letter)


def to_joint(ctx: Context, found: Standing, change: ToJoint) -> ChangeSaved:
    """Somebody joins from a day on, after those who hold it.

    Raises:
        UserErrors: nobody is named, they hold it or another home already, they can't hold one, or the day can't be.
    """
    if wrong := _joining_faults(ctx, found, change):
        raise UserErrors(wrong)
    take_turn(ctx, found.tenancy)
    people = [starting.person_of(ctx, each) for each in change.joins]
    access.touch(ctx, accounts_of_people(ctx, [each.id for each in people]))
    known = {each.person.id: each for each in found.left}
    position = max((each.tenant.position for each in found.places), default=0)
    for person in people:
        if (place := known.get(person.id)) is not None:
            _back(place, change.on)
            continue
        position += 1
        place_of = {"tenancy_id": found.tenancy.id, "person_id": person.id}
        ctx.session.add(Tenant(**place_of, position=position, from_on=change.on))
    ctx.session.flush()
    all_names = [
        *(each.name for each in found.holders),
        *(full_name(each.title, each.first_name, each.last_name) for each in people),
    ]
    _name_accounts(ctx, found, _name_for(ctx, change.name, all_names))
    posted = following.post(ctx, found, change.on, f"Tenants of {found.tenancy.ref} changed", "joint")
    journal = posted.journal if posted else None
    words = f"{_many(len(all_names))} from {written(change.on)}."
    keeping.record(ctx, found.tenancy.id, TenancyChange.TO_JOINT, change.on, words, journal=journal)
    note_reason(ctx, found.case.account.id, "A tenant joined", change.reason)
    following.report(ctx, found, "Somebody holds the tenancy too", change.on)
    said = f"The tenancy is held by {joined_names(all_names)} together now."
    wrote = _letter(ctx, found, change.on, said, wanted=change.letter)
    told = f"{found.tenancy.ref} is held by {joined_names(all_names)} from {written(change.on)}."
    return _saved(found, told, journal, wrote)


def _parted(ctx: Context, found: Standing, change: ToSole) -> tuple[Place, tuple[Place, ...]]:
    """Whoever leaves, and who stays."""
    faults = day_faults(ctx, found, change.on)
    gone = next((each for each in found.holders if each.person.id == change.leaves), None)
    if gone is None:
        faults.append(UserError("That person doesn't hold the tenancy.", "Choose one of its tenants.", "leaves"))
    elif len(found.holders) == 1:
        text = f"{gone.name} is the only tenant: a tenancy needs somebody who holds it."
        faults.append(UserError(text, "End the tenancy, or let somebody succeed or take it over.", "leaves"))
    elif gone.span.first >= change.on:
        text = f"{gone.name} has only held it since {written(gone.span.first)}."
        faults.append(UserError(text, "Choose a later day.", "on"))
    if faults or gone is None:
        raise UserErrors(faults)
    return gone, tuple(each for each in found.holders if each is not gone)


def _joining_faults(ctx: Context, found: Standing, change: ToJoint) -> list[UserError]:
    faults = day_faults(ctx, found, change.on)
    held = {each.person.id for each in found.holders}
    if any(each.person_id in held for each in change.joins):
        faults.append(UserError("They hold this tenancy already.", "Choose somebody else.", "tenants"))
    return [*faults, *people_faults(ctx, found, change.on, change.joins, change.reason)]


def _without(found: Standing, gone: Place, on: date) -> AsIf:
    held = {each.person.id: each.span for each in found.places}
    held[gone.person.id] = Span(gone.span.first, on - _DAY)
    return AsIf(held={found.tenancy.id: held})


def _with(found: Standing, change: ToJoint) -> AsIf:
    held = {each.person.id: each.span for each in found.places}
    held.update({each.person_id: Span(change.on) for each in change.joins if each.person_id is not None})
    return AsIf(held={found.tenancy.id: held})


def _back(place: Place, on: date) -> None:
    """Somebody holds it again: from the day after they left as if they never had; else from the new day on."""
    if place.tenant.to_on is None or place.tenant.to_on + _DAY != on:
        place.tenant.from_on = on
    place.tenant.to_on = None


def _tell_letter(wanted: bool) -> Iterator[Effect]:
    if wanted:
        yield Effect("Letters", "A letter says what has changed")


def _letter(ctx: Context, found: Standing, on: date, said: str, *, wanted: bool) -> str:
    if not wanted:
        return ""
    key = f"tenancy changed {found.tenancy.id} {found.tenancy.version}"
    return following.letter(ctx, found.case.account, on, said, key)


def _new_name(ctx: Context, found: Standing, change: Rename) -> str:
    if change.on > ctx.clock.today():
        raise UserError(f"{written(change.on)} is still to come.", "Save it on the day, or after it.", "on")
    name = checked_text(ctx, change.name, "name", "name", _LONGEST)
    if not name:
        raise UserError("The name is missing.", "It is the name that letters carry.", "name")
    if name == found.case.account.name:
        raise UserError("That is the name of the account already.", field="name")
    return name


def _name_for(ctx: Context, given: str, of_people: Sequence[str]) -> str:
    return checked_text(ctx, given, "name", "name", _LONGEST) or joined_names(of_people)


def _name_accounts(ctx: Context, found: Standing, name: str, *gone: Place) -> None:
    """The tenancy's accounts carry the name, former tenants' excepted; they are found by it, and whoever left by their own."""
    for account in _renamed(found):
        account.name = name
    ctx.session.flush()
    left = accounts_of_people(ctx, [each.person.id for each in gone])
    refresh_search(ctx, found.case.account_ids | left)


def _renamed(found: Standing) -> Iterator[Account]:
    for account in found.case.accounts:
        if account.kind is not AccountKind.FORMER_TENANT or account.id == found.case.account.id:
            yield account


def _many(people: int) -> str:
    return "one tenant holds it" if people == 1 else f"{people} tenants hold it together"


def _saved(found: Standing, told: str, journal: int | None = None, not_written: str = "") -> ChangeSaved:
    account = found.case.account
    changes = Changes(AREAS, found.case.account_ids)
    return ChangeSaved(found.tenancy.id, account.id, told, changes, journal, not_written)
