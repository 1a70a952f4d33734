from datetime import UTC, date, datetime

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from app.models.values import (
    AccountKind,
    Basis,
    CodeKind,
    ExplainGroup,
    FormatNeed,
    Fund,
    HoldKind,
    Money,
    PaymentMethod,
    PersonFlagKind,
    PropertyType,
    Stop,
    Tenure,
)
from app.services.ledger.dto import ExplainPart, Explanation, LedgerLine, LedgerPage, WeekSum
from app.services.rent.dto import (
    AccountHeader,
    FlagRow,
    HoldRow,
    Link,
    LinkedAccount,
    Mark,
    PersonRow,
)
from app.views.rent.header import HeaderCard, LinkedFigure
from app.views.rent.ledger import LedgerCard, Span
from app.views.rent.table import LEDGER, ledger_rows
from app.views.rent.why import WhyPanel

TODAY = date(2026, 11, 21)


def line(
    number: int, on: date, pence: int, balance: int, *, kind=CodeKind.CHARGE, posted=None, narrative=""
) -> LedgerLine:
    week = on if kind is CodeKind.CHARGE else None
    group = ExplainGroup.CHARGES if kind is CodeKind.CHARGE else ExplainGroup.CASH
    what = "Rent" if kind is CodeKind.CHARGE else "Cash"
    at = datetime(2026, 11, 16, tzinfo=UTC)
    return LedgerLine(
        number, 1, on, posted or on, at, week, "DBR", what, kind, group, narrative, Money(pence), Money(balance)
    )


LINES = (
    line(1, date(2026, 11, 9), 10_000, 15_000),
    line(
        2, date(2026, 11, 12), -2_500, 12_500, kind=CodeKind.RECEIPT, posted=date(2026, 11, 13), narrative="at the desk"
    ),
)


def shown(rows, key):
    column = next(each for each in LEDGER if each.key == key)
    return [column.text(row) for row in rows]


def test_the_ledger_is_newest_first_with_both_dates_and_the_balance_brought_forward():
    rows = ledger_rows(LedgerPage(1, date(2026, 11, 1), None, Money(5_000), LINES, Money(12_500)))
    assert shown(rows, "belongs_to") == ["12 Nov 2026", "9 Nov 2026", "1 Nov 2026"]
    assert shown(rows, "posted") == ["13 Nov 2026", "9 Nov 2026", ""]
    assert shown(rows, "week") == ["", "32", ""]
    assert shown(rows, "what") == ["Cash, at the desk", "Rent", "Balance brought forward"]
    assert shown(rows, "debit") == ["", "100.00", ""]
    assert shown(rows, "credit") == ["25.00", "", ""]
    assert shown(rows, "balance") == ["125.00 DR", "150.00 DR", "50.00 DR"]


def test_an_account_from_its_first_line_has_no_balance_brought_forward():
    assert len(ledger_rows(LedgerPage(1, None, None, Money(0), LINES, Money(12_500)))) == 2


@pytest.fixture
def ledger(qtbot):
    from app.services.core.calendars import rent_year

    made = LedgerCard(TODAY, rent_year)
    qtbot.addWidget(made)
    return made


def test_the_days_of_the_ledger(ledger):
    def span(which: Span):
        ledger.span.setCurrentIndex(list(Span).index(which))
        return ledger.wanted().from_on, ledger.wanted().to_on

    assert span(Span.RENT_YEAR) == (date(2026, 4, 6), None)
    assert span(Span.TWELVE_MONTHS) == (date(2025, 11, 21), None)
    assert span(Span.ALL) == (None, None)
    ledger.from_on.setDate(date(2026, 10, 1))
    assert span(Span.DATES) == (date(2026, 10, 1), TODAY)


def test_the_dates_are_only_there_where_they_are_chosen(ledger):
    assert ledger.from_on.isHidden()
    ledger.span.setCurrentIndex(3)
    assert not ledger.from_on.isHidden()


def test_the_kinds_of_the_ledger(ledger, qtbot):
    with qtbot.waitSignal(ledger.filter_changed) as changed:
        ledger.kinds.setCurrentIndex(2)
    assert changed.args[0].kinds == frozenset({CodeKind.RECEIPT})


def test_a_year_ago_from_a_leap_day(qtbot):
    from app.services.core.calendars import rent_year

    card = LedgerCard(date(2028, 2, 29), rent_year)
    qtbot.addWidget(card)
    card.span.setCurrentIndex(1)
    assert card.wanted().from_on == date(2027, 2, 28)


ONE = PersonRow(
    1, "N1", "Ms A One", None, "one@example.org", "07700 900001", "", "Welsh", FormatNeed.LARGE_PRINT, False, ""
)
TWO = PersonRow(2, "N2", "Mr B Two", None, "", "", "", "", FormatNeed.STANDARD, True, "")
LINKED = tuple(
    LinkedAccount(at, f"ref {at}", kind, link, where, TODAY, None, Money(pence), Money(0))
    for at, kind, link, where, pence in (
        (2, AccountKind.GARAGE, Link.GARAGE, "Garage 33, Heron Court", 2_250),
        (3, AccountKind.RECHARGE, Link.SAME_TENANCY, "12 Heron Court", 0),
        (4, AccountKind.FORMER_TENANT, Link.FORMER, "4 Tern Way, Testford", 100),
    )
)


