"""Rows that are written column by column are the rows that SQLAlchemy would write."""

from datetime import date

from sqlalchemy import insert, select
from sqlalchemy.dialects import mssql

from app.models.periods import Period
from app.models.reception_payments.files import ReceiptProfile
from app.models.values import PeriodState
from app.services.core.bulk import insert_columns


def test_days_and_fixed_words_are_kept_as_they_are_read(desk):
    def write(ctx):
        columns = {
            "name": ["1999-00 P01", "1999-00 P02"],
            "starts_on": [date(1999, 4, 1), date(1999, 5, 1)],
            "ends_on": [date(1999, 4, 30), date(1999, 5, 31)],
            "state": [PeriodState.OPEN, PeriodState.OPEN],
            "version": [1, 1],
        }
        insert_columns(ctx.session, Period.__table__, columns)
        rows = select(Period).where(Period.starts_on < date(2000, 1, 1)).order_by(Period.starts_on)
        return [(row.name, row.starts_on, row.state) for row in ctx.session.scalars(rows)]

    assert desk.do(write) == [
        ("1999-00 P01", date(1999, 4, 1), PeriodState.OPEN),
        ("1999-00 P02", date(1999, 5, 1), PeriodState.OPEN),
    ]


def test_no_rows_are_no_statement(desk, query_log):
    def write(ctx):
        query_log.clear()
        insert_columns(ctx.session, ReceiptProfile.__table__, {"key": [], "name": []})
        return list(query_log)

    assert desk.do(write) == []


def test_sql_server_is_asked_for_nothing_back():
    table = ReceiptProfile.__table__
    compiled = insert(table).inline().compile(dialect=mssql.dialect(), column_keys=["key", "name"])
    assert "OUTPUT" not in str(compiled)
