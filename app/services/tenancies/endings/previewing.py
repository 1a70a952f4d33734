"""What saving an ending will do, in words and sums, worked out without changing anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.models.endings import Ending
from app.models.values import ZERO, EndReason, Money, PropertyType
from app.services.benefits.dto import Finding
from app.services.charges import differences, runs
from app.services.charges.differences import AsIf
from app.services.charges.dto import Span
from app.services.charges.rules import VAT_CODE
from app.services.core.context import Context
from app.services.core.effects import Effect
from app.services.diary.keeping import written
from app.services.letters.rules import address_fault, tidy_address
from app.services.rent.rules import KIND_WORDS
from app.services.tenancies import keeping
from app.services.tenancies.endings import benefit_check, finishing, reading, tasks
from app.services.tenancies.endings.deciding import decide
from app.services.tenancies.endings.dto import REASONS, Carry, Dates, Finish, NoteEnding
from app.services.tenancies.endings.reading import Case
from app.services.tenancies.endings.rules import KEYLESS
from app.services.tenancies.voids.dto import REASONS as VOID_REASONS

_DAY: Final = timedelta(days=1)
_CLOCK: Final = "%H:%M"


@dataclass(frozen=True, slots=True)
class Sums:
    """What another last day makes of the weeks that were charged.

    Attributes:
        own: on the tenancy's accounts; `weeks` is how many weeks that is.
        void: on the void control account.
        vat: the VAT that garages come to bear in weeks that were charged.
    """

    own: Money = ZERO
    weeks: int = 0
    void: Money = ZERO
    vat: Money = ZERO


def of_ending(
    ctx: Context, found: Case, wanted: NoteEnding, lets: Mapping[int, Span] = differences.NOBODY
) -> Iterator[Effect]:
    """The effects of noting an ending, and of finishing it; `lets` are lettings that begin with it, by property."""
    days = decide(ctx, found, wanted)
    ends = dict.fromkeys((found.tenancy.id, *wanted.garages), days.ends_on)
    sums = _sums(ctx, found, ends, lets)
    yield from _of_days(found, wanted, days)
    yield from _of_charges(sums, days)
    yield from _of_garages(ctx, found, wanted, days, sums)
    finding = benefit_check.check(ctx, found, wanted, days)
    yield from of_benefit(finding)
    yield from _of_accounts(found, sums, wanted.finish)
    yield from _of_the_rest(ctx, found, days, wanted, finding)


def of_going_on(ctx: Context, found: Case, ending: Ending) -> Iterator[Effect]:
    """The effects of taking an ending back."""
    garages = [each.tenancy_id for each in reading.with_it(ctx, ending.id)]
    sums = _sums(ctx, found, dict.fromkeys((found.tenancy.id, *garages), None))
    yield Effect("Tenancy", f"{found.tenancy.ref} goes on", written(ending.ends_on), "no last day")
    for tenancy_id in garages:
        yield Effect("Tenancy", f"The garage letting {keeping.tenancy(ctx, tenancy_id).ref} goes on too")
    if sums.own:
        yield Effect("Charges", f"{_many(sums.weeks)} since the end charged", after=sums.own.dr_cr(), warns=True)
    if sums.void:
        yield Effect("Charges", "Void loss of those weeks", after=sums.void.dr_cr())
    former = next((each for each in found.accounts if each.id == ending.former_account_id), None)
    if former is not None:
        back = Money(former.balance_pence)
        yield Effect("Money", f"{former.payment_reference} gives its balance back and is closed", back.dr_cr(), "£0.00")
        owed = Money(found.account.balance_pence) + back + sums.own
        yield Effect("Money", "Balance of the rent account", Money(found.account.balance_pence).dr_cr(), owed.dr_cr())
    yield Effect("Tasks", "What the ending asked for is no longer to be done")
    if ending.statement_on is not None:
        yield Effect("Letters", "The closing letter is cancelled, unless it has gone")


def of_benefit(finding: Finding) -> Iterator[Effect]:
    """What the check of benefit found."""
    wrong = bool(finding.overpaid or finding.missing)
    yield Effect("Housing Benefit and Universal Credit", finding.words, warns=wrong)


def _sums(
    ctx: Context, found: Case, ends: Mapping[int, date | None], lets: Mapping[int, Span] = differences.NOBODY
) -> Sums:
    """What is different in charged weeks if these tenancies ended on these days (None: not at all)."""
    spans: dict[int, Span] = {}
    before: list[date] = []
    for tenancy_id, day in ends.items():
        tenancy = keeping.tenancy(ctx, tenancy_id)
        spans[tenancy_id] = Span(tenancy.start_on, day)
        before += [each for each in (tenancy.end_on, day) if each is not None]
    if not before:
        return Sums()
    as_if = AsIf(tenancies=spans, lets=lets)
    accounts = {each.id for tenancy_id in ends for each in keeping.accounts_of(ctx, tenancy_id)}
    linked = differences.linked_accounts(ctx, accounts)
    first = min(before) + _DAY
    own = differences.differences(ctx, sorted(found.account_ids), first, as_if=as_if)
    others = differences.differences(ctx, sorted(set(linked) - found.account_ids), first, as_if=as_if)
    void = differences.void_differences(ctx, {found.place.id}, first, as_if=as_if)
    vat = [each for each in others if each.code == VAT_CODE]
    return Sums(
        differences.difference_of(own),
        len({each.week for each in own}),
        differences.difference_of(void),
        differences.difference_of(vat),
    )


def _of_days(found: Case, wanted: NoteEnding, days: Dates) -> Iterator[Effect]:
    was = found.tenancy.end_on
    yield Effect(
        "Tenancy",
        f"{found.tenancy.ref}: {REASONS[wanted.reason]}, last day",
        written(was) if was else "",
        f"{days.ends_on:%A} {written(days.ends_on)}",
    )
    if days.by_policy is not None and days.notice_ends_on != days.by_policy:
        sooner = days.notice_ends_on < days.by_policy
        yield Effect("Tenancy", "By the policy the notice ends on", after=written(days.by_policy), warns=sooner)
    keys = wanted.keys_returned_at
    if keys is None and wanted.finish is not None and wanted.reason not in KEYLESS and not wanted.excused:
        yield Effect("Tenancy", "The keys aren't back: say when they came, or why it ends without them", warns=True)
    elif keys is None and wanted.reason not in KEYLESS:
        due = f"{days.keys_due_at:%A} {written(days.keys_due_at.date())}, {days.keys_due_at:{_CLOCK}}"
        yield Effect("Tenancy", "Keys are due by", after=due)
    elif keys is not None and days.late_weeks:
        late = f"The keys came late: {_many(days.late_weeks)} more rent"
        yield Effect("Tenancy", late, written(days.notice_ends_on), written(days.ends_on), warns=True)
    elif keys is not None:
        yield Effect("Tenancy", "The keys came in time" if keys <= days.keys_due_at else "Late keys cost nothing")


def _of_charges(sums: Sums, days: Dates) -> Iterator[Effect]:
    if sums.own:
        what = "beyond the end credited" if sums.own.pence < 0 else "that late keys add charged"
        yield Effect("Charges", f"{_many(sums.weeks)} {what}", after=sums.own.dr_cr(), warns=True)
    else:
        yield Effect("Charges", f"Charged to {written(days.ends_on)}; nothing that was charged is put right")
    if sums.void:
        yield Effect("Charges", "Void loss of those weeks", after=sums.void.dr_cr())


def _of_garages(ctx: Context, found: Case, wanted: NoteEnding, days: Dates, sums: Sums) -> Iterator[Effect]:
    first = days.ends_on + _DAY
    for garage in reading.garage_rows(ctx, found):
        if garage.tenancy_id in wanted.garages:
            yield Effect("Garages", f"{garage.address} ends on the same day", after=written(days.ends_on))
        elif garage.exempt:
            yield Effect(
                "Garages",
                f"{garage.address} goes on and bears VAT from the week of {written(first)}",
                f"{garage.weekly} without VAT",
                f"{garage.weekly} with {garage.vat} VAT",
                warns=True,
            )
        else:
            yield Effect("Garages", f"{garage.address} goes on as it is")
    if sums.vat:
        yield Effect("Garages", "VAT in weeks that were charged", after=sums.vat.dr_cr())


def _of_accounts(found: Case, sums: Sums, finish: Finish | None) -> Iterator[Effect]:
    balance = Money(found.account.balance_pence)
    after = balance + sums.own
    if finish is None:
        if sums.own:
            yield Effect("Money", "Balance of the rent account", balance.dr_cr(), after.dr_cr())
    else:
        yield Effect("Money", "The former tenant's account is opened with", after=after.dr_cr())
        yield Effect("Money", f"Balance of {found.account.payment_reference}", balance.dr_cr(), "£0.00")
    for each in found.accounts[1:]:
        if each.balance_pence and each.closed_on is None:
            words = f"{KIND_WORDS[each.kind]} {each.payment_reference} stays as it is"
            yield Effect("Money", words, after=Money(each.balance_pence).dr_cr(), warns=True)


def _of_the_rest(ctx: Context, found: Case, days: Dates, wanted: NoteEnding, finding: Finding) -> Iterator[Effect]:
    """The void, arrangements, the closing letter and tasks, of an ending that is finished; of a notice the next step."""
    finish = wanted.finish
    if finish is None:
        if wanted.letter and wanted.reason is EndReason.TENANT_NOTICE and wanted.notice_on is not None:
            yield Effect("Letters", "A letter that confirms the notice goes into the queue")
        yield Effect("Tasks", "You are reminded of the keys, then of finishing the ending")
        return
    if wanted.reason is EndReason.RIGHT_TO_BUY:
        yield Effect("Void", "The home counts as empty until its lease or freehold is started", warns=True)
    elif finish.void is not None and found.place.type is not PropertyType.OTHER:
        yield Effect("Void", f"Empty from {written(days.ends_on + _DAY)}", after=VOID_REASONS[finish.void])
    for each in finishing.live_arrangements(ctx, found):
        instalment = f"The arrangement of {Money(each.amount_pence)} {each.frequency.value.replace('_', ' ')}"
        ends = finish.arrangements is Carry.END
        yield Effect("Arrangement", f"{instalment} {'ends' if ends else 'goes on for what is left'}", warns=ends)
    if finish.statement:
        yield _of_the_letter(ctx, wanted, days)
    for title in (*(title for _, title in tasks.planned(found, finding, wanted.reason)), *tasks.told(ctx, found)):
        yield Effect("Tasks", title)
    following = runs.next_week(ctx)
    if following is not None and following <= days.ends_on:
        yield Effect(
            "Charges", f"The week of {written(following)} is to be charged before it can be finished", warns=True
        )


def _of_the_letter(ctx: Context, wanted: NoteEnding, days: Dates) -> Effect:
    """The closing statement; what stands in the way of its letter is seen while the address can still be typed."""
    lines = tidy_address(wanted.forwarding_address.splitlines())
    fault = address_fault("the tenant", lines) if lines else ""
    if fault:
        return Effect("Letters", f"The closing letter can't be posted. {fault}", warns=True)
    if not lines and days.ends_on < ctx.clock.today():
        words = "The closing statement is kept; without a forwarding address its letter may be a task"
        return Effect("Letters", words, warns=True)
    return Effect("Letters", "The closing statement is kept, and its letter goes into the queue")


def _many(weeks: int) -> str:
    return "1 week" if weeks == 1 else f"{weeks} weeks"