def header(**changes) -> AccountHeader:
    values = {
        "account_id": 1,
        "reference": "0012 4471 03",
        "name": "Ms A One and Mr B Two",
        "kind": AccountKind.RENT,
        "fund": Fund.HRA,
        "balance": Money(41_286),
        "net": Money(43_536),
        "rent_group": "GEN",
        "tenancy_ref": "T1",
        "tenure": Tenure.SECURE,
        "started_on": date(2018, 5, 14),
        "ended_on": None,
        "payment_method": PaymentMethod.DIRECT_DEBIT,
        "property_ref": "P1",
        "property_type": PropertyType.DWELLING,
        "address": ("12 Heron Court", "Testford"),
        "postcode": "ZZ1 1AA",
        "bedrooms": 2,
        "area": "North",
        "people": (ONE, TWO),
        "flags": (FlagRow("disputed", "Says it was paid", TODAY, None),),
        "holds": (HoldRow(HoldKind.STATEMENT_HOLD, "Solicitor", TODAY, None, (Stop.STATEMENTS,)),),
        "marks": (
            Mark("Arrangement kept", "good", "£5.00 a week"),
            Mark("Housing Benefit £60.00 a week", in_line=True),
        ),
        "charges": (),
        "weekly": Money(11_842),
        "free_weeks": (),
        "linked": LINKED,
    }
    return AccountHeader(**values | changes)


@pytest.fixture
def card(qtbot):
    made = HeaderCard([])
    qtbot.addWidget(made)
    return made


def test_the_header_says_who_and_where(card):
    card.show_header(header())
    assert card._name.text() == "Ms A One and Mr B Two"
    facts = (
        "12 Heron Court, Testford, ZZ1 1AA   Ref 0012 4471 03   since 14 May 2018   2 bedrooms   pays by Direct Debit"
        "   Housing Benefit £60.00 a week"
    )
    assert _spaced(card._facts.text()) == facts
    contact = "Ms A One: 07700 900001, one@example.org, write in Welsh   Mr B Two: do not contact"
    assert _spaced(card._contact.text()) == contact


def _spaced(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_full_line_breaks_between_facts(card):
    card.show_header(header())
    pieces = [piece for piece in card._facts.text().split(" ") if piece]
    assert [_spaced(piece) for piece in pieces] == [
        "12 Heron Court,",
        "Testford,",
        "ZZ1 1AA",
        "Ref 0012 4471 03",
        "since 14 May 2018",
        "2 bedrooms",
        "pays by Direct Debit",
        "Housing Benefit £60.00 a week",
    ]


def test_badges_stand_in_one_order_and_together(card):
    secret = FlagRow("address_is_secret", "", TODAY, None, PersonFlagKind.SAFETY)
    card.show_header(header(flags=(secret,)))
    shown = ["Secure", "Hold: statements only", "Address is secret", "+2"]
    assert [pill.text() for pill in card._pills] == shown
    card.resize(600, 300)
    card.show()
    QApplication.processEvents()
    tops = {pill.y() for pill in card._pills}
    assert len(tops) == 1
    assert tops.pop() > card._name.geometry().bottom()


def test_at_most_three_pills_and_the_gravest_first(card):
    card.show_header(header())
    shown = ["Secure", "Hold: statements only", "Arrangement kept", "+2"]
    assert [pill.text() for pill in card._pills] == shown
    rest = card._pills[-1]
    assert [line.partition(":")[0] for line in rest.toolTip().split("\n")] == ["Disputed", "Large print"]
    assert rest.accessibleDescription() == rest.toolTip()
    assert card._held.text() == "Statements stopped: Solicitor"
    card.show_header(header(holds=(), flags=()))
    assert card._held.isHidden()
    assert [pill.text() for pill in card._pills] == ["Secure", "Arrangement kept", "Large print"]
    card.show_header(header(holds=(), flags=(), people=(), marks=(), ended_on=TODAY))
    assert [pill.text() for pill in card._pills] == ["Former, secure"]


def test_every_linked_account_has_its_own_balance_and_opens(card, qtbot):
    card.show_header(header())
    figures = [figure for figure in card.findChildren(LinkedFigure) if not figure.isHidden()]
    assert [figure.accessibleName() for figure in figures] == [
        "Open Garage 33 ref 2, £22.50 DR",
        "Open Recharges ref 3, £0.00",
        "Open Former, 4 Tern Way ref 4, £1.00 DR",
    ]
    with qtbot.waitSignal(card.linked_opened) as opened:
        figures[0].opened.emit(2)
    assert opened.args == [2]


def test_linked_accounts_beyond_four_are_added_up(card):
    many = header().linked * 3
    card.show_header(header(linked=many))
    texts = [each.text() for each in card.findChildren(QLabel) if not each.isHidden()]
    assert "5 other accounts" in texts


def test_the_sum_says_weeks_and_times(qtbot):
    panel = WhyPanel(TODAY)
    qtbot.addWidget(panel)
    none = Money(0)
    weeks = (WeekSum(date(2026, 11, 9), Money(10_000), none, none, none, none, none, Money(15_000)),)
    parts = (
        ExplainPart(ExplainGroup.CHARGES, "DBR", "Rent", 33, 33, Money(10_000)),
        ExplainPart(ExplainGroup.CASH, "RCA", "Cash", 1, 1, Money(-2_500)),
    )
    panel.show_explanation(
        Explanation(1, TODAY, Basis.REPORTED, date(2026, 4, 6), Money(5_000), parts, weeks, Money(12_500))
    )
    assert panel.in_words() == (
        "Balance brought forward £50.00 DR",
        "Rent, 33 weeks £100.00 DR",
        "Cash £25.00 CR",
        "Balance at 21 Nov 2026 £125.00 DR",
    )
    assert panel._basis_note.accessibleName() == "By the period each line was posted in"
