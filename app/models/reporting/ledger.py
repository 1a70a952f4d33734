"""Views of the ledger: accounts, lines, balances at the end of periods, charges and receipts."""

from __future__ import annotations

from typing import Final

from sqlalchemy import FromClause, func

from app.models.reporting.declared import MASKED, Shown, View, money, restricted, table, total, unless, view, yes

_A, _E, _J = table("account"), table("entry"), table("journal")
_CODE, _GROUP, _TENANCY = table("transaction_code"), table("rent_group"), table("tenancy")
_CONTROL: Final = "control"


def _of_account(source: FromClause) -> FromClause:
    """The rent group beside the account, where it has one."""
    return source.outerjoin(_GROUP, _GROUP.c.id == _A.c.rent_group_id)


def _where_it_stands() -> list[Shown]:
    return [
        Shown("account_kind", _A.c.kind, "The kind of account; control accounts are the council's own."),
        Shown("rent_group", _GROUP.c.code, "The code of its rent group, where it has one."),
        Shown("fund", _A.c.fund, "The fund: the Housing Revenue Account or the General Fund."),
    ]


def _account() -> View:
    shut = restricted()
    hidden = shut.c.account_id
    return view(
        "account",
        "one account, of tenants, former tenants, garages, leases and the council's own control accounts",
        "Every account with its balance. The balances of all rows add up to nothing: what tenants owe stands against the "
        "control accounts.",
        [
            Shown("account_id", _A.c.id, "The number by which the other views name the account."),
            *_where_it_stands(),
            Shown("payment_reference", unless(hidden, _A.c.payment_reference), f"The payment reference. {MASKED}"),
            Shown("tenancy", unless(hidden, _TENANCY.c.ref), f"The reference of its tenancy. {MASKED}"),
            Shown("control", _A.c.control_key, "What a control account holds; empty for others."),
            Shown("ledger_code", _A.c.ledger_code, "The council's own ledger code of a control account."),
            Shown("opened_on", _A.c.opened_on, "The day it was opened."),
            Shown("closed_on", _A.c.closed_on, "The day it was closed, if it was."),
            *money("balance", _A.c.balance_pence, "What is owed now; a credit is negative."),
            Shown("restricted", yes(hidden.is_not(None)), "1 for a restricted record, whose references are left out."),
        ],
        lambda found: found.select_from(
            _of_account(_A).outerjoin(_TENANCY, _TENANCY.c.id == _A.c.tenancy_id).outerjoin(shut, hidden == _A.c.id)
        ),
    )


def _transaction() -> View:
    return view(
        "transaction",
        "one line of one journal",
        "Every line of the ledger with words for its codes. The lines of a journal add up to nothing; those of an account "
        "to its balance. Narratives are left out, since an officer may have typed them.",
        [
            Shown("journal", _E.c.journal, "The number of the journal, without gaps."),
            Shown("line", _E.c.line, "The number of the line in it."),
            Shown("account_id", _E.c.account_id, "The account, as in report_account."),
            *_where_it_stands(),
            Shown("code", _E.c.code, "The transaction code; CTL is the council's side of many lines."),
            Shown("code_name", _CODE.c.name, "What the code is called."),
            Shown("code_kind", _CODE.c.kind, "Charge, receipt, adjustment and so on."),
            Shown("explained_as", _CODE.c.explain_group, "Under what a balance is explained."),
            *money("amount", _E.c.pence, "A debit is positive, a credit negative."),
            Shown("effective_on", _E.c.effective_on, "The day that the line belongs to."),
            Shown("rent_week", _E.c.rent_week, "The Monday of its week, where it belongs to one."),
            Shown("accounting_on", _J.c.accounting_on, "The day that it is reported in; this decides the period."),
            Shown("recorded_at", _J.c.recorded_at, "When it was posted, in UTC."),
            Shown("journal_kind", _J.c.kind, "What kind of journal it is in."),
            Shown("reverses", _J.c.reverses, "The journal that this one takes back, if it does."),
        ],
        lambda found: found.select_from(
            _of_account(_E.join(_J, _J.c.number == _E.c.journal).join(_A, _A.c.id == _E.c.account_id)).outerjoin(
                _CODE, _CODE.c.code == _E.c.code
            )
        ),
    )


