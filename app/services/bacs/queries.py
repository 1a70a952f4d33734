"""Bank details as they are listed, masked; the modulus check as somebody types; tables, files and days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select

from app.models.bacs import BankDetail, ModulusTable, PaymentFile
from app.models.officers import Officer
from app.models.values import DetailState, Money, PaymentFileKind, Subject, TableKind
from app.services.bacs import own, processing, rules
from app.services.bacs.dto import (
    BacsDay,
    BankDetails,
    Checked,
    Masked,
    OwnAccounts,
    OwnSide,
    PaymentFileRow,
    ProcessingDays,
    TableInfo,
    TableInForce,
)
from app.services.bacs.modulus import loaded
from app.services.core import access
from app.services.core.chunks import in_chunks
from app.services.core.closures import bacs_days
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.officers import officer_names


def check(ctx: Context, sort_code: str, account_number: str) -> Checked:
    """What the modulus check says of a sort code and an account number as typed.

    Raises:
        UserError: they aren't six and eight digits; `field` says which.
    """
    return loaded.checker(ctx)(rules.destination(sort_code, account_number))


def of_person(ctx: Context, person_id: int) -> tuple[BankDetails, ...]:
    """All bank details of a person, in force and past, the newest first.

    Raises:
        UserError: the record is restricted, and not theirs to open.
    """
    access.open_subject(ctx, Subject.PERSON, person_id)
    return _listed(ctx, _newest_first(ctx, BankDetail.person_id == person_id))


def of_account(ctx: Context, account_id: int) -> tuple[BankDetails, ...]:
    """All bank details kept for an account, of a person or of somebody who is none of ours, the newest first.

    Raises:
        UserError: the record is restricted, and not theirs to open.
    """
    access.open_account(ctx, account_id)
    return _listed(ctx, _newest_first(ctx, BankDetail.account_id == account_id))


def in_force(ctx: Context, person_id: int | None, account_id: int | None = None) -> BankDetails | None:
    """What a payment goes to: a person's details for the account, else those for all that they are paid.

    Without a person those of the account. None where nothing is in force.

    Raises:
        UserError: the record is restricted, and not theirs to open.
    """
    known = of_person(ctx, person_id) if person_id is not None else of_account(ctx, account_id or 0)
    standing = [each for each in known if each.state is DetailState.IN_FORCE and each.person_id == person_id]
    return next(
        (each for wanted in (account_id, None) for each in standing if each.account_id == wanted),
        None,
    )


def details(ctx: Context, detail_ids: Collection[int]) -> dict[int, BankDetails]:
    """Bank details by their numbers, masked; those of restricted records that aren't theirs to open are left out."""
    people, accounts = access.closed_people(ctx), access.closed_accounts(ctx)
    found: list[BankDetail] = []
    for chunk in in_chunks(sorted(set(detail_ids))):
        rows = ctx.session.scalars(select(BankDetail).where(BankDetail.id.in_(chunk)))
        found += [row for row in rows if row.person_id not in people and row.account_id not in accounts]
    return {each.detail_id: each for each in _listed(ctx, found)}


def tables(ctx: Context) -> tuple[TableInfo, ...]:
    """Every file of the modulus check that was loaded, the newest first."""
    order = (ModulusTable.valid_from.desc(), ModulusTable.id.desc())
    rows = select(ModulusTable, Officer.name).join(Officer, Officer.id == ModulusTable.loaded_by).order_by(*order)
    found: list[TableInfo] = []
    used: set[TableKind] = set()
    for row, by in ctx.session.execute(rows):
        in_force = row.valid_from <= ctx.clock.today() and row.kind not in used
        used |= {row.kind} if in_force else set()
        told = (row.id, row.kind, row.name, row.valid_from, row.rows, row.loaded_at)
        found.append(TableInfo(*told, loaded_by=by, in_force=in_force))
    return tuple(found)


def table_in_force(ctx: Context) -> TableInForce | None:
    """The weight table that accounts are checked against today: the newest that is loaded, else the shipped one."""
    return loaded.in_force(ctx)


def own_side(ctx: Context, on: date | None = None) -> OwnSide:
    """Who the council is to Bacs, on a day or today.

    Raises:
        UserError: a policy value isn't set, or isn't of the form that Bacs takes.
    """
    return own.own_side(ctx, on or ctx.clock.today())


def own_accounts(ctx: Context, on: date | None = None) -> OwnAccounts:
    """The accounts that collections go to, on a day or today: `.of("rent_group:HRA")` is that of a rent group.

    Raises:
        UserError: one of them isn't set whole, or isn't of the form that Bacs takes.
    """
    return own.own_accounts(ctx, on or ctx.clock.today())


