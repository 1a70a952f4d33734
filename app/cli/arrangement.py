"""`rentbook arrangement` works out or makes a repayment arrangement; `rentbook arrangements` tests and lists them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

import click

from app.cli.frame import DATE, Group, answer, command, open_desk, spell, table
from app.models.values import Frequency, Money, MoneyError
from app.services.arrangements import commands, queries, rules, telling
from app.services.arrangements.dto import (
    ArrangementFilter,
    ArrangementForm,
    ArrangementRow,
    ArrangementShown,
    NewArrangement,
    Plan,
)
from app.services.benefits.queries import weekly_to_us
from app.services.core.context import Context
from app.services.rent.queries import account_by_reference

EVERY: Final = {
    "week": Frequency.WEEKLY,
    "fortnight": Frequency.FORTNIGHTLY,
    "4weeks": Frequency.FOUR_WEEKLY,
    "month": Frequency.MONTHLY,
}


class Amount(click.ParamType[Money]):
    """Pounds and pence, such as 12.50."""

    name = "amount"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Money:
        """The amount; anything else is wrong usage."""
        if isinstance(value, Money):
            return value
        try:
            return Money.parse(str(value))
        except MoneyError as error:
            self.fail(str(error), param, ctx)


@command()
@click.argument("reference", metavar="REF")
@click.option("--amount", type=Amount(), required=True, help="An instalment, in pounds.")
@click.option("--every", type=click.Choice(list(EVERY)), required=True, help="How often it falls due.")
@click.option("--from", "from_on", type=DATE, required=True, help="The day on which the first falls due.")
@click.option("--first-payment", "first", type=Amount(), help="The first payment, where it is another amount.")
@click.option("--in-all", is_flag=True, help="The amount is all they pay: the current charge comes off it.")
@click.option("--agree", is_flag=True, help="Make the arrangement and its letter; else it is only worked out.")
def arrangement(
    reference: str, amount: Money, every: str, from_on: date, first: Money | None, *, in_all: bool, agree: bool
) -> None:
    """When instalments pay off what the account REF owes: the end date and the schedule. Nothing is kept without --agree."""
    with open_desk() as desk:
        form = desk.ask(_form, reference)
        standing = form.standing
        new = NewArrangement(
            form.account_id,
            amount,
            EVERY[every],
            from_on,
            first,
            direct_debit=form.direct_debit and not in_all,
            replaces=standing.arrangement_id if standing else None,
            version=standing.version if standing else 0,
        )
        if in_all:
            new = replace(new, amount=telling.on_top(form, new, amount))
        plan = telling.agreed(form, new)
        saved = desk.do(commands.make, new) if agree else None
    told = [saved.told] if saved else [f"Owed {plan.debt}. {rules.words_of(plan)}."]
    data = {"agreed": saved.arrangement_id if saved else None, **_data(form, plan, every)}
    answer(data, [*told, "", *_schedule(plan)])


@click.group(cls=Group)
def arrangements() -> None:
    """Test the repayment arrangements in force, or list them."""


@arrangements.command()
def test() -> None:
    """Test every arrangement in force: what is paid off is completed, what is broken asks for a call. Run each morning."""
    with open_desk() as desk:
        found = desk.do(commands.test_all)
    said = f"{found.live:,} in force, {found.behind:,} of them behind; {found.broken:,} broken and {found.completed:,} paid off."
    answer(
        {"live": found.live, "behind": found.behind, "broken": found.broken, "completed": found.completed},
        said,
    )


@arrangements.command(name="list")
@click.option(
    "--shown", type=click.Choice([each.value for each in ArrangementShown]), default="live", show_default=True
)
def list_(shown: str) -> None:
    """The arrangements, those furthest behind first."""
    with open_desk() as desk:
        rows = desk.ask(queries.listed, ArrangementFilter(ArrangementShown(shown)))
    listed = (
        (row.reference, row.name, f"{row.amount} {rules.EVERY[row.every]}", row.kept.value, row.short.plain())
        for row in rows
    )
    headings = ("Reference", "Name", "Instalment", "Stands", "Behind")
    answer({"arrangements": [_row(row) for row in rows]}, table(headings, listed, frozenset({4})) if rows else "None.")


def _form(ctx: Context, reference: str) -> ArrangementForm:
    account_id = account_by_reference(ctx, reference)
    return replace(queries.form(ctx, account_id), benefit=weekly_to_us(ctx, account_id))


def _data(form: ArrangementForm, plan: Plan, every: str) -> Mapping[str, Any]:
    return {
        "reference": form.reference,
        "debt_pence": plan.debt,
        "amount_pence": plan.amount,
        "every": every,
        "from": plan.starts_on,
        "first_payment_pence": plan.first,
        "last_payment_pence": plan.last,
        "payments": plan.count,
        "ends_on": plan.ends_on,
        "schedule": [
            {"number": each.number, "due_on": each.due_on, "amount_pence": each.amount, "left_pence": each.left}
            for each in rules.schedule(plan)
        ],
    }


def _schedule(plan: Plan) -> list[str]:
    rows = (
        (str(each.number), spell(each.due_on), each.amount.plain(), each.left.plain()) for each in rules.schedule(plan)
    )
    return list(table(("No", "Due", "Payment", "Left"), rows, frozenset({0, 2, 3})))


def _row(row: ArrangementRow) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "name": row.name,
        "amount_pence": row.amount,
        "every": row.every,
        "from": row.starts_on,
        "ends_on": row.ends_on,
        "state": row.state,
        "stands": row.kept,
        "debt_pence": row.debt,
        "due_pence": row.due,
        "paid_pence": row.paid,
        "behind_pence": row.short,
    }
