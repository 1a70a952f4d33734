"""What happened to a case and its mandate, in one order: the card shows it, and the evidence for the bank is made of it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from app.models.diary import Note
from app.models.direct_debits.cases import DebitCase, DebitCaseCollection
from app.models.direct_debits.mandates import Mandate
from app.models.direct_debits.schedules import Collection, DebitNotice
from app.models.letters import Outgoing
from app.models.officers import Officer
from app.models.values import Money, NoticeKind, Subject
from app.services.core.context import Context
from app.services.diary.keeping import written
from app.services.direct_debits.cases.dto import KINDS, OUTCOMES, TrailLine
from app.services.direct_debits.mandates.card import history_of
from app.services.direct_debits.mandates.dto import EVENTS, WAYS
from app.services.direct_debits.mandates.rules import SCRIPT

_NOTICES = {
    NoticeKind.FIRST: "Notice of the first collections",
    NoticeKind.CHANGE: "Notice of a change",
    NoticeKind.YEAR: "Notice of the year's collections",
    NoticeKind.AGAIN: "Notice that a collection is presented again",
}


def trail(ctx: Context, case: DebitCase) -> tuple[TrailLine, ...]:
    """All that happened, the latest first."""
    mandate = ctx.session.get_one(Mandate, case.mandate_id)
    lines = [*_of_case(case), *_given(mandate), *_steps(ctx, mandate), *_notices(ctx, mandate)]
    lines += [*_collections(ctx, case), *_notes(ctx, case, mandate), *_letters(ctx, case, mandate)]
    return tuple(sorted(lines, key=lambda each: each.on, reverse=True))


def _of_case(case: DebitCase) -> Iterator[TrailLine]:
    yield TrailLine(
        case.opened_on, f"Case {case.number} opened", f"{KINDS[case.kind]}: {case.words}", Money(case.pence)
    )
    if case.challenged_on is not None:
        yield TrailLine(case.challenged_on, "Claim challenged", case.challenge_words)
    if case.journal is not None and case.debit_on is not None:
        yield TrailLine(
            case.debit_on, "Taken by the bank", f"On the accounts by journal {case.journal}", Money(case.pence)
        )
    if case.closed_on is not None and case.outcome is not None:
        back = f" Put back by journal {case.back_journal}." if case.back_journal is not None else ""
        yield TrailLine(case.closed_on, "Case closed", f"{OUTCOMES[case.outcome]}. {case.outcome_words}{back}".strip())


def _given(mandate: Mandate) -> Iterator[TrailLine]:
    said = [title for name, title, _ in SCRIPT if getattr(mandate, name)]
    words = f"{WAYS[mandate.way]}, reference {mandate.reference}. " + ", ".join(said)
    yield TrailLine(mandate.given_on, "Mandate given", words.strip())


def _steps(ctx: Context, mandate: Mandate) -> Iterator[TrailLine]:
    for step in history_of(ctx, mandate.id):
        yield TrailLine(step.effective_on, EVENTS[step.event], step.words, None, step.officer)


def _notices(ctx: Context, mandate: Mandate) -> Iterator[TrailLine]:
    rows = ctx.session.execute(
        select(DebitNotice, Officer.name)
        .join(Officer, Officer.id == DebitNotice.made_by)
        .where(DebitNotice.mandate_id == mandate.id)
    )
    for notice, officer in rows:
        words = f"First collection {written(notice.first_due_on)}; {notice.days} working days promised"
        yield TrailLine(notice.given_on, _NOTICES[notice.kind], words, None, officer)


def _collections(ctx: Context, case: DebitCase) -> Iterator[TrailLine]:
    rows = select(Collection).join(DebitCaseCollection, DebitCaseCollection.collection_id == Collection.id)
    for row in ctx.session.scalars(rows.where(DebitCaseCollection.case_id == case.id)):
        told = "no notice is kept of it"
        if row.noticed_on is not None:
            told = f"told {Money(row.noticed_pence or 0)}, counted as given on {written(row.noticed_on)}"
        yield TrailLine(row.due_on, "Collected", f"Code {row.code or 'not sent'}; {told}", Money(row.pence))


def _notes(ctx: Context, case: DebitCase, mandate: Mandate) -> Iterator[TrailLine]:
    of_it = (Note.subject == Subject.DIRECT_DEBIT_CASE) & (Note.subject_id == case.id)
    of_mandate = (Note.subject == Subject.MANDATE) & (Note.subject_id == mandate.id)
    rows = select(Note, Officer.name).join(Officer, Officer.id == Note.officer_id).where(of_it | of_mandate)
    for note, officer in ctx.session.execute(rows):
        yield TrailLine(note.written_at.date(), "Note", note.text, None, officer)


def _letters(ctx: Context, case: DebitCase, mandate: Mandate) -> Iterator[TrailLine]:
    of_it = (Outgoing.subject == Subject.DIRECT_DEBIT_CASE.value) & (Outgoing.subject_id == case.id)
    of_mandate = (Outgoing.subject == Subject.MANDATE.value) & (Outgoing.subject_id == mandate.id)
    for row in ctx.session.scalars(select(Outgoing).where(of_it | of_mandate)):
        yield TrailLine(row.letter_date, "Letter", f"{row.title}: {row.state}")
