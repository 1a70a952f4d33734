"""A week's charges on a server: statements over whole sets, as many for sixty thousand accounts as for six."""

from datetime import date

from sqlalchemy import event
from sqlalchemy.dialects import mssql

from app.services.charges import commands
from tests.factories import lettings

WRITES = ("INSERT", "UPDATE", "DELETE")


class Sent:
    """What a server would be sent, and how many rows each statement carries."""

    def __init__(self, engine):
        self.statements = []
        self._dialect = mssql.dialect()
        self._dialect._supports_offset_fetch = True
        event.listen(engine, "before_cursor_execute", self._note)

    def _note(self, _connection, _cursor, statement, parameters, context, executemany):
        if context is None or context.invoked_statement is None or context.compiled is None:
            self.statements.append((statement, 1))
            return
        text = str(context.invoked_statement.compile(dialect=self._dialect, column_keys=context.compiled.column_keys))
        self.statements.append((text, len(parameters) if executemany else 1))


def test_a_week_is_charged_by_the_same_statements_however_many_accounts(desk):
    def charge(week):
        sent.statements.clear()
        desk.do(commands.charge_week, week)
        return list(sent.statements)

    sent = Sent(desk.database.engine)
    desk.do(lettings.letting, DSC="1.00")
    desk.do(commands.charge_week, date(2026, 11, 2))
    few = charge(date(2026, 11, 9))
    for _ in range(6):
        desk.do(lettings.letting, DSC="1.00")
    many = charge(date(2026, 11, 16))
    assert many == few
    written = [text for text, _rows in many if text.startswith(WRITES)]
    lines = next(text for text in written if text.startswith("INSERT INTO entry"))
    assert "SELECT" in lines
    assert "VALUES" not in lines
    kept = next(text for text in written if text.startswith("UPDATE account"))
    assert "SELECT" in kept
