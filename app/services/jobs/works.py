"""What each job does: the same functions as the commands of its own, at the desk of the officer of scheduled jobs."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import delete, func, select

from app.models.jobs import JobRun
from app.models.reception_payments.cards import CardPayment
from app.models.values import CardProvider, CardState
from app.services.backups import jobs as backups
from app.services.core.context import Context
from app.services.core.errors import UserError
from app.services.core.session import Desk
from app.services.diary import daily
from app.services.diary import jobs as diary
from app.services.direct_debits.cases import commands as cases
from app.services.direct_debits.runs import commands as runs
from app.services.holds.jobs import note_ended
from app.services.home import keeping as home
from app.services.jobs import declared
from app.services.jobs.dto import Given, NeedsAnOfficer, Outcome
from app.services.ledger import checks as ledger
from app.services.letters import jobs as letter_jobs
from app.services.post_log.mail.dto import TakenState
from app.services.post_log.mailboxes import jobs as fetching
from app.services.post_log.sending import jobs as post_sending
from app.services.reception_payments.cards import jobs as card_jobs
from app.services.reception_payments.cards.days import jobs as card_day_jobs

_KEPT: Final = timedelta(days=400)
"""What jobs said is kept for longer than a year, so that a year's end can be compared with the one before."""
_NOTHING: Final = "Nothing was due."
_DAY_AREAS: Final = frozenset({"diary", "home"})


def tidy(desk: Desk, _given: Given) -> Outcome:
    """Forget what jobs said long ago."""
    gone = desk.do(_forget)
    return Outcome(f"{_count(gone, 'line')} forgotten." if gone else _NOTHING, did=bool(gone))


def _forget(ctx: Context) -> int:
    old = JobRun.started_at < ctx.clock.now() - _KEPT
    gone = ctx.session.scalar(select(func.count()).select_from(JobRun).where(old)) or 0
    ctx.session.execute(delete(JobRun).where(old))
    return gone


def backup(desk: Desk, given: Given) -> Outcome:
    """Make a backup and try it.

    Raises:
        UserError: it couldn't be made, or was found to be no good.
    """
    made = backups.make(desk, given.progress, given.cancel)
    if not made.good:
        raise UserError(made.told, "Look at it under Admin, Backups.")
    return Outcome(made.told, areas=made.changes.areas)


def checks(desk: Desk, given: Given) -> Outcome:
    """Prove the ledger whole, and remember it for the home page.

    Raises:
        UserError: there are faults.
    """
    faults = desk.watch(ledger.check, given.progress, given.cancel)
    told = f"{_count(len(faults), 'fault')}" if faults else "Whole"
    desk.do(home.record_run, home.Run.CHECK, good=not faults, words=told)
    if faults:
        first = "; ".join(f"{each.check}: {each.message}" for each in faults[:3])
        raise UserError(
            f"{told}. {first}", "Run `rentbook check` for all of them, and post nothing until they are explained."
        )
    return Outcome("The ledger is whole.", areas=frozenset({"admin", "home"}))


def tasks(desk: Desk, given: Given) -> Outcome:
    """Make the recurring tasks of the day and note which holds have ended."""
    made = diary.make_tasks(desk, progress=given.progress, cancel=given.cancel)
    ended = note_ended(desk, progress=given.progress, cancel=given.cancel)
    told = [f"{_count(made.count, 'task')} made" if made.count else "", f"{_count(len(ended.ended), 'hold')} ended"]
    words = ", ".join(each for each in (told if ended.ended else told[:1]) if each)
    areas = made.changes.areas | ended.changes.areas
    return Outcome(f"{words}." if words else _NOTHING, did=bool(words), areas=areas, found=(made, ended))


def day_work(desk: Desk, given: Given) -> Outcome:
    """Do the daily work of areas; one that fails doesn't keep the others from theirs.

    Raises:
        UserError: what was refused, of each.
    """
    known = daily.keys()
    wanted = given.daily or declared.rest_of_day(known)
    refused: list[str] = []
    for key in wanted:
        try:
            daily.run(desk, key, given.progress, given.cancel)
        except UserError as error:
            refused.append(str(error))
    if refused:
        raise UserError(" ".join(refused))
    return Outcome("Brought to today.", areas=_DAY_AREAS)


