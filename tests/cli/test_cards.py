"""`rentbook cards`: what a scheduler asks the card provider about, and what it is told."""

from app.services.reception_payments.cards import jobs
from tests.services.reception_payments.cards.conftest import begun, cards, pay, reach
from tests.services.reception_payments.conftest import reception

__all__ = ["cards", "pay", "reach", "reception"]


def test_what_went_through_is_posted_by_the_scheduler(office, desk, reach, pay):
    jobs.start(desk, begun(desk, reach))
    pay.become("success")
    found = office("cards", "poll", "--all", "--json")
    assert (found.code, found.data["paid"], found.data["open"]) == (0, 1, 0)
    again = office("cards", "poll", "--all")
    assert again.out.splitlines()[0] == "0 asked about: 0 paid, 0 came to nothing, 0 open."


def test_a_provider_that_does_not_answer_is_told_by_the_exit_code(office, desk, reach, pay):
    for key in ("one", "two", "three"):
        jobs.start(desk, begun(desk, reach, key=key))
    pay.looking.extend(["down"] * 3)
    found = office("cards", "poll", "--all", "--json")
    assert (found.code, found.data["stopped"]) == (1, "GOV.UK Pay has a fault of its own.")


def test_a_day_is_held_against_the_provider(office, desk, reach, pay):
    jobs.start(desk, begun(desk, reach))
    pay.become("success")
    agrees = office("cards", "reconcile", "2026-11-21", "--json")
    assert (agrees.code, agrees.data["agrees"], agrees.data["ours"]) == (0, True, {"count": 1, "pence": 10000})
    pay.payments.clear()
    differs = office("cards", "reconcile", "2026-11-21")
    assert differs.code == 1
    assert "A payment of £100.00 is posted here, and the provider has none." in differs.out
    assert office("cards", "reconcile", "--json").data["day"] == "2026-11-20"


def test_an_office_without_a_key_is_told_where_it_is_entered(office, desk, reception):
    assert office("cards", "poll").code == 0
    refused = office("cards", "reconcile", "2026-11-20")
    assert refused.code == 1
    assert "The office has no key of GOV.UK Pay." in refused.err
