"""The accounts at a bank that mandates are on: kept sealed, found again by their keyed hash, opened for a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from datetime import date, timedelta
from typing import Final

from sqlalchemy import Select, select

from app.models.direct_debits.mandates import Mandate, MandateBank
from app.models.values import ToldBy
from app.services.bacs import keeping as bacs
from app.services.bacs.dto import Checked, Destination
from app.services.bacs.modulus.loaded import checker
from app.services.bacs.rules import bacs_text
from app.services.core import audit, keys
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.core.errors import UserError

_DAY: Final = timedelta(days=1)
_LONGEST: Final = 80


def bank_of(ctx: Context, mandate_id: int, on: date | None = None) -> MandateBank:
    """The account that a mandate is on now, or was on a day.

    Raises:
        UserError: there is none.
    """
    rows = _of([mandate_id])
    if on is None:
        rows = rows.where(MandateBank.to_on.is_(None))
    else:
        rows = rows.where(MandateBank.from_on <= on, (MandateBank.to_on.is_(None)) | (MandateBank.to_on >= on))
    row = ctx.session.scalars(rows.order_by(MandateBank.id.desc())).first()
    if row is None:
        raise UserError("The mandate has no bank account on that day.", "Look at its history.")
    return row


def banks_of(ctx: Context, mandate_ids: Collection[int]) -> dict[int, MandateBank]:
    """The account that each of some mandates is on now, by mandate."""
    result: dict[int, MandateBank] = {}
    for chunk in in_chunks(sorted(set(mandate_ids))):
        rows = ctx.session.scalars(_of(chunk).where(MandateBank.to_on.is_(None)).order_by(MandateBank.id))
        result.update({row.mandate_id: row for row in rows})
    return result


def destinations(
    ctx: Context, bank_ids: Collection[int], opened_for: str = "a Direct Debit file"
) -> dict[int, Destination]:
    """Accounts unmasked, for a file, by the id of their row; the audit says how many were opened and what for.

    Raises:
        UserError: one holds no numbers, or the key isn't at this desk.
    """
    unseal = bacs.opener(ctx.session)
    result: dict[int, Destination] = {}
    for chunk in in_chunks(sorted(set(bank_ids))):
        rows = select(MandateBank.id, MandateBank.sealed).where(MandateBank.id.in_(chunk))
        for row in ctx.session.execute(rows):
            result[row.id] = unseal(about(row.id), row.sealed)
    if result:
        audit.record_bulk(ctx, "mandate_bank", "reveal", rows=len(result), opened_for=opened_for)
    return result


def new_bank(
    ctx: Context,
    mandate: Mandate,
    destination: Destination,
    holder: str,
    told_by: ToldBy = ToldBy.PAYER,
    *,
    on: date | None = None,
    held: bool = False,
    bank_name: str = "",
    branch: str = "",
    checked: Checked | None = None,
) -> MandateBank:
    """Put another account in force for a mandate from a day on; the one before ends the day before it.

    `held` says that the bank has the instruction for it already, `checked` what the modulus check said where it was asked.
    """
    day = on or ctx.clock.today()
    for old in ctx.session.scalars(_of([mandate.id]).where(MandateBank.to_on.is_(None))):
        old.to_on, old.held = max(day - _DAY, old.from_on), False
    row = MandateBank(
        mandate_id=mandate.id,
        fingerprint=bacs.fingerprint(ctx, destination),
        sort_hash=sort_hash(ctx, destination.sort_code),
        held=held,
        last_two=destination.account_number[-2:],
        holder=holder,
        bank_name=" ".join(bank_name.split())[:_LONGEST],
        branch=" ".join(branch.split())[:_LONGEST],
        verdict=(checked or checker(ctx)(destination)).verdict,
        told_by=told_by,
        from_on=day,
        made_by=ctx.officer.id,
        made_at=ctx.clock.now(),
    )
    ctx.session.add(row)
    ctx.session.flush()
    row.sealed = bacs.seal_account(ctx, about(row.id), destination)
    ctx.session.flush()
    return row


def by_reference(ctx: Context, references: Collection[str]) -> dict[str, Mandate]:
    """Mandates by their core reference, as Bacs writes it; what is none of ours is left out."""
    written = {each: bacs_text(each) for each in references}
    known: dict[str, Mandate] = {}
    for chunk in in_chunks(sorted({text for text in written.values() if text})):
        for row in ctx.session.scalars(select(Mandate).where(Mandate.reference.in_(chunk))):
            known[row.reference] = row
    return {each: known[text] for each, text in written.items() if text in known}


def by_fingerprint(ctx: Context, fingerprints: Collection[str]) -> dict[str, tuple[Mandate, ...]]:
    """Mandates by the keyed hash of an account that they are or were on; those on it now come first."""
    result: dict[str, list[Mandate]] = defaultdict(list)
    for chunk in in_chunks(sorted(set(fingerprints))):
        rows = (
            select(MandateBank.fingerprint, Mandate, MandateBank.to_on)
            .join(Mandate, Mandate.id == MandateBank.mandate_id)
            .where(MandateBank.fingerprint.in_(chunk))
            .order_by(MandateBank.id.desc())
        )
        for fingerprint, row, _ in sorted(ctx.session.execute(rows), key=lambda each: each.to_on is not None):
            if row not in result[fingerprint]:
                result[fingerprint].append(row)
    return {key: tuple(rows) for key, rows in result.items()}


def bank_named(ctx: Context, sort_code: str) -> tuple[str, str]:
    """The bank and branch that were last typed for a sort code of six digits; empty where none were."""
    rows = select(MandateBank.bank_name, MandateBank.branch).where(
        MandateBank.sort_hash == sort_hash(ctx, sort_code), MandateBank.bank_name != ""
    )
    row = ctx.session.execute(rows.order_by(MandateBank.id.desc())).first()
    return (row.bank_name, row.branch) if row else ("", "")


def sort_hash(ctx: Context, sort_code: str) -> str:
    """The keyed hash of a sort code."""
    return sort_hasher(ctx)(sort_code)


def sort_hasher(ctx: Context) -> Callable[[str], str]:
    """`sort_hash` for many sort codes: the key is looked up once."""
    return keys.hasher(ctx, "sort code")


def about(bank_id: int) -> str:
    """What the account of a row is sealed about."""
    return f"mandate_bank:{bank_id}"


def _of(mandate_ids: Collection[int]) -> Select[MandateBank]:
    return select(MandateBank).where(MandateBank.mandate_id.in_(mandate_ids))
