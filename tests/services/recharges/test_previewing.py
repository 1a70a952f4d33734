"""What is told before an invoice is raised, and what becomes of one that can't be sent."""

import pytest
from sqlalchemy import func, select

from app.models.letters import Outgoing
from app.models.people import Person
from app.models.values import Money
from app.services.core.errors import UserError
from app.services.recharges import commands, previewing
from tests.services.recharges.conftest import links, repair


def texts(desk, new, group):
    return [each.text for each in desk.ask(previewing.preview_invoice, new) if each.group == group]


def test_the_accounts_are_told_before_and_after(desk, home, order):
    """£76.40 stands on the sub-account; 2 x £76.40 more come to £229.20, and the rent account stays at nothing."""
    desk.do(commands.recharge, repair(home, order, "one"))
    found = desk.ask(previewing.preview_invoice, repair(home, order, "two", quantity=2))

    sub, main = [each for each in found if each.group == "Accounts"]
    assert (sub.before, sub.after) == ("£76.40 DR", "£229.20 DR")
    assert main.text.endswith("stays at £0.00")


def test_the_same_job_or_the_same_amount_again_is_pointed_out(desk, home, order):
    desk.do(commands.recharge, repair(home, order, "one", job="R1001"))

    same_amount = texts(desk, repair(home, order, "two"), "Entered before?")
    same_job = texts(desk, repair(home, order, "two", job="r1001", quantity=2), "Entered before?")
    neither = texts(desk, repair(home, order, "two", job="R1002", quantity=2), "Entered before?")

    assert same_amount == ["Invoice 1 for the same amount: Lock change"]
    assert same_job == ["Invoice 1 for R1001: Lock change"]
    assert neither == []


def test_whoever_is_not_to_be_contacted_is_invoiced_and_gets_no_letter(desk, home, order):
    desk.do(lambda ctx: setattr(ctx.session.get(Person, home.person.id), "do_not_contact", True))
    assert "It can't be sent: Do not contact." in texts(desk, repair(home, order), "Invoice")

    done = desk.do(commands.recharge, repair(home, order))

    assert "It isn't sent to the tenant: Do not contact." in done.told
    assert links(desk, done.recharge_id) == ["invoice", "scan"]
    assert desk.ask(lambda ctx: ctx.session.scalar(select(func.count()).select_from(Outgoing))) == 0


@pytest.mark.parametrize(("rest", "field"), [({"net": Money(0), "note": "None"}, "net"), ({"item": "unknown"}, "item")])
def test_bad_input_is_refused_at_its_field(desk, home, order, rest, field):
    with pytest.raises(UserError) as refused:
        desk.ask(previewing.preview_invoice, repair(home, order, **rest))
    assert refused.value.field == field
