"""Noting a life event: everything that was chosen is done in one transaction, and the checklist is kept of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from app.models.accounts import Account
from app.models.life_events import LifeEventCase, LifeEventStep
from app.models.people import Tenant
from app.models.values import LifeEvent, Subject, TenancyChange
from app.services.core import access
from app.services.core.card_refusal import refuse_card_number
from app.services.core.changes import Changes
from app.services.core.context import Context
from app.services.core.errors import UserError, UserErrors
from app.services.core.permissions import Permission, requires
from app.services.diary import keeping as diary
from app.services.diary.dto import NewTask
from app.services.tenancies import keeping
from app.services.tenancies.life_events import on_people, paper, registry, rules
from app.services.tenancies.life_events.checklists import TASK_KIND
from app.services.tenancies.life_events.dto import Choice, Hangs, Noted, NoteLifeEvent, Outcome
from app.services.tenancies.life_events.queries import somebody

AREAS: Final = frozenset({"rent", "ledger", "charges", "diary", "letters", "documents", "holds", "statements"})
"""What a life event may change."""
_DAYS: Final = "tenancies.life_event_days"


@requires(Permission.KEEP_TENANCIES)
def note_life_event(ctx: Context, new: NoteLifeEvent) -> Noted:
    """Note what happened to somebody, and stop, move or keep what hangs on them as was chosen.

    What is chosen to be decided later becomes a task about its account. The checklist is kept as a document on each of the
    person's tenancies.

    Raises:
        UserError: a day can't be, a text is too long or holds a card number, the event is noted already, or something hangs on
            the person that nobody decided on: nothing is done then.
    """
    person = somebody(ctx, new.happened.person_id)
    access.touch_subject(ctx, Subject.PERSON, person.id)
    happened, today = new.happened, ctx.clock.today()
    rules.check_days(happened.kind, happened.on, new.told_on, today, person.date_of_birth)
    _check_words(ctx, new)
    _refuse_twice(ctx, new)
    found = registry.find(ctx, happened)
    chosen = _chosen(new, found)
    on_people.keep_contact(ctx, new)
    case = LifeEventCase(
        person_id=person.id,
        kind=happened.kind.value,
        happened_on=happened.on,
        told_on=new.told_on,
        told_by=new.told_by.strip(),
        note=new.note.strip(),
        made_at=ctx.clock.now(),
        made_by=ctx.officer.id,
    )
    ctx.session.add(case)
    if happened.kind is LifeEvent.DEATH:
        person.died_on = happened.on
    ctx.session.flush()
    tenancies = _tell_histories(ctx, new)
    done = [_decide(ctx, new, _Step(case.id, place, each, chosen[each.key])) for place, each in enumerate(found, 1)]
    paper.keep(ctx, case.id, tenancies)
    touched = _accounts(ctx, tenancies).union(*(each.account_ids for each in done))
    access.touch(ctx, touched)
    return Noted(case.id, sum(not each.done for each in done), Changes(AREAS, touched))


@requires(Permission.KEEP_TENANCIES)
def finish_step(ctx: Context, step_id: int, outcome: str) -> Noted:
    """Tick a step off, with what came of it; its task is finished with it.

    When the last step is done, the checklist is kept once more, as it stands then.

    Raises:
        UserError: there is no such step, it is done already, or nothing is said of what came of it.
    """
    step = ctx.session.get(LifeEventStep, step_id)
    if step is None or step.done_at is not None:
        raise UserError("That step is done already.", "Look at the checklist again.")
    case = ctx.session.get_one(LifeEventCase, step.event_id)
    access.touch_subject(ctx, Subject.PERSON, case.person_id)
    words = diary.checked_text(ctx, outcome, "outcome", "outcome", 400)
    if not words:
        raise UserError("Say what came of it.", "A few words will do, such as who told you.", "outcome")
    step.outcome, step.done_at, step.done_by = words, ctx.clock.now(), ctx.officer.id
    ctx.session.flush()
    if step.account_id is not None:
        diary.finish_for(ctx, Subject.ACCOUNT, step.account_id, TASK_KIND.format(step.id), words)
    diary.finish_for(ctx, Subject.PERSON, case.person_id, TASK_KIND.format(step.id), words)
    left = paper.open_steps(ctx, case.id)
    tenancies = _held(ctx, case.person_id)
    if not left:
        paper.keep(ctx, case.id, tenancies)
    return Noted(case.id, left, Changes(AREAS, _accounts(ctx, tenancies)))


@dataclass(frozen=True, slots=True)
class _Step:
    """A line of the checklist to be written."""

    event_id: int
    place: int
    hangs: Hangs
    choice: Choice


def _decide(ctx: Context, new: NoteLifeEvent, step: _Step) -> Outcome:
    """Do what was chosen of one thing, and write its line."""
    hangs, choice = step.hangs, step.choice
    done = (
        Outcome("", done=False) if choice is Choice.LATER else registry.of(hangs.source).apply(ctx, new, hangs, choice)
    )
    row = LifeEventStep(
        event_id=step.event_id,
        place=step.place,
        source=hangs.source,
        record_id=hangs.record_id,
        account_id=hangs.account_id,
        what=hangs.what[:400],
        choice=choice.value,
        outcome=done.words[:400],
        done_at=ctx.clock.now() if done.done else None,
        done_by=ctx.officer.id if done.done else None,
    )
    ctx.session.add(row)
    ctx.session.flush()
    if not done.done:
        _ask_for(ctx, new, row, hangs, done.words or hangs.words(choice))
    return done


def _ask_for(ctx: Context, new: NoteLifeEvent, step: LifeEventStep, hangs: Hangs, words: str) -> None:
    """The task of an open step: about its account, or about the person where it is on none."""
    days = ctx.policy.number(_DAYS, new.told_on)
    on_account = hangs.account_id is not None
    diary.add_task(
        ctx,
        NewTask(
            title=f"{rules.WORDS[new.happened.kind]}: {hangs.what}"[: diary.LONGEST_TITLE],
            due_on=diary.due_in(ctx, days),
            details=f"{words}. {hangs.why}".strip(". ") + ".",
            subject=Subject.ACCOUNT if on_account else Subject.PERSON,
            subject_id=hangs.account_id if on_account else new.happened.person_id,
            kind=TASK_KIND.format(step.id),
            officer_id=ctx.officer.id,
        ),
    )


def _chosen(new: NoteLifeEvent, found: tuple[Hangs, ...]) -> dict[str, Choice]:
    """The choice for each thing.

    Raises:
        UserError: one of them wasn't decided on, or can't be done; or something that was is there no more.
    """
    keys = {each.key for each in found}
    if missing := [each for each in found if each.key not in new.choices]:
        raise UserError(
            f"Something hangs on them that wasn't there before: {missing[0].what}. Nothing was saved.",
            "Look at the list again and decide on it.",
        )
    if gone := new.choices.keys() - keys:
        raise UserError(
            f"Somebody has dealt with {len(gone)} of these meanwhile. Nothing was saved.", "Look at the list again."
        )
    for each in found:
        if not each.words(new.choices[each.key]):
            raise UserError(f"That can't be chosen for {each.what}.", "Choose another.")
    return dict(new.choices)


def _check_words(ctx: Context, new: NoteLifeEvent) -> None:
    wrong = []
    longest = {"told_by": 200, "note": 4_000, "contact_name": 200, "relation": 60, "address": 400}
    for field, most in longest.items():
        words = str(getattr(new, field))
        if len(words.strip()) > most:
            wrong.append(UserError(f"That has {len(words.strip()):,} characters; it may have {most:,}.", field=field))
        refuse_card_number(ctx, words, "life event", field)
    if new.contact_name.strip() and not new.relation.strip():
        wrong.append(UserError("Say who they are.", "Such as daughter, executor or solicitor.", "relation"))
    if wrong:
        raise UserErrors(wrong)


def _refuse_twice(ctx: Context, new: NoteLifeEvent) -> None:
    """The same thing doesn't happen to somebody twice: nobody dies twice, and nothing else does twice on one day.

    Raises:
        UserError: it is noted already.
    """
    happened = new.happened
    standing = select(LifeEventCase).where(
        LifeEventCase.person_id == happened.person_id, LifeEventCase.kind == happened.kind.value
    )
    if happened.kind is not LifeEvent.DEATH:
        standing = standing.where(LifeEventCase.happened_on == happened.on)
    found = ctx.session.scalars(standing.order_by(LifeEventCase.id)).first()
    if found is not None:
        raise UserError(
            f"{rules.WORDS[happened.kind]} on {diary.written(found.happened_on)} is noted already.",
            "Open its checklist: Accounts, Life events.",
            "kind",
        )


def _held(ctx: Context, person_id: int) -> list[int]:
    return sorted(ctx.session.scalars(select(Tenant.tenancy_id).where(Tenant.person_id == person_id)))


def _tell_histories(ctx: Context, new: NoteLifeEvent) -> list[int]:
    """Write a line in the history of every tenancy that the person holds or held; returns them."""
    happened = new.happened
    words = f"{rules.WORDS[happened.kind]} of a tenant on {diary.written(happened.on)} was noted."
    tenancies = _held(ctx, happened.person_id)
    for tenancy_id in tenancies:
        keeping.record(ctx, tenancy_id, TenancyChange.LIFE_EVENT, happened.on, words)
    return tenancies


def _accounts(ctx: Context, tenancies: list[int]) -> frozenset[int]:
    return frozenset(ctx.session.scalars(select(Account.id).where(Account.tenancy_id.in_(tenancies[:900]))))
