"""A made-up council, its payees, and the lines of the weight table that the published cases fall under."""

from datetime import date
from functools import partial

from sqlalchemy import select

from app.models.policy import PolicyValue
from app.services.bacs import commands
from app.services.bacs.dto import NewBankDetails, NewTable
from tests.factories import lettings
from tests.prepared import prepared

WEIGHTS = b"""\
070116 070116 MOD11 0 0 7 6 5 8 9 4 5 6 7 8 9 -1 12
070116 070116 MOD10 0 3 2 4 5 8 9 4 5 6 7 8 9 -1 13
074456 074456 MOD11 0 0 7 6 5 8 9 4 5 6 7 8 9 -1 12
074456 074456 MOD10 0 3 2 4 5 8 9 4 5 6 7 8 9 -1 13
086090 086090 MOD10 0 0 3 7 1 3 7 1 3 7 1 3 7 1 8
089000 089999 MOD10 0 0 0 0 0 0 7 1 3 7 1 3 7 1
102400 107999 MOD11 0 0 0 0 0 0 8 7 6 5 4 3 2 1
110000 119280 DBLAL 0 0 2 1 2 1 2 1 2 1 2 1 2 1 1
134012 134020 MOD11 0 0 0 7 5 9 8 4 6 3 5 2 0 0 4
180002 180002 MOD11 0 0 0 0 0 0 8 7 6 5 4 3 2 1 14
200901 201159 MOD11 0 0 0 0 0 0 0 7 6 5 4 3 2 1 6
200901 201159 DBLAL 2 1 2 1 2 1 2 1 2 1 2 1 2 1 6
202700 203239 MOD11 0 0 0 0 0 0 0 7 6 5 4 3 2 1 6
202700 203239 DBLAL 2 1 2 1 2 1 2 1 2 1 2 1 2 1 6
309001 309633 MOD11 0 0 3 2 9 8 5 7 6 5 4 3 2 1 2
309001 309633 MOD11 0 0 3 2 9 8 1 7 6 5 4 3 2 1 9
771900 772799 MOD11 0 0 1 2 5 3 6 4 8 7 10 9 3 1 7
820000 826917 MOD11 0 0 0 0 0 0 0 0 7 3 4 9 2 1
820000 826917 DBLAL 2 1 2 1 2 1 2 1 2 1 2 1 2 1 3
826919 827999 MOD11 0 0 0 0 0 0 0 0 7 3 4 9 2 1
826919 827999 DBLAL 2 1 2 1 2 1 2 1 2 1 2 1 2 1 3
870000 872791 MOD11 0 0 1 2 5 3 6 4 8 7 10 9 3 1 10
870000 872791 MOD11 0 0 5 10 9 8 0 7 6 5 4 3 2 1 11
938000 938696 MOD11 7 6 5 4 3 2 7 6 5 4 3 2 0 0 5
938000 938696 DBLAL 2 1 2 1 2 1 2 1 2 1 2 1 2 0 5
"""
SUBSTITUTIONS = b"938173 938017\n938600 938611\n"
OWN = {
    "own_sort_code": "404040",
    "own_account_number": "70872490",
    "own_account_name": "ANYTOWN COUNCIL RENT",
    "sun": "123456",
    "user_name": "Anytown Council",
    "credit_files": "yes",
}


def details(**changes):
    """The first valid number of the published cases, in a made-up name."""
    fields = {
        "payee_name": "Mrs Made Up",
        "sort_code": "08-99-99",
        "account_number": "66374958",
        "from_on": date(2026, 11, 2),
    }
    return NewBankDetails(**fields | changes)


@prepared
def let(desk):
    return desk.do(lettings.letting)


@prepared
def tabled(desk):
    """The weight table is loaded, in force since August."""
    files = [NewTable(WEIGHTS, "v1"), NewTable(SUBSTITUTIONS, "v1")]
    desk.do(commands.load_tables, files, date(2026, 8, 3))
    return desk


@prepared
def council(desk):
    """The council's own side is set, and finance lets it make files; `council(...)` sets more, of a scope if one is given."""
    desk.do(keep_own)
    return partial(desk.do, keep_own)


def keep_own(ctx, scope="", **values):
    """The council's own side as values of the policy."""
    for key, value in (values if scope else OWN | values).items():
        here = (PolicyValue.key == f"bacs.{key}", PolicyValue.scope == scope)
        found = ctx.session.scalar(select(PolicyValue).where(*here))
        row = found or PolicyValue(key=f"bacs.{key}", scope=scope, effective_from=date(2026, 1, 1))
        row.value = value
        ctx.session.add(row)
    ctx.session.flush()
