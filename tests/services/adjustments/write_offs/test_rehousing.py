"""Whoever takes a new tenancy: what they owe elsewhere, and what of theirs was written off, is told first."""

from app.models.accounts import Account
from app.models.values import WriteBackCause
from app.services.adjustments.write_offs import commands
from app.services.adjustments.write_offs.dto import NewWriteBack
from app.services.tenancies.starting import debts
from tests.factories import lettings


def test_what_was_written_off_is_told_until_it_has_come_back(office):
    person = office.asks.do(lambda ctx: lettings.person(ctx, "Pat", "Sample").id)
    account, case = office.written_off("300.00", person=person)
    _, other = office.owes("80.00", person=person)

    def told():
        shown = office.asks.ask(lambda ctx: list(debts.tell(ctx, {person})))
        assert all(each.warns and each.group == "Debts" for each in shown)
        return [(each.text, each.after) for each in shown]

    first, second = (
        office.asks.ask(lambda ctx, at=at: ctx.session.get_one(Account, at).payment_reference)
        for at in (account, other)
    )
    assert told() == [
        (f"Rent account {second}", "£80.00 DR"),
        (f"Write-off 1 on {first}: ask for it back under Adjustments", "£300.00 written off"),
    ]
    back = NewWriteBack(case, WriteBackCause.REHOUSED, "On the housing list")
    office.approve(office.asks.do(commands.write_back, back))
    assert told() == [(f"Rent account {first}", "£300.00 DR"), (f"Rent account {second}", "£80.00 DR")]
