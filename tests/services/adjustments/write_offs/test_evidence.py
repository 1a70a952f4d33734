"""What is gathered for a case, and what counts as its evidence."""

from datetime import date

from sqlalchemy import select

from app.models.documents import DocumentLink
from app.models.holds import Hold
from app.models.letters import Outgoing
from app.models.people import Person, Tenant
from app.models.values import HoldKind, Money, Subject
from app.services.adjustments.write_offs import asking, queries
from app.services.documents import commands as documents
from app.services.letters import templates


def test_a_document_that_was_taken_away_does_not_count(office):
    tenancy, account = office.owes("300.00")
    case = office.build(tenancy, account, "300.00").record_id
    assert office.asks.ask(asking.draft, case).asked.files == 1
    about = (DocumentLink.subject == Subject.WRITE_OFF.value, DocumentLink.subject_id == case)
    link_id = office.asks.ask(lambda ctx: ctx.session.scalars(select(DocumentLink.id).where(*about)).one())
    office.asks.do(documents.unlink, link_id, "Of another tenant")
    assert office.asks.ask(asking.draft, case).asked.files == 0


def letter(ctx, account, on, returned_on=None, template="account_balance"):
    """A letter about an account that went out, and came back."""
    row = Outgoing(
        template_version_id=templates.version_to_use(ctx, template, on).id,
        title="Former tenant arrears",
        subject=Subject.ACCOUNT.value,
        subject_id=account,
        account_id=account,
        channel="letter",
        format="standard",
        letter_date=on,
        subject_line="",
        body="",
        state="returned" if returned_on else "printed",
        returned_on=returned_on,
        asked_by=ctx.officer.id,
        asked_at=ctx.clock.now(),
    )
    ctx.session.add(row)


def test_all_that_is_known_of_a_debt_is_gathered_and_kept_with_it(office):
    """Of 100.00 due on 25 March 2019 (out of time since 25 March 2025) and 250.00 six years later 50.00 was paid, by hand."""
    tenancy, account = office.owes("100.00", on=date(2019, 3, 25))
    office.post(account, "250.00", "DBR", date(2025, 3, 24))
    office.post(account, "-50.00", "RCP", date(2025, 5, 6))

    def happened(ctx):
        letter(ctx, account, date(2025, 4, 14))
        letter(ctx, account, date(2025, 6, 2), date(2025, 6, 9))
        letter(ctx, account, date(2018, 6, 4))
        letter(ctx, account, date(2025, 7, 1), template="contact_changed")
        person = ctx.session.scalars(select(Person).join(Tenant).where(Tenant.tenancy_id == tenancy)).one()
        person.died_on = date(2026, 2, 1)
        held = {"reason": "", "from_on": date(2026, 11, 2), "to_on": date(2026, 12, 31), "placed_by": ctx.officer.id}
        ctx.session.add(Hold(account_id=account, kind=HoldKind.BREATHING_SPACE, **held))

    office.asks.do(happened)
    case = office.build(tenancy, account, "300.00", trace="Agency, 3 Oct 2026: not found").record_id
    shown = office.asks.ask(queries.detail, case)
    reference = shown.row.reference
    assert {each.what: each.words for each in shown.findings} == {
        "Tenancy": "It ended on 30 Mar 2025.",
        "Evidence": "Confirmation of the sentence: 1 document attached.",
        f"Debt by year, {reference}": "£50.00 of 2018/19, £250.00 of 2024/25.",
        f"Limitation, {reference}": "£50.00 is out of time; the oldest part, due 25 Mar 2019, could be sued for until "
        "25 Mar 2025, the latest, due 24 Mar 2025, until 24 Mar 2031.",
        "Letters": "2 letters went out, the last on 2 Jun 2025.",
        "Letter came back": "On 9 Jun 2025.",
        "Trace": "Agency, 3 Oct 2026: not found",
        "Last payment": "£50.00 on 6 May 2025.",
        "Death": "Died on 1 Feb 2026.",
        "Insolvency": "None is known.",
        "Breathing space": "In force until 31 Dec 2026: nothing is asked of the debtor meanwhile.",
        "Owed in all": "£300.00 on 1 account.",
    }
    assert [(each.due_on, each.amount, each.last_on, each.out_of_time) for each in shown.parts] == [
        (date(2019, 3, 25), Money(50_00), date(2025, 3, 25), True),
        (date(2025, 3, 24), Money(250_00), date(2031, 3, 24), False),
    ]
