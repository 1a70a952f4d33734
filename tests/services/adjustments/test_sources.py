"""Ctrl+K finds an adjustment by its number or a word of what it is about, for whoever sees the tab."""

from datetime import date

from app.models.limits import OfficerLimit
from app.models.values import LimitKind, Money, Subject
from app.services.adjustments import commands
from app.services.adjustments.dto import NewAdjustment, NewLine
from app.services.core import finding
from app.services.core.officers import NewOfficer, add
from app.services.core.permissions import Role
from app.services.core.session import Desk
from tests.factories import lettings


def found(desk, text):
    groups = desk.ask(finding.find, text)
    return [each.title for group in groups for each in group.found if each.subject is Subject.ADJUSTMENT]


def test_an_adjustment_is_found(desk):
    account = desk.do(lambda ctx: lettings.letting(ctx, "100.00").account.id)
    limit = {"kind": LimitKind.ADJUSTMENT_CREDIT, "line_pence": 9_000, "batch_pence": 9_000}
    desk.do(lambda ctx: ctx.session.add(OfficerLimit(officer_id=ctx.officer.id, **limit)))
    line = NewLine(account, "credit", Money(-2_500), date(2026, 11, 2), "wrong_amount", "Put right")
    desk.do(commands.enter, NewAdjustment("k", "Heating meter misread", (line,)))
    assert found(desk, "meter mis") == ["Credit correction 1: Heating meter misread"]
    assert found(desk, "adjustment 1") == ["Credit correction 1: Heating meter misread"]
    desk.do(add, NewOfficer("recep", "Rita Reception", frozenset({Role.RECEPTION.value})))
    assert found(Desk.sit_down(desk.database, "recep", desk.clock), "meter") == []
