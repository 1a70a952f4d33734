"""Raised at once within the officer's limits: the sub-account, the numbers, the invoice, the task, the instalments."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select, update

from app.models.accounts import Account
from app.models.arrangements import Arrangement
from app.models.diary import Task
from app.models.documents import DocumentLink
from app.models.ledger import Entry
from app.models.letters import Outgoing
from app.models.officers import Officer
from app.models.recharges import Recharge, RechargeItem
from app.models.values import AccountKind, Frequency, InvoiceBy, Money, RechargeState, Subject, VatTreatment
from app.services.approvals import queries as approvals
from app.services.core.errors import UserError
from app.services.documents import commands as documents
from app.services.documents import queries as kept
from app.services.documents.dto import NewFile
from app.services.ledger import checks
from app.services.ledger.dto import Fault
from app.services.recharges import commands, requests
from app.services.recharges.dto import NewCredit, Terms
from tests.services.recharges.conftest import DONE, balance, links, policy, repair


def entries(desk, account_id):
    """Code, pence, day and words of what stands on an account."""
    found = select(Entry).where(Entry.account_id == account_id).order_by(Entry.journal, Entry.line)
    rows = desk.ask(lambda ctx: ctx.session.scalars(found).all())
    return [(row.code, row.pence, row.effective_on, row.narrative) for row in rows]


def test_a_recharge_opens_the_sub_account_posts_it_and_files_the_invoice(desk, home, order):
    """By the price list a lock change is £76.40, outside the scope of VAT."""
    done = desk.do(commands.recharge, repair(home, order, job="R1001"))

    assert (done.state, done.invoice_number) == (RechargeState.RAISED, 1)
    sub = desk.ask(lambda ctx: ctx.session.get(Account, done.account_id))
    assert (sub.kind, sub.tenancy_id) == (AccountKind.RECHARGE, home.account.tenancy_id)
    assert sub.payment_reference
    assert f"The sub-account {sub.payment_reference} was opened for it." in done.told
    assert entries(desk, sub.id) == [("DRR", 76_40, date(2026, 11, 21), "Invoice 1: Lock change")]
    assert balance(desk, home.account.id) == 0
    assert links(desk, done.recharge_id) == ["invoice", "scan"]
    row = desk.ask(lambda ctx: ctx.session.get(Recharge, done.recharge_id))
    assert (row.due_on, row.job) == (date(2026, 12, 5), "R1001")


def test_the_letter_goes_and_says_what_is_to_be_paid(desk, home, order):
    done = desk.do(commands.recharge, repair(home, order))

    letter = desk.ask(lambda ctx: ctx.session.scalars(select(Outgoing)).one())
    assert letter.subject_line == "Invoice 1: Lock change"
    assert "£76.40" in letter.body
    assert "5 December 2026" in letter.body
    row = desk.ask(lambda ctx: ctx.session.get(Recharge, done.recharge_id))
    assert row.invoice_sha256 == letter.document_sha256
    assert "The letter to the tenant is in the queue." in done.told


def test_a_credit_note_is_a_paper_of_its_own_and_names_its_invoice(desk, home, order):
    done = desk.do(commands.recharge, repair(home, order))
    back = desk.do(commands.credit, NewCredit("back", done.recharge_id, "The lock was faulty"))

    letters = desk.ask(lambda ctx: ctx.session.scalars(select(Outgoing).order_by(Outgoing.id)).all())
    assert [each.subject_line.split(":")[0] for each in letters] == ["Invoice 1", "Credit note 2 for invoice 1"]
    paper = desk.ask(lambda ctx: ctx.session.get(Recharge, back.recharge_id).invoice_sha256)
    assert paper == letters[1].document_sha256
    text = PdfReader(BytesIO(desk.ask(kept.content, paper))).pages[0].extract_text()
    for said in ("Credit note 2", "invoice 1", "The lock was faulty", "£76.40"):
        assert said.casefold() in text.casefold()
    assert links(desk, back.recharge_id) == ["invoice"]


def test_the_price_and_the_rate_of_vat_are_those_of_the_day_of_the_work(desk, home, order):
    """£80.00 from 18 November; VAT at 17.5% until then: £76.40 and £13.37, then £80.00 and £16.00."""

    def change(ctx):
        ctx.session.get(RechargeItem, "lock_change").vat = VatTreatment.STANDARD
        policy(ctx, "recharges.price", "80.00", "recharge:lock_change", from_on=DONE)
        policy(ctx, "vat.standard_rate", "17.5")
        policy(ctx, "vat.standard_rate", "20", from_on=DONE)

    desk.do(change)
    before = desk.do(commands.recharge, repair(home, order, done_on=DONE - timedelta(days=1)))
    after = desk.do(commands.recharge, repair(home, order, "two"))
    rows = desk.ask(lambda ctx: [ctx.session.get(Recharge, each.recharge_id) for each in (before, after)])
    assert [(row.net_pence, row.vat_pence) for row in rows] == [(76_40, 13_37), (80_00, 16_00)]


def test_the_same_click_makes_one(desk, home, order):
    first = desk.do(commands.recharge, repair(home, order))
    second = desk.do(commands.recharge, repair(home, order))

    assert second.recharge_id == first.recharge_id
    assert "already" in second.told
    assert balance(desk, first.account_id) == 76_40


def test_numbers_have_no_gap_where_one_is_refused(desk, home, order):
    """Two of a cost of £30.00 and nothing between them; the second goes to the sub-account that there is."""
    first = desk.do(commands.recharge, repair(home, order, "a", net=Money(30_00), note="Two hours"))
    with pytest.raises(UserError, match="how the amount"):
        desk.do(commands.recharge, repair(home, order, "b", net=Money(30_00)))
    second = desk.do(commands.recharge, repair(home, order, "c", net=Money(30_00), note="Two hours"))

    assert (first.invoice_number, second.invoice_number) == (1, 2)
    assert second.account_id == first.account_id
    assert "opened" not in second.told
    assert balance(desk, first.account_id) == 60_00


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"invoice_number": 3}, "Invoice 2 is missing: the next number found is 3."),
        ({"invoice_number": 1}, "Invoice 1 is there more than once."),
        ({"journal": None}, "Invoice 2 was not posted."),
    ],
)
def test_the_check_of_the_database_finds_a_gap_in_the_invoices(desk, home, order, change, said):
    for key in ("a", "b"):
        last = desk.do(commands.recharge, repair(home, order, key))
    assert desk.ask(checks.check) == ()
    desk.do(lambda ctx: ctx.session.execute(update(Recharge).where(Recharge.id == last.recharge_id).values(**change)))
    assert Fault("invoices", said) in desk.ask(checks.check)


def test_vat_is_a_line_of_its_own_and_a_credit_note_takes_it_back(desk, home, order):
    """2 x £20.00 = £40.00, VAT at 20% £8.00. £15.00 back: VAT £3.00. The rest: £25.00 and £5.00. Together nothing is left."""

    def price(ctx):
        ctx.session.get(RechargeItem, "key_or_fob").vat = VatTreatment.STANDARD
        policy(ctx, "recharges.price", "20.00", "recharge:key_or_fob")

    desk.do(price)
    done = desk.do(commands.recharge, repair(home, order, item="key_or_fob", quantity=2))
    assert [each[:2] for each in entries(desk, done.account_id)] == [("DKF", 40_00), ("DVA", 8_00)]

    part = desk.do(commands.credit, NewCredit("part", done.recharge_id, "One key came back", Money(15_00)))
    assert (part.invoice_number, balance(desk, done.account_id)) == (2, 30_00)
    with pytest.raises(UserError, match=r"Only £25\.00 before VAT is left"):
        desk.do(commands.credit, NewCredit("more", done.recharge_id, "Too much", Money(25_01)))
    rest = desk.do(commands.credit, NewCredit("rest", done.recharge_id, "The other too"))

    assert [each[:2] for each in entries(desk, done.account_id)[2:]] == [
        ("RRP", -15_00),
        ("RVA", -3_00),
        ("RRP", -25_00),
        ("RVA", -5_00),
    ]
    assert (rest.invoice_number, balance(desk, done.account_id)) == (3, 0)
    state = desk.ask(lambda ctx: ctx.session.get(Recharge, done.recharge_id).state)
    assert state is RechargeState.CREDITED
    with pytest.raises(UserError, match="isn't credited whole"):
        desk.do(commands.credit, NewCredit("again", done.recharge_id, "Once more"))
    assert not desk.ask(checks.check)


def test_the_officer_is_told_and_the_instalments_are_agreed(desk, colleague, home, order):
    """£76.40 by £10.00 a week from Monday 30 November: seven of £10.00 and one of £6.40, the last on 18 January."""
    terms = Terms(Money(10_00), Frequency.WEEKLY, date(2026, 11, 30))
    done = desk.do(commands.recharge, repair(home, order, notify_id=colleague.officer.id, terms=terms))

    task = desk.ask(lambda ctx: ctx.session.scalars(select(Task).where(Task.kind == "recharge_raised")).one())
    assert (task.officer_id, task.subject_id) == (colleague.officer.id, home.account.id)
    assert task.title.startswith("Rechargeable repair: £76.40 raised on ")
    agreed = desk.ask(lambda ctx: ctx.session.scalars(select(Arrangement)).one())
    assert (agreed.account_id, agreed.debt_pence, agreed.ends_on) == (done.account_id, 76_40, date(2027, 1, 18))
    assert desk.ask(lambda ctx: ctx.session.get(Recharge, done.recharge_id).arrangement_id) == agreed.id


def test_the_officer_is_told_by_email_too_where_policy_says_so(desk, colleague, home, order):
    def set_up(ctx):
        policy(ctx, "recharges.tell_by_email", "yes")
        ctx.session.get(Officer, colleague.officer.id).email = "colleague@example.com"

    desk.do(set_up)
    done = desk.do(commands.recharge, repair(home, order, notify_id=colleague.officer.id, send_by=InvoiceBy.NOTHING))

    sent = desk.ask(lambda ctx: ctx.session.scalars(select(Outgoing)).one())
    assert (sent.address, sent.account_id) == ("colleague@example.com", None)
    assert "is told by a task and an e-mail." in done.told
    assert links(desk, done.recharge_id) == ["invoice", "scan"]


def test_evidence_is_needed_and_may_come_as_a_file(desk, home, order):
    new = replace(repair(home, order), evidence=())
    with pytest.raises(UserError, match="needs evidence"):
        desk.do(commands.recharge, new)

    done = desk.do(commands.recharge, replace(new, files=(NewFile("job.txt", b"Lock changed at noon"),)))

    assert links(desk, done.recharge_id) == ["file", "invoice"]


def test_evidence_that_was_taken_away_is_not_shown_to_whoever_approves(desk, colleague, home, order):
    new = replace(repair(home, order), evidence=(), files=(NewFile("job.txt", b"Lock changed at noon"),))
    recharge_id = desk.do(commands.recharge, new).recharge_id
    about = (DocumentLink.subject == Subject.RECHARGE.value, DocumentLink.subject_id == recharge_id)
    file = select(DocumentLink.id).where(*about, DocumentLink.kind == "file")
    desk.do(documents.unlink, desk.ask(lambda ctx: ctx.session.scalars(file).one()), "Of another job")
    request_id = desk.do(lambda ctx: requests.ask(ctx, ctx.session.get_one(Recharge, recharge_id), "It is large"))
    assert "job.txt" not in {each.file_name for each in desk.ask(approvals.request, request_id).evidence}
