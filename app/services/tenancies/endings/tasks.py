"""What officers have to do when a tenancy ends, as tasks on the account."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select

from app.models.diary import Task
from app.models.endings import Ending
from app.models.values import EndReason, PaymentMethod, PropertyType, Subject
from app.services.benefits import keeping as benefits
from app.services.benefits.dto import KINDS, Finding
from app.services.core.context import Context
from app.services.diary import keeping as diary
from app.services.diary.dto import NewTask, TaskState
from app.services.diary.keeping import written
from app.services.tenancies.endings import ended, policies
from app.services.tenancies.endings.reading import Case

KEYS: Final = "ending_keys"
FINISH: Final = "ending_finish"
MANDATE: Final = "mandate_cancel"
CARD: Final = "payment_card_cancel"
INSPECTION: Final = "recharge_inspection"
BENEFIT: Final = "benefit_ended"
TRUSTEE: Final = "public_trustee"
STATEMENT: Final = "closing_statement"
SOLD: Final = "sold_home"
_ALL: Final = (KEYS, FINISH, MANDATE, CARD, INSPECTION, BENEFIT, TRUSTEE, STATEMENT, SOLD)
_DAY: Final = timedelta(days=1)
_SOON: Final = 2
_STAYS: Final = frozenset({EndReason.SUCCESSION, EndReason.ASSIGNMENT})


def next_step(ctx: Context, found: Case, ending: Ending) -> None:
    """Whoever notes an ending has the next step to do: the keys until they are back, then the finishing.

    Another day makes it a task of that day; where nothing is changed it stands as it is.
    """
    back = ending.keys_returned_at is not None
    due_at = ending.keys_due_at.astimezone() if ending.keys_due_at is not None else None
    if back or due_at is None:
        kind, title, due = FINISH, f"Finish the ending of {found.tenancy.ref}", ending.ends_on + _DAY
    else:
        kind, title, due = KEYS, f"Keys of {found.tenancy.ref} are due by {due_at:%H:%M}", due_at.date()
    if due in _open(ctx, found.account.id, kind):
        return
    for each in (KEYS, FINISH):
        diary.finish_for(
            ctx, Subject.ACCOUNT, found.account.id, each, "The keys are back" if back else "The day has changed"
        )
    _add(ctx, found, kind, title, due, f"{found.address}. The last day is {written(ending.ends_on)}.")
    if ending.public_trustee and not _open(ctx, found.account.id, TRUSTEE):
        details = (
            "Send the copy of the notice to quit with the Public Trustee's form and fee, and keep the certificate."
        )
        _add(ctx, found, TRUSTEE, f"Copy the notice of {found.tenancy.ref} to the Public Trustee", _soon(ctx), details)


def when_ended(ctx: Context, found: Case, ending: Ending, finding: Finding) -> tuple[str, ...]:
    """What is left to do when a tenancy has ended; returns the titles."""
    for kind in (KEYS, FINISH):
        diary.finish_for(ctx, Subject.ACCOUNT, found.account.id, kind, "The tenancy has ended")
    benefits.tenancy_changed(ctx, found.tenancy.id, f"The tenancy {found.tenancy.ref} ended", ending.ends_on + _DAY)
    made = planned(found, finding, ending.reason)
    for kind, title in made:
        days = policies.inspection_days(ctx, ending.ends_on) if kind == INSPECTION else _SOON
        details = (
            finding.words if kind == BENEFIT else f"{found.address}. The tenancy ended on {written(ending.ends_on)}."
        )
        _add(ctx, found, kind, title, diary.due_in(ctx, days), details)
    ended.tell(ctx, found.account.id, f"The tenancy ended on {written(ending.ends_on)}")
    return tuple(title for _, title in made)


def planned(found: Case, finding: Finding, reason: EndReason) -> tuple[tuple[str, str], ...]:
    """The tasks that an ending leaves behind: kind and title. A home that passes to others isn't looked over.

    One that was sold has a lease or a freehold from the next day; until that is started it counts as empty.
    """
    ref = found.account.payment_reference or found.tenancy.ref
    made = []
    if found.tenancy.payment_method is PaymentMethod.DIRECT_DEBIT:
        made.append((MANDATE, f"Cancel the Direct Debit mandate of {ref}"))
    if found.tenancy.payment_method is PaymentMethod.PAYMENT_CARD:
        made.append((CARD, f"Cancel the payment card of {ref}"))
    if reason is EndReason.RIGHT_TO_BUY:
        made.append((SOLD, f"Start the lease or freehold of {found.place.ref}, which was sold"))
    elif found.place.type is PropertyType.DWELLING and reason not in _STAYS:
        made.append((INSPECTION, f"Look {found.place.ref} over for repairs to recharge"))
    if finding.overpaid:
        made.append((BENEFIT, f"Settle {finding.overpaid} of benefit overpaid on {ref}"))
    elif finding.missing:
        made.append((BENEFIT, f"Ask for {finding.missing} of benefit missing on {ref}"))
    return tuple(made)


def told(ctx: Context, found: Case) -> tuple[str, ...]:
    """Who is told that the tenancy ended, because they pay benefit for it."""
    claimed = benefits.live_kinds(ctx, [found.tenancy.id]).get(found.tenancy.id, ())
    return tuple(f"Whoever pays {KINDS[kind]} is told that the tenancy ended" for kind in claimed)


def statement_wanted(ctx: Context, found: Case, ending: Ending, why: str) -> None:
    """The closing letter could not be written: somebody sends it by the day that the policy sets."""
    due = diary.due_in(ctx, policies.closing_statement_days(ctx, ending.ends_on))
    _add(ctx, found, STATEMENT, f"Send the closing statement of {found.tenancy.ref}", due, why)


def end_all(ctx: Context, account_id: int, outcome: str) -> None:
    """An ending was taken back: nothing that it asked for is left to do."""
    for kind in _ALL:
        diary.finish_for(ctx, Subject.ACCOUNT, account_id, kind, outcome)


def tell_again(ctx: Context, found: Case) -> None:
    """Whoever pays benefit is told that the tenancy goes on after all."""
    benefits.tenancy_changed(ctx, found.tenancy.id, f"The tenancy {found.tenancy.ref} goes on", ctx.clock.today())


def ask_again(ctx: Context, found: Case, since: datetime) -> tuple[str, ...]:
    """A tenancy goes on whose mandate or card was cancelled since a moment: it is asked for again. Comes before `end_all`."""
    wanted = {
        MANDATE: ("mandate_request", "Ask for a Direct Debit mandate again"),
        CARD: ("payment_card_request", "Ask for a payment card again"),
    }
    done = select(Task.kind).where(
        Task.subject == Subject.ACCOUNT,
        Task.subject_id == found.account.id,
        Task.kind.in_(sorted(wanted)),
        Task.state == TaskState.DONE.value,
        Task.ended_at >= since,
    )
    titles = []
    for kind in sorted(set(ctx.session.scalars(done))):
        asked, title = wanted[kind]
        _add(ctx, found, asked, title, _soon(ctx), f"The ending of {found.tenancy.ref} was reversed.")
        titles.append(title)
    return tuple(titles)


def _soon(ctx: Context) -> date:
    return diary.due_in(ctx, _SOON)


def _add(ctx: Context, found: Case, kind: str, title: str, due: date, details: str) -> None:
    diary.add_task(
        ctx, NewTask(title, due, details, Subject.ACCOUNT, found.account.id, kind, officer_id=ctx.officer.id)
    )


def _open(ctx: Context, account_id: int, kind: str) -> set[date]:
    """The days by which the open tasks of a kind are due."""
    statement = select(Task.due_on).where(
        Task.subject == Subject.ACCOUNT,
        Task.subject_id == account_id,
        Task.kind == kind,
        Task.state == TaskState.OPEN.value,
    )
    return set(ctx.session.scalars(statement))