def debit_posting(desk: Desk, given: Given) -> Outcome:
    """Post what matched runs collect up to today, and what banks have taken for claims; each once.

    Raises:
        UserError: something couldn't be posted; the rest was.
        NeedsAnOfficer: runs whose money has moved are not matched yet.
    """
    today = desk.clock.today()
    done = desk.run(runs.post, given.progress, given.cancel, today)
    claims = desk.run(cases.post_claims, given.progress, given.cancel, today)
    wrong = [*done.failed, *(f"Case {each.number}: {each.why}" for each in claims.left)]
    told = f"{done.told} {claims.told}".strip()
    if wrong:
        raise UserError(f"{told} {' '.join(wrong)}", "Look at them under Direct Debits.")
    if done.unmatched:
        raise NeedsAnOfficer(told, "Read the Input report under Direct Debits, Bank reports, or match the run by hand.")
    areas = done.changes.areas | claims.changes.areas
    return Outcome(told, did=bool(done.days or claims.posted), areas=areas)


def mailboxes(desk: Desk, given: Given) -> Outcome:
    """Fetch the mailboxes whose time has come.

    Raises:
        UserError: one couldn't be fetched; the others were.
    """
    found = fetching.fetch_due(desk, given.progress, given.cancel)
    logged = sum(box.imported.count(TakenState.LOGGED) for box in found.boxes)
    left = sum(len(box.imported.left) for box in found.boxes)
    told = f"{_count(len(found.boxes), 'mailbox', 'mailboxes')}: {_count(logged, 'e-mail')} logged"
    told += f", {left:,} left where they are." if left else "."
    wrong = [f"{box.name}: {box.error}" for box in found.boxes if box.error]
    if wrong:
        raise UserError(" ".join(wrong), "Look at it on the Post tab, under Mailboxes.")
    did = bool(logged or left)
    return Outcome(told if found.boxes else "No mailbox is due.", did=did, areas=found.changes.areas, found=found)


def letters(desk: Desk, given: Given) -> Outcome:
    """Hand what is queued to GOV.UK Notify, and ask what became of the rest.

    Raises:
        UserError: it stopped, for want of a key or because Notify doesn't answer.
    """
    done = letter_jobs.send(desk, given.progress, given.cancel)
    told = f"{done.sent:,} sent, {done.delivered:,} delivered, {done.failed:,} failed, {done.left:,} left."
    if done.stopped:
        raise UserError(f"{told} {done.stopped}")
    did = bool(done.sent or done.failed or done.delivered)
    return Outcome(told if did else _NOTHING, did=did, areas=frozenset({"letters"}), found=done)


def post_mail(desk: Desk, given: Given) -> Outcome:
    """Send what waits to go out from the office's mailboxes.

    Raises:
        UserError: something didn't go.
    """
    done = post_sending.send(desk, given.progress, given.cancel)
    told = f"{done.sent:,} sent, {done.failed:,} failed, {done.left:,} wait."
    if done.said:
        raise UserError(f"{told} {done.said}")
    did = bool(done.sent or done.failed)
    areas = frozenset({"letters", "post_log", "home"}) if did else frozenset[str]()
    return Outcome(told if did else _NOTHING, did=did, areas=areas, found=done)


def cards(desk: Desk, given: Given) -> Outcome:
    """Ask what became of card payments and refunds that are open.

    Raises:
        UserError: the provider couldn't be asked about all of them.
    """
    found = card_jobs.poll(desk, given.progress, given.cancel)
    told = f"{found.looked:,} asked about: {found.paid:,} paid, {found.ended:,} came to nothing, {found.left:,} open. "
    told += f"Refunds: {found.sent:,} sent, {found.back:,} given back, {found.failed:,} failed."
    if found.stopped:
        raise UserError(f"{told} {found.stopped}")
    did = bool(found.paid or found.ended or found.sent or found.back or found.failed)
    areas = found.changes.areas if found.changes else frozenset[str]()
    return Outcome(told if found.looked or did else "Nothing is open.", did=did, areas=areas, found=found)


def card_days(desk: Desk, given: Given) -> Outcome:
    """Hold yesterday's card payments against the provider's; a day without any is left.

    Raises:
        UserError: the provider doesn't answer.
        NeedsAnOfficer: something differs that nobody has explained.
    """
    yesterday = desk.clock.today() - timedelta(days=1)
    if not desk.ask(_cards_of, yesterday):
        return Outcome("No card was taken.", did=False)
    found = card_day_jobs.reconcile(desk, yesterday, given.progress, given.cancel)
    if not found.row.agrees:
        raise NeedsAnOfficer(found.told, "Post or explain what differs under Reception, Card days.")
    return Outcome(found.told, areas=found.changes.areas)


def _cards_of(ctx: Context, day: object) -> int:
    taken = select(func.count()).select_from(CardPayment)
    wanted = (CardPayment.provider == CardProvider.GOVUK_PAY, CardPayment.taken_on == day)
    return ctx.session.scalar(taken.where(*wanted, CardPayment.state == CardState.SUCCESS)) or 0


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