def _period_balance() -> View:
    period, snapshot = table("period"), table("snapshot")
    return view(
        "period_balance",
        "one account at the end of one period",
        "Balances at the end of each period in which something was posted, in both meanings of a past date.",
        [
            Shown("period", period.c.name, "The name of the period."),
            Shown("starts_on", period.c.starts_on, "Its first day."),
            Shown("ends_on", period.c.ends_on, "Its last day."),
            Shown("state", period.c.state, "Whether it is open or closed."),
            Shown("account_id", snapshot.c.account_id, "The account, as in report_account."),
            *_where_it_stands(),
            *money("known", snapshot.c.known_pence, "As known now, with lines that were posted late."),
            *money("reported", snapshot.c.reported_pence, "As it was reported then."),
        ],
        lambda found: found.select_from(
            _of_account(
                snapshot.join(period, period.c.id == snapshot.c.period_id).join(_A, _A.c.id == snapshot.c.account_id)
            )
        ),
    )


def _charge() -> View:
    charge = table("charge")
    return view(
        "charge",
        "one charge of one account over a time",
        "What accounts are charged each week, from when to when: the standing amounts, not what was posted.",
        [
            Shown("charge_id", charge.c.id, "The number of the charge."),
            Shown("account_id", charge.c.account_id, "The account, as in report_account."),
            *_where_it_stands(),
            Shown("code", charge.c.code, "The transaction code."),
            Shown("code_name", _CODE.c.name, "What the code is called."),
            *money("weekly", charge.c.amount_pence, "For each week that is charged."),
            Shown("from_on", charge.c.from_on, "The first day it stands."),
            Shown("to_on", charge.c.to_on, "The last day it stands; empty while it goes on."),
        ],
        lambda found: found.select_from(
            _of_account(charge.join(_A, _A.c.id == charge.c.account_id).join(_CODE, _CODE.c.code == charge.c.code))
        ),
    )


def _charged_week() -> View:
    by = [_E.c.rent_week, _A.c.kind, _GROUP.c.code, _A.c.fund, _E.c.code, _CODE.c.name]
    return view(
        "charged_week",
        "one charge code of one rent group, fund and kind of account in one rent week",
        "What was charged, by the week that it belongs to. Charges that belong to no week have none.",
        [
            Shown("rent_week", _E.c.rent_week, "The Monday of the week."),
            *_where_it_stands(),
            Shown("code", _E.c.code, "The transaction code."),
            Shown("code_name", _CODE.c.name, "What the code is called."),
            Shown("lines", func.count(), "How many lines of the ledger."),
            *money("charged", total(_E.c.pence), "What was charged, corrections and what was taken back counted in."),
        ],
        lambda found: (
            found.select_from(
                _of_account(_E.join(_A, _A.c.id == _E.c.account_id).join(_CODE, _CODE.c.code == _E.c.code))
            )
            .where(_CODE.c.kind == "charge", _A.c.kind != _CONTROL)
            .group_by(*by)
        ),
    )


def _receipt_day() -> View:
    by = [_J.c.accounting_on, _A.c.kind, _GROUP.c.code, _A.c.fund, _E.c.code, _CODE.c.name, _CODE.c.explain_group]
    return view(
        "receipt_day",
        "one way of paying, rent group, fund and kind of account on one day",
        "Money in by the way it came and the day it is reported in. Money in suspense and other income stands under the kind "
        "of account control.",
        [
            Shown("received_on", _J.c.accounting_on, "The day that it is reported in."),
            *_where_it_stands(),
            Shown("code", _E.c.code, "The transaction code of the way it came."),
            Shown("channel", _CODE.c.name, "What that way is called."),
            Shown("explained_as", _CODE.c.explain_group, "Under what a balance is explained."),
            Shown("lines", func.count(), "How many lines of the ledger."),
            *money("received", -total(_E.c.pence), "Money in is positive; what came back is taken off."),
        ],
        lambda found: (
            found.select_from(
                _of_account(
                    _E.join(_J, _J.c.number == _E.c.journal)
                    .join(_A, _A.c.id == _E.c.account_id)
                    .join(_CODE, _CODE.c.code == _E.c.code)
                )
            )
            .where(_CODE.c.kind == "receipt")
            .group_by(*by)
        ),
    )


def views() -> list[View]:
    """The views of the ledger."""
    return [_account(), _transaction(), _period_balance(), _charge(), _charged_week(), _receipt_day()]
