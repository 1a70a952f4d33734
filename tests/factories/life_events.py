"""A life event as tests note it: a death on Thursday 12 November 2026, told on the 20th."""

from datetime import date

from sqlalchemy import select

from app.models.values import (
    LifeEvent,
)
from app.services.tenancies.life_events import queries
from app.services.tenancies.life_events.dto import Happened, NoteLifeEvent

DIED = date(2026, 11, 12)
TOLD = date(2026, 11, 20)


def death(person, **said):
    return NoteLifeEvent(Happened(person.id, LifeEvent.DEATH, DIED), TOLD, **said)


def decided(desk, new, **instead):
    """The event with what is proposed of everything, save for sources named."""
    found = desk.ask(queries.what_hangs, new.happened)
    choices = {each.key: instead.get(each.source, each.proposed) for each in found}
    return NoteLifeEvent(
        new.happened, new.told_on, new.told_by, new.note, new.contact_name, new.relation, new.address, choices
    )


def rows(desk, model, *where):
    return desk.ask(lambda ctx: list(ctx.session.scalars(select(model).where(*where))))
