"""What somebody with a database tool writes into a file by hand."""

import sqlite3
from contextlib import closing

from app.models.values import Subject
from tests.factories import approving

ASK = """INSERT INTO approval_request (id, kind, subject, subject_id, summary, reason, payload, digest, total_pence, count,
    chain, state, asked_by, asked_at, expires_on, decision, version)
    VALUES (90, 'adjustment_credit', 'adjustment', 1, 'Mine', 'Mine', '{}', 'd', 100000, 1, '', 'waiting', ?,
    '2026-11-21', '2026-12-21', '', 1)"""
STEP = "INSERT INTO approval_event (request_id, at, officer_id, action, reason, digest) VALUES (90, '2026-11-21', ?, ?, '', 'd')"
DECIDE = "UPDATE approval_request SET state = 'approved', decided_by = ? WHERE id = 90"


class Client:
    """A plain client at the file, as sqlite3 opens it: no pragma of ours."""

    def __init__(self, path, officer):
        self.path, self.officer = path, officer

    def run(self, *statements):
        """Run statements in one transaction; a refusal of the file is the message."""
        with closing(sqlite3.connect(self.path, isolation_level=None)) as there:
            there.execute("BEGIN IMMEDIATE")
            try:
                for statement in statements:
                    there.execute(*statement) if isinstance(statement, tuple) else there.execute(statement)
            except sqlite3.IntegrityError as error:
                there.execute("ROLLBACK")
                return str(error)
            there.execute("COMMIT")
        return ""

    def post(self, kind, lines, *, approval=None, authorised_by=None, reverses=None, login="", number=2, by=None):
        """A journal with its lines of (account, code, pence); what the file says, empty where it took it."""
        rows = [
            ("INSERT INTO entry VALUES (?, ?, ?, ?, ?, '2026-11-21', NULL, '')", (number, at, *line))
            for at, line in enumerate(lines, 1)
        ]
        columns = (number, kind, by or self.officer, authorised_by, f"key {number}", reverses, approval, login)
        head = """INSERT INTO journal (number, kind, accounting_on, recorded_at, posted_by, authorised_by, source,
            narrative, idempotency_key, declared_count, declared_pence, actual_count, actual_pence, reverses, digest,
            approval, login) VALUES (?, ?, '2026-11-21', '2026-11-21 12:00:00', ?, ?, '', '', ?, 1, 1, 1, 1, ?, 'x', ?, ?)"""
        return self.run(*rows, (head, columns))


def control(desk, key):
    def find(ctx):
        return (
            ctx.session.connection()
            .exec_driver_sql("SELECT account_id FROM posting_rule WHERE control = ? AND fund = 'hra'", (key,))
            .scalar()
        )

    return desk.ask(find)


def approval(desk, colleague, kind="adjustment_credit", pence=100_00):
    """A request of the desk's officer that the colleague approved; its number."""
    return colleague.do(lambda ctx: approving.approved(ctx, kind, Subject.ADJUSTMENT, 1, pence).approval)
