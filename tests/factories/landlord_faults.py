"""The faults of a file, by a dry run and by a load that must come to nothing."""

from sqlalchemy import func, select

from app.models.imports import LoadBatch
from app.models.properties import Property
from app.services.landlord_load import commands, queries


def faults_of(desk, path):
    """Sheet, row, column and message of each fault; nothing may have been loaded."""
    rehearsal = desk.ask(queries.rehearse, path)
    loaded = desk.do(commands.load, path)
    assert loaded.errors == rehearsal.errors
    assert loaded.errors
    assert loaded.load_id is None
    assert set(loaded.loaded.values()) == {0}
    assert desk.ask(lambda ctx: ctx.session.scalar(select(func.count()).select_from(LoadBatch))) == 0
    assert desk.ask(lambda ctx: ctx.session.scalar(select(func.count()).select_from(Property))) == 0
    return [(p.sheet, p.row, p.column, p.message) for p in rehearsal.errors]
