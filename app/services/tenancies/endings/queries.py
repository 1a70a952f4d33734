"""What the sheet of an ending is filled from, and what saving it will do."""

from __future__ import annotations

from app.models.accounts import Account
from app.models.values import EndReason
from app.services.core import access
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.core.errors import UserError
from app.services.tenancies.endings import noting, previewing, reading
from app.services.tenancies.endings.dto import EndingForm, NoteEnding, TakeBack
from app.services.tenancies.endings.reading import Case


def form(ctx: Context, account_id: int) -> EndingForm:
    """What the sheet of the ending of an account's tenancy shows: what is noted so far, or an empty note.

    Raises:
        UserError: the account belongs to no tenancy, or it is restricted and not the officer's to open.
    """
    access.open_account(ctx, account_id)
    account = ctx.session.get(Account, account_id)
    if account is None or account.tenancy_id is None:
        raise UserError("This account belongs to no tenancy, so there is none to end.", "Choose the rent account.")
    found = reading.case(ctx, account.tenancy_id)
    ending = found.ending
    return EndingForm(
        noted=_noted(ctx, found),
        state=ending.state if ending is not None else None,
        tenancy_ref=found.tenancy.ref,
        account_id=found.account.id,
        reference=found.account.payment_reference or "",
        name=found.account.name,
        address=found.address,
        starts_on=found.tenancy.start_on,
        ended_on=found.tenancy.end_on,
        charged_to=reading.charged_to(ctx),
        garages=reading.garage_rows(ctx, found),
    )


def preview(ctx: Context, wanted: NoteEnding) -> tuple[Effect, ...]:
    """What noting, or finishing, an ending will do.

    Raises:
        UserError: as `commands.save`, where that can be told beforehand.
    """
    return tuple(previewing.of_ending(ctx, reading.case(ctx, wanted.tenancy_id), wanted))


def preview_back(ctx: Context, wanted: TakeBack) -> tuple[Effect, ...]:
    """What taking an ending back will do.

    Raises:
        UserError: as `commands.take_back`, where that can be told beforehand.
    """
    ending = reading.ending(ctx, wanted.ending_id)
    found = reading.case(ctx, ending.tenancy_id)
    reading.refuse_let(ctx, found, ending)
    return tuple(previewing.of_going_on(ctx, found, ending))


def _noted(ctx: Context, found: Case) -> NoteEnding:
    ending = found.ending
    if ending is None:
        return NoteEnding(found.tenancy.id, EndReason.TENANT_NOTICE)
    back = noting.local(ending.keys_returned_at)
    return NoteEnding(
        tenancy_id=found.tenancy.id,
        reason=ending.reason,
        notice_on=ending.notice_on,
        agreed_on=ending.notice_ends_on if ending.agreed else None,
        keys_on=back.date() if back else None,
        keys_at=back.time() if back else noting.NOON,
        waive_late=ending.waive_late,
        excused=ending.excused,
        left_on=ending.left_on,
        public_trustee=ending.public_trustee,
        forwarding_address=ending.forwarding_address,
        contact_name=ending.contact_name,
        contact_details=ending.contact_details,
        garages=tuple(garage.tenancy_id for garage in reading.with_it(ctx, ending.id)),
        ending_id=ending.id,
        version=ending.version,
    )
