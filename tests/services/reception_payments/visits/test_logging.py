"""What was done at once for somebody who came or called is in the log, numbered."""

import pytest
from sqlalchemy import select

from app.models.reception_payments.visits import Visit, VisitReason
from app.models.values import VisitKind, VisitState
from app.services.core.errors import UserError
from app.services.reception_payments.visits.dto import NewContact
from app.services.reception_payments.visits.logging import note_contact
from tests.factories import lettings


def test_a_question_for_the_balance_is_logged_as_over(desk):
    account_id = desk.do(lambda ctx: lettings.letting(ctx).account.id)
    for _ in range(2):
        desk.do(note_contact, NewContact("balance", VisitKind.CALL, account_id, told=True, words="Told the balance"))
    rows = select(Visit.number, VisitReason.name, Visit.state, Visit.told, Visit.account_id, Visit.outcome)
    found = desk.ask(lambda ctx: ctx.session.execute(rows.join(VisitReason).order_by(Visit.number)).all())
    told = ("To ask for the balance", VisitState.DONE, True, account_id, "Told the balance")
    assert [tuple(row) for row in found] == [(1, *told), (2, *told)]


def test_a_card_number_is_never_kept(desk):
    with pytest.raises(UserError, match="card number"):
        desk.do(note_contact, NewContact("payment", VisitKind.CALL, words="card 4111 1111 1111 1111"))
    assert desk.ask(lambda ctx: ctx.session.scalars(select(Visit.id)).all()) == []