def next_days(ctx: Context) -> ProcessingDays:
    """The days of the next Bacs file that can be sent."""
    today = ctx.clock.today()
    return processing.soonest(today, bacs_days(ctx.policy, today))


def days_of(ctx: Context, processing_on: date) -> ProcessingDays:
    """The days of a Bacs file for a processing day.

    Raises:
        UserError: Bacs doesn't process on that day, it is past, or too far ahead.
    """
    today = ctx.clock.today()
    furthest = ctx.policy.number("bacs.furthest_days", today)
    return processing.checked_days(processing_on, today, furthest, bacs_days(ctx.policy, today))


def calendar(ctx: Context, first_on: date, days: int = 28) -> tuple[BacsDay, ...]:
    """The days of Bacs from one on: which it works, the holidays by their names, and the days of the file of each."""
    return processing.calendar(first_on, days, bacs_days(ctx.policy, ctx.clock.today()))


def files(ctx: Context, kind: PaymentFileKind | None = None, most: int = 200) -> tuple[PaymentFileRow, ...]:
    """The Bacs files that were made, the newest first."""
    rows = select(PaymentFile, Officer.name.label("by")).join(Officer, Officer.id == PaymentFile.made_by)
    if kind is not None:
        rows = rows.where(PaymentFile.kind == kind)
    return tuple(_file(row, by) for row, by in ctx.session.execute(rows.order_by(PaymentFile.id.desc()).limit(most)))


def file(ctx: Context, file_id: int) -> PaymentFileRow:
    """One Bacs file.

    Raises:
        UserError: there is none of that number.
    """
    rows = select(PaymentFile, Officer.name).join(Officer, Officer.id == PaymentFile.made_by)
    found = ctx.session.execute(rows.where(PaymentFile.id == file_id)).first()
    if found is None:
        raise UserError("There is no such Bacs file.", "Look at the list again.")
    return _file(*found)


def _newest_first(ctx: Context, where: object) -> Sequence[BankDetail]:
    rows = select(BankDetail).where(where).order_by(BankDetail.id.desc())  # type: ignore[arg-type]
    return ctx.session.scalars(rows).all()


def _listed(ctx: Context, rows: Sequence[BankDetail]) -> tuple[BankDetails, ...]:
    """Rows as they are shown: three queries, however many they are."""
    names = _names(ctx, rows)
    same = _same(ctx, {row.fingerprint for row in rows})
    return tuple(
        BankDetails(
            detail_id=row.id,
            version=row.version,
            person_id=row.person_id,
            account_id=row.account_id,
            payee_name=row.payee_name,
            masked=Masked(row.last_two, row.has_roll_number),
            state=row.state,
            from_on=row.from_on,
            to_on=row.to_on,
            name_check=row.name_check,
            checked_on=row.checked_on,
            checked_by=names.get(row.checked_by or 0, ""),
            check_note=row.check_note,
            verdict=row.verdict,
            is_new=all(other.last_paid_on is None for other in same[row.fingerprint]),
            elsewhere=_elsewhere(row, same[row.fingerprint]),
            made_by=names.get(row.made_by, ""),
            made_at=row.made_at,
            approved_by=names.get(row.approved_by or 0, ""),
            superseded_by=row.superseded_by,
            reason=row.reason,
        )
        for row in rows
    )


def _same(ctx: Context, fingerprints: Collection[str]) -> dict[str, list[BankDetail]]:
    """All rows of the same accounts at a bank, by their keyed hash."""
    found: dict[str, list[BankDetail]] = defaultdict(list)
    for chunk in in_chunks(sorted(fingerprints)):
        for row in ctx.session.scalars(select(BankDetail).where(BankDetail.fingerprint.in_(chunk))):
            found[row.fingerprint].append(row)
    return found


def _elsewhere(row: BankDetail, same: Sequence[BankDetail]) -> int:
    """How many other payees have the account in force; a person is one payee, whichever rent account it is for."""

    def payee(each: BankDetail) -> tuple[str, int | None]:
        return ("account", each.account_id) if each.person_id is None else ("person", each.person_id)

    return len({payee(each) for each in same if each.state is DetailState.IN_FORCE} - {payee(row)})


def _names(ctx: Context, rows: Sequence[BankDetail]) -> dict[int, str]:
    return officer_names(ctx.session, [each for row in rows for each in (row.made_by, row.checked_by, row.approved_by)])


def _file(row: PaymentFile, made_by: str) -> PaymentFileRow:
    return PaymentFileRow(
        row.id,
        row.kind,
        row.serial,
        row.processing_on,
        row.entry_on,
        row.count,
        Money(row.pence),
        row.sha256,
        row.state,
        made_by,
        row.made_at,
        row.reference,
        row.reason,
    )
