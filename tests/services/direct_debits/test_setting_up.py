"""A mandate with its first schedule in one transaction: told beforehand, kept together or not at all, confirmed afterwards."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from app.models.direct_debits.mandates import Mandate
from app.models.direct_debits.schedules import Collection
from app.models.documents import DocumentLink
from app.models.values import Frequency, MandateWay, Money, Subject
from app.services.core.errors import UserError, UserErrors
from app.services.direct_debits import setting_up
from app.services.direct_debits.mandates import queries
from app.services.direct_debits.of_account import of_account
from app.services.direct_debits.schedules.dto import Terms
from app.services.direct_debits.setting_up import LOOK, SetUp
from app.services.documents.dto import NewFile
from app.services.home.debits import mandates
from tests.conftest import TODAY
from tests.factories import lettings
from tests.prepared import prepared
from tests.services.direct_debits.mandates.conftest import NEW, new

ON_THE_1ST = Terms(Frequency.MONTHLY, 1, TODAY)


@prepared
def home(desk):
    """A home let at £100.00 a week, nothing owed: the 20 Mondays from 16 November to 29 March are £2,000.00."""
    return desk.do(lettings.letting, "100.00", reference="70 0001")


def asked(home, **other):
    return SetUp(new(home.account, person_id=home.person.id, **{"confirm": True} | other), ON_THE_1ST)


def count(desk, model):
    return desk.ask(lambda ctx: ctx.session.scalar(select(func.count()).select_from(model)))


def test_what_it_does_is_told_as_a_sum_before_it_is_done(desk, home):
    told = [(each.group, each.text, each.after) for each in desk.ask(setting_up.effects, asked(home))]
    assert ("The instalment", "Together £2,000.00 in 3 collections", "£666.67 each, the first £666.66") in told
    assert [text for group, text, _ in told if group == "Collections"] == [
        "4 Jan 2027: £666.66",
        "1 Feb 2027: £666.67",
        "1 Mar 2027: £666.67",
    ]
    assert ("The bank", "The next lodgement run sends a new instruction (0N).", "") in told
    assert count(desk, Mandate) == 0


def test_what_is_missing_is_told_beside_the_sum(desk, home):
    told = desk.ask(setting_up.effects, asked(home, bank=("089999", "12"), guarantee_read=False))
    missing = [each.text for each in told if each.group == "Still to do"]
    assert missing == [
        "It isn't ticked that the Guarantee was read or shown to them.",
        "An account number is eight digits; this has 2.",
    ]
    assert "The instalment" in {each.group for each in told}


def test_the_confirmation_tells_of_the_first_collection_and_a_retry_makes_no_second(desk, home):
    saved = desk.do(setting_up.set_up, asked(home))
    again = desk.do(setting_up.set_up, asked(home))
    assert (again.mandate_id, count(desk, Mandate), count(desk, Collection)) == (saved.mandate_id, 1, 3)
    assert "The confirmation is in the queue." in saved.told
    found = desk.ask(queries.detail, saved.mandate_id)
    assert (found.row.next_amount, found.row.confirmed_on) == (Money(666_66), TODAY)
    (pays,) = desk.ask(of_account, home.account.id).mandates
    assert [each.amount.pence for each in pays.collections] == [666_66, 666_67, 666_67]
    assert pays.explained.lines[0].amount == Money(2_000_00)
    (line,) = desk.ask(mandates)
    assert (line.title, line.words) == ("Awaiting lodgement", "1")


def test_a_day_that_the_policy_lacks_leaves_nothing_behind(desk, home):
    with pytest.raises(UserError):
        desk.do(setting_up.set_up, replace(asked(home), terms=Terms(Frequency.MONTHLY, 2, TODAY)))
    with pytest.raises(UserErrors):
        desk.do(setting_up.set_up, asked(home, sole_authority=False))
    assert count(desk, Mandate) == 0


def test_a_signed_form_is_kept_with_the_account_and_the_mandate(desk, home):
    ticks = dict.fromkeys(("holder_confirmed", "sole_authority", "identity_checked", "guarantee_read"), False)
    paper = replace(
        asked(home, way=MandateWay.PAPER, **ticks),
        files=(NewFile("form.txt", b"A made-up form that a tenant signed.\n"),),
    )
    saved = desk.do(setting_up.set_up, paper)
    form = select(DocumentLink.subject, DocumentLink.subject_id).where(DocumentLink.file_name == "form.txt")
    assert desk.ask(lambda ctx: {tuple(each) for each in ctx.session.execute(form)}) == {
        (Subject.ACCOUNT, home.account.id),
        (Subject.MANDATE, saved.mandate_id),
    }


def test_a_second_mandate_is_looked_at_first(desk, home):
    desk.do(setting_up.set_up, asked(home))
    second = replace(asked(home), new=new(home.account, NEW, "two", person_id=home.person.id))
    warned = [each.text for each in desk.ask(setting_up.effects, second) if each.group == LOOK]
    assert len(warned) == 1
    assert warned[0].startswith("The account has mandate 70 0001 already")
    with pytest.raises(UserError, match="has mandate 70 0001 already") as refused:
        desk.do(setting_up.set_up, second)
    assert refused.value.field == "despite"
    kept = replace(second, new=replace(second.new, despite=True))
    assert desk.do(setting_up.set_up, kept).reference == "70 0001-2"
