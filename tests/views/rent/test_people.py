"""The people of an account: a line for all that is kept of them, and the sheets by which it changes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from app.models.letters import Outgoing
from app.models.people import Person, PersonFlag, Tenant
from app.models.values import AddressKind, Authority, PersonFlagKind
from app.services.people.commands.associates import keep_associate
from app.services.people.commands.consents import say_consent
from app.services.people.commands.flags import keep_flag
from app.services.people.dto import KeepAssociate, KeepFlag, SayConsent
from app.services.people.queries import people_of
from app.services.rent.header import account_header
from app.services.rent.search import refresh_search
from app.views.rent.contacts import ContactSheet
from app.views.rent.controller.people import PeopleController
from app.views.rent.controller.person_address import AddressController
from app.views.rent.controller.person_associate import AssociateController
from app.views.rent.controller.person_consent import ConsentController
from app.views.rent.controller.person_flag import FlagController
from app.views.rent.controller.person_merge import MergeController
from app.views.rent.controller.person_unmerge import UnmergeController
from app.views.rent.header import HeaderCard
from app.views.rent.people.lines import lines
from app.views.rent.people.sheets import FlagSheet
from tests.conftest import TODAY
from tests.factories import lettings
from tests.views.desktop import wait

BEGUN = date(2026, 5, 5)
BETH = KeepAssociate(0, "Ms B Sample", "daughter", Authority.SPEAK, BEGUN, phone="0191 498 0123", evidence="Form seen")


@pytest.fixture
def account(office):
    """The account of Mx Petra Newtown, who has a second record of her own name and telephone."""

    def build(ctx):
        petra = lettings.person(ctx, "Petra", "Newtown", mobile="07700 900777", email="petra@example.org")
        made = lettings.letting(ctx, people=[petra])
        lettings.person(ctx, "Petra", "Newtown", ref="D00001", mobile="07700 900777", language="Polish")
        refresh_search(ctx)
        return made.account.id

    return office.desk.do(build)


@pytest.fixture
def petra(office, account):
    return office.desk.ask(people_of, account).people[0].person_id


@pytest.fixture
def opened(account, open_sheet):
    """Opens a sheet of a controller on the account."""
    return lambda controller, **named: open_sheet(controller, account, **named)


def told(qtbot, office, sheet):
    """What the panel says once it has caught up."""
    sheet.effects.say("")
    sheet.typed_changed.emit()
    wait(qtbot, lambda: not office.tasks.busy and bool(sheet.effects.effects))
    return sheet.effects.text()


def save(qtbot, sheet):
    QTest.keyClick(sheet, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    wait(qtbot, lambda: sheet.over)


def test_an_address_for_letters_is_kept_and_the_old_one_hears_of_it(office, opened, account, petra, qtbot):
    sheet = opened(AddressController)
    sheet.fields.fill({"lines": ("7 Other Road", "Testford"), "postcode": "zz9 9zz"})
    assert "A letter to where letters went until now" in told(qtbot, office, sheet)
    save(qtbot, sheet)
    (row,) = office.desk.ask(people_of, account).people[0].addresses
    assert (row.kind, row.postcode, row.from_on) == (AddressKind.CORRESPONDENCE, "ZZ9 9ZZ", TODAY)
    letter = office.desk.ask(lambda ctx: ctx.session.scalars(select(Outgoing)).one())
    assert "Other Road" not in letter.address


def test_what_is_missing_is_said_beside_its_field(opened, qtbot):
    sheet = opened(AddressController)
    sheet.confirm_action.trigger()
    assert "address is missing" in sheet.fields.error_of("lines")
    assert not sheet.over


def test_who_may_speak_is_kept_and_stands_in_the_header(office, opened, account, qtbot):
    sheet = opened(AssociateController)
    sheet.fields.fill({"name": "Ms B Sample", "relation": "daughter", "evidence": "Form seen"})
    assert "May speak: Ms B Sample (daughter)" in told(qtbot, office, sheet)
    save(qtbot, sheet)
    card = HeaderCard([])
    qtbot.addWidget(card)
    card.show_header(office.desk.ask(account_header, account))
    assert "May speak: Ms B Sample (daughter)" in card._contact.text().replace("\N{NO-BREAK SPACE}", " ")


def test_a_flag_is_set_and_the_head_has_every_safety_flag(office, opened, account, qtbot):
    sheet = opened(FlagController)
    sheet.fields.fill({"kind": PersonFlagKind.SAFETY, "flag": "Address is secret", "note": "Tell nobody"})
    assert "nothing is sent to the old address" in told(qtbot, office, sheet)
    save(qtbot, sheet)
    card = HeaderCard([])
    qtbot.addWidget(card)
    card.show_header(office.desk.ask(account_header, account))
    assert "Address is secret" in [pill.text() for pill in card._pills]


def test_a_note_that_is_not_the_officers_stays_as_it_is_when_they_end_the_flag(office, account, petra, page, qtbot):
    saved = office.desk.do(
        keep_flag, KeepFlag(petra, PersonFlagKind.SAFETY, "Secret", BEGUN, note="Where", seen_by="team_leader")
    )
    people = office.desk.ask(people_of, account)
    flag = replace(people.people[0].flags[0], note="", hidden=True)
    sheet = FlagSheet(page, people, lambda: TODAY, petra, flag, ends=True)
    qtbot.addWidget(sheet)
    assert not sheet.fields.field("note").isEnabled()
    command = sheet.command()
    assert (command.note, command.to_on, command.flag_id) == (None, TODAY, saved.row_id)


def test_a_consent_is_noted(office, opened, account, qtbot):
    sheet = opened(ConsentController)
    sheet.fields.fill({"what": "", "other": "Parties in the yard", "agreed": False})
    assert "objected on 21 Nov 2026" in told(qtbot, office, sheet)
    save(qtbot, sheet)
    (row,) = office.desk.ask(people_of, account).people[0].consents
    assert (row.what, row.agreed) == ("Parties in the yard", False)


def test_the_likeliest_record_is_offered_merged_and_parted_again(office, opened, account, petra, qtbot):
    sheet = opened(MergeController)
    wait(qtbot, lambda: sheet.likely.value() is not None)
    assert "D00001" in sheet.likely.currentText()
    assert sheet.why.text() == "The same name, the same telephone number"
    sheet.fields.fill({"reason": "Spoken to"})
    assert "Language: Polish" in told(qtbot, office, sheet)
    save(qtbot, sheet)
    merged = select(Person).where(Person.ref == "D00001")
    assert office.desk.ask(lambda ctx: ctx.session.scalars(merged).one().merged_into_id) == petra
    parting = opened(UnmergeController)
    assert "Spoken to" in told(qtbot, office, parting)
    save(qtbot, parting)
    assert office.desk.ask(lambda ctx: ctx.session.scalars(merged).one().merged_into_id) is None


def test_a_merge_needs_its_other_record(office, opened, qtbot):
    sheet = opened(MergeController)
    sheet.likely.setCurrentIndex(sheet.likely.count() - 1)
    assert sheet.other.isEnabled()
    sheet.confirm_action.trigger()
    assert "Choose the other record" in sheet.fields.error_of("other")


# The part


@pytest.fixture
def part(office, account, petra, page, qtbot):
    """The part of the account, with a little of everything kept."""
    desk = office.desk
    desk.do(keep_associate, replace(BETH, person_id=petra, review_on=date(2027, 5, 5)))
    desk.do(keep_flag, KeepFlag(petra, PersonFlagKind.VULNERABILITY, "Hard of hearing", BEGUN, note="Write to her"))
    desk.do(keep_flag, KeepFlag(petra, PersonFlagKind.CAUTION, "Dog", BEGUN, to_on=TODAY - timedelta(days=1)))
    desk.do(say_consent, SayConsent(petra, "Surveys", agreed=True, said_on=BEGUN, how="By telephone"))
    made = PeopleController(office)
    counts = []
    made.counted.connect(counts.append)
    made.widget.setParent(page)
    made.widget.resize(640, 460)
    made.widget.show()
    made.show(account, desk.ask(account_header, account))
    wait(qtbot, lambda: counts == [1])
    return made


def rows(part):
    return [(line.kind.value, line.what) for line in part.widget.model.rows]


def chosen(part, kind):
    at = next(at for at, line in enumerate(part.widget.model.rows) if line.kind.value == kind)
    part.widget.table.go_to(at)


def sheet_of(qtbot, office, kind):
    def there():
        return [each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]

    wait(qtbot, lambda: bool(there()) and not office.tasks.busy)
    return there()[0]


def test_everything_that_is_kept_has_a_line_and_the_chosen_one_stands_whole(part):
    assert rows(part) == [
        ("Contact", "Prefers post"),
        ("Flag", "Hard of hearing"),
        ("Support", "Ms B Sample (daughter)"),
        ("Consent", "Surveys"),
    ]
    chosen(part, "Support")
    assert part.widget._details.text() == "May speak for them. 0191 498 0123. Form seen"
    assert part.widget._days.text() == "From 5 May 2026. Look again on 5 May 2027."
    chosen(part, "Flag")
    assert part.widget._details.text() == "Vulnerability. Write to her."


def test_what_has_ended_is_shown_when_it_is_asked_for(part):
    assert part.widget.ended.text() == "Those ended  1"
    part.widget.ended.click()
    assert ("Flag", "Dog") in rows(part)


def test_what_is_kept_of_somebody_who_left_is_over(office, account, petra):
    people = office.desk.ask(people_of, account)
    gone = replace(people.people[0], held_to=TODAY - timedelta(days=1))
    assert [line.over for line in lines(replace(people, people=(gone,)))] == [True]
    stays = replace(people.people[0], held_to=TODAY)
    assert [line.over for line in lines(replace(people, people=(stays,)))] == [False]


def test_enter_opens_and_del_ends(part, office, qtbot, petra):
    chosen(part, "Flag")
    QTest.keyClick(part.widget.table, Qt.Key.Key_Return)
    sheet = sheet_of(qtbot, office, FlagSheet)
    assert sheet.fields.values()["flag"] == "Hard of hearing"
    assert sheet.fields.values()["to_on"] is None
    sheet.done(0)
    part.widget.end.click()
    sheet = sheet_of(qtbot, office, FlagSheet)
    save(qtbot, sheet)
    kept = select(PersonFlag).where(PersonFlag.flag == "Hard of hearing")
    assert office.desk.ask(lambda ctx: ctx.session.scalars(kept).one().to_on) == TODAY


def test_enter_on_the_contact_line_opens_the_contact_details(part, office, qtbot):
    chosen(part, "Contact")
    assert not part.widget.end.isEnabled()
    QTest.keyClick(part.widget.table, Qt.Key.Key_Return)
    sheet = sheet_of(qtbot, office, ContactSheet)
    sheet.done(0)


def test_of_two_people_each_line_says_whose_it_is(part, office, account, petra, qtbot):
    def join(ctx):
        tenancy_id = ctx.session.scalars(select(Tenant.tenancy_id).where(Tenant.person_id == petra)).one()
        tom = lettings.person(ctx, "Tom", "Newtown")
        ctx.session.add(Tenant(tenancy_id=tenancy_id, person_id=tom.id, position=2))

    office.desk.do(join)
    part.show(account, office.desk.ask(account_header, account))
    wait(qtbot, lambda: len(part.widget.model.rows) == 5)
    assert [line.whose for line in part.widget.model.rows][-1] == "Mx Tom Newtown"
    part.clear()
    assert part.widget.model.rows == ()
