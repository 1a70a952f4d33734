"""A card payment by telephone from the first key to the receipt, and everything that can come of it instead."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from app.models.access import RestrictedRecord
from app.models.reception_payments.cards import CardPayment
from app.models.reception_payments.desks import PaymentDesk
from app.models.reception_payments.receipts import Receipt
from app.models.values import CardProvider, CardState, Subject
from app.services.core.errors import UserError
from app.services.core.finding import find
from app.services.ledger import checks
from app.services.reception_payments.cards import commands, jobs, queries
from app.services.reception_payments.cards.dto.asked import CardFilter, CardSettings, NewCardPayment
from app.services.reception_payments.receipts.dto.new import NewShare
from tests.services.reception_payments.cards.conftest import begun
from tests.services.reception_payments.conftest import TODAY, control, payment


def receipts(desk):
    return desk.ask(lambda ctx: ctx.session.scalars(select(Receipt).order_by(Receipt.id)).all())


def row(desk, payment_id):
    return desk.ask(lambda ctx: ctx.session.get(CardPayment, payment_id))


def test_a_card_is_typed_at_the_provider_and_posted_here(desk, reach, pay):
    shares = (NewShare(60_00, reach.rent), NewShare(40_00, stream_id=reach.income, words="PN 12"))
    payment_id = begun(desk, reach, *shares)
    started = jobs.start(desk, payment_id)
    assert (started.state, started.page) == (CardState.CREATED, f"{pay.url}/secure/{pay.only()}")
    assert started.words == "Type the card on the page in your browser. Nothing has been taken yet."
    asked = pay.payments[pay.only()]
    assert (asked["amount"], asked["moto"], asked["return_url"]) == (100_00, True, "https://www.example.gov.uk/done")
    assert asked["reference"].startswith("70 0001-")
    pay.become("submitted")
    assert "Press Confirm" in jobs.look(desk, payment_id).words
    assert receipts(desk) == []
    pay.become("success")
    done = jobs.look(desk, payment_id)
    assert (done.state, done.receipt, done.page, done.last_four) == (CardState.SUCCESS, "WGC000001", "", "1111")
    (receipt,) = receipts(desk)
    assert (receipt.pence, receipt.slip, receipt.taken_on) == (100_00, pay.only(), TODAY)
    assert control(desk, "cash:card") == 60_00
    assert desk.ask(checks.check) == ()
    kept = row(desk, payment_id)
    assert (kept.fee_pence, kept.settled_on) == (35, date(2026, 11, 24))


def test_nothing_of_the_card_is_kept_but_four_digits(desk, reach, pay, database_file):
    payment_id = begun(desk, reach)
    jobs.start(desk, payment_id)
    pay.become("success")
    jobs.look(desk, payment_id)
    desk.database.close()
    written = database_file.read_bytes()
    assert pay.only().encode() in written
    for part in ("444433", "Test Holder", "10/29", "/secure/"):
        assert part.encode() not in written, part


def test_asking_again_posts_nothing_more(desk, reach, pay):
    payment_id = begun(desk, reach)
    assert begun(desk, reach) == payment_id
    jobs.start(desk, payment_id)
    assert jobs.start(desk, payment_id).page  # the sheet was opened again: the page of the same payment
    pay.become("success")
    for _ in range(3):
        jobs.poll(desk, everything=True)
        jobs.look(desk, payment_id)
    assert len(receipts(desk)) == 1
    assert pay.posts() == ["/v1/payments"]


@pytest.mark.parametrize(
    ("status", "code", "state", "words"),
    [
        ("failed", "P0010", CardState.FAILED, "The bank declined the card"),
        ("failed", "P0020", CardState.TIMED_OUT, "Nobody finished it within 90 minutes."),
        ("failed", "P0030", CardState.CANCELLED, "It was cancelled on the provider's page."),
        ("cancelled", "P0040", CardState.CANCELLED, "The office cancelled it."),
        ("error", "P0050", CardState.ERROR, "The provider's bank had a fault."),
    ],
)
def test_what_fails_is_told_in_words_and_posts_nothing(desk, reach, pay, status, code, state, words):
    payment_id = begun(desk, reach)
    jobs.start(desk, payment_id)
    pay.become(status, code)
    done = jobs.look(desk, payment_id)
    assert (done.state, done.finished) == (state, True)
    assert done.words.startswith(words)
    assert "Nothing was taken." in done.words
    assert receipts(desk) == []
    assert desk.ask(queries.due, everything=True) == ()


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("amount", "GOV.UK Pay refused it (P0102): Invalid attribute value"),
        ("moto", "GOV.UK Pay isn't set up for payments by telephone"),
        ("key", "GOV.UK Pay doesn't take the office's key."),
    ],
)
def test_what_the_provider_refuses_is_over_at_once(desk, reach, pay, word, words):
    payment_id = begun(desk, reach)
    pay.plan.append(word)
    done = jobs.start(desk, payment_id)
    assert (done.state, done.finished) == (CardState.ERROR, True)
    assert done.words.startswith(words)
    assert pay.payments == {}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"shares": (NewShare(29, 1),)}, "A card payment is from £0.30 to £100,000.00."),
        ({"shares": ()}, "No amount is given."),
        ({"note": "4000 0582 6000 0005"}, "The note holds what looks like a card number"),
    ],
)
def test_what_cannot_be_taken_is_refused_before_anybody_is_asked(desk, reach, pay, change, words):
    new = payment(reach)
    if "shares" in change:
        change = {"shares": tuple(replace(each, account_id=reach.rent) for each in change["shares"])}
    with pytest.raises(UserError) as refused:
        desk.do(commands.begin, NewCardPayment("one", replace(new, **change)))
    assert words in str(refused.value)
    assert pay.calls == []


def test_a_desk_without_telephone_takes_no_card(desk, reach):
    def shut(ctx):
        ctx.session.get(PaymentDesk, reach.counter).takes_telephone = False

    desk.do(shut)
    with pytest.raises(UserError, match="Campus West takes no cards by telephone"):
        begun(desk, reach)


def test_an_office_without_a_provider_says_where_it_is_set_up(desk, reception):
    with pytest.raises(UserError, match=r"takes no cards by telephone yet\. Whoever sets up the reception"):
        begun(desk, reception)


def test_the_terminal_in_the_office_needs_the_reference_of_its_slip(desk, reception):
    desk.do(commands.set_settings, CardSettings(CardProvider.TERMINAL))
    payment_id = begun(desk, reception)
    assert jobs.start(desk, payment_id).provider is CardProvider.TERMINAL
    with pytest.raises(UserError, match="The slip has a reference"):
        desk.do(commands.note_slip, payment_id, " ")
    with pytest.raises(UserError, match="looks like a card number"):
        desk.do(commands.note_slip, payment_id, "4000058260000005")
    assert desk.do(commands.note_slip, payment_id, "T 0042").state is CardState.SUCCESS
    assert desk.do(commands.note_slip, payment_id, "T 0042").state is CardState.SUCCESS
    second = begun(desk, reception, key="two")
    with pytest.raises(UserError, match="The slip T 0042 is on receipt WGC000001 already"):
        desk.do(commands.note_slip, second, "T 0042")
    assert len(receipts(desk)) == 1


def test_the_key_is_sealed_and_never_shown(desk, cards, database_file):
    found = desk.ask(queries.settings)
    assert (found.provider, found.has_key) == (CardProvider.GOVUK_PAY, True)
    desk.database.close()
    assert b"api_test_" not in database_file.read_bytes()


@pytest.mark.parametrize(
    ("settings", "key", "words"),
    [
        (CardSettings(CardProvider.GOVUK_PAY), None, "GOV.UK Pay needs a key."),
        (CardSettings(CardProvider.GOVUK_PAY), "secret", "That is not a key of GOV.UK Pay."),
        (CardSettings(None, "http://example.gov.uk"), None, "The page isn't safe"),
    ],
)
def test_settings_that_cannot_work_are_refused(desk, reception, settings, key, words):
    with pytest.raises(UserError, match=words):
        desk.do(commands.set_settings, settings, key)


def test_a_payment_may_be_taken_for_an_account_that_is_not_ones_own_to_open(desk, colleague, clerk, reach, pay):
    """Whoever may not open a restricted record takes money for it, and sees nothing of it in the list."""

    def restrict(ctx):
        record = RestrictedRecord(
            subject=Subject.TENANCY,
            subject_id=reach.tenancy,
            reason="Witness",
            restricted_at=ctx.clock.now(),
            restricted_by=ctx.officer.id,
        )
        ctx.session.add(record)

    desk.do(restrict)
    payment_id = begun(clerk, reach)
    jobs.start(clerk, payment_id)
    pay.become("success")
    assert jobs.look(clerk, payment_id).receipt
    (listed,) = clerk.ask(queries.listed, CardFilter())
    assert (listed.accounts, listed.payer, listed.shut) == ("Restricted", "", True)


def test_a_card_payment_is_found_by_its_references_but_not_one_for_a_closed_account(desk, clerk, reach, pay):
    payment_id = begun(clerk, reach, NewShare(60_00, reach.rent))
    jobs.start(clerk, payment_id)
    for typed in (row(desk, payment_id).reference, row(desk, payment_id).provider_id, "700001"):
        (group,) = [each for each in clerk.ask(find, typed) if each.title == "Card payments"]
        assert (group.found[0].subject_id, group.found[0].title) == (payment_id, "Card payment  £60.00")

    def restrict(ctx):
        of = {"subject": Subject.ACCOUNT, "subject_id": reach.rent, "reason": "Safety"}
        ctx.session.add(RestrictedRecord(**of, restricted_at=ctx.clock.now(), restricted_by=ctx.officer.id))

    desk.do(restrict)
    assert all(each.title != "Card payments" for each in clerk.ask(find, row(desk, payment_id).provider_id))
