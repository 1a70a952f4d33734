"""A return of £65.00 that is killed while it is applied is reversed once, with one presentation to come and one letter, or not at all."""

import os

import pytest
from sqlalchemy import func, select

from app.models.direct_debits.mandates import MandateStep
from app.models.direct_debits.schedules import Collection
from app.models.ledger import Journal
from app.models.letters import Outgoing
from app.models.values import ReportItemState
from app.services.direct_debits.returns import commands
from app.services.ledger import checks
from tests.processes import killed_before
from tests.services.bacs import report_samples as samples
from tests.services.direct_debits.returns.conftest import balance, home, item, read

__all__ = ["home"]
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has neither fork nor SIGKILL")
MADE = (Journal, Collection, Outgoing, MandateStep)


def test_a_killed_return_is_applied_once(desk, colleague, home):
    (item_id,) = read(desk, samples.arudd(samples.returned())).item_ids

    def stands():
        made = desk.ask(lambda ctx: [ctx.session.scalar(select(func.count()).select_from(each)) for each in MADE])
        return balance(desk, home[0]), item(desk, item_id).state, made

    before = stands()
    owed, state, (journals, collections, letters, steps) = before
    assert (owed, state) == (-65_00, ReportItemState.PROPOSED)
    for step in ("INSERT INTO outgoing", "INSERT INTO journal"):  # returned, and nobody told; told, and nothing posted
        killed_before(desk, "officer", lambda own: own.do(commands.apply, (item_id,)), step)
        assert stands() == before, step
    killed_before(desk, "officer", lambda own: own.do(commands.apply, (item_id,)))
    after = (0, ReportItemState.APPLIED, [journals + 1, collections + 1, letters + 1, steps + 1])
    assert stands() == after
    again = colleague.do(commands.apply, (item_id,))
    assert (again.count, [each.why for each in again.left]) == (0, ["It was applied already."])
    assert stands() == after
    assert desk.ask(checks.check) == ()
