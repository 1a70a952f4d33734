# ruff: noqa: S608  no value of a caller gets in: every part is written in this folder
"""The triggers of SQL Server: two officers are two logins there, as soon as its owner has said whose each login is."""

from typing import Final

from app.models.migrations.guards import records, two_person, views, windows
from app.models.migrations.guards.sqlite import CONTROL, DECIDED, GUARD, LOGIN, OPPOSITE, OTHER, REAL, RECEIPT, SECOND

LOADER: Final = "history is loaded by who is in the role rentbook_loader"
ONE: Final = "journals are posted one by one"
_KEPT: Final = "EXISTS (SELECT 1 FROM officer_login)"
_OWNER: Final = "ISNULL(IS_ROLEMEMBER('db_owner'), 0) = 1"
_ASKED: Final = "('asked', 'asked again')"


def login_default(table: str) -> tuple[str, ...]:
    """The login of what is written from now on; rows that stand already keep none, for nobody knows whose they were."""
    drop = f"""DECLARE @name sysname = (SELECT name FROM sys.default_constraints WHERE parent_object_id = OBJECT_ID('{table}')
    AND parent_column_id = COLUMNPROPERTY(OBJECT_ID('{table}'), 'login', 'ColumnId'));
EXEC ('ALTER TABLE {table} DROP CONSTRAINT [' + @name + ']')"""
    return drop, f"ALTER TABLE {table} ADD CONSTRAINT df_{table}_login DEFAULT ORIGINAL_LOGIN() FOR login"


def triggers() -> tuple[str, ...]:
    """The triggers of migration 0041, in the order in which they are made."""
    return (
        _journal(),
        _guard(),
        *_standing(),
        *_requests(),
        _events(),
        *two_person.triggers(),
        *map(records.on_server, records.RECORDS),
    )


def added() -> tuple[str, ...]:
    """Those of migration 0049."""
    return (*map(windows.on_server, windows.WINDOWS), *two_person.added())


def _trigger(name: str, when: str, *steps: str) -> str:
    body = "\n".join(f"{each};" for each in steps)
    return f"CREATE TRIGGER {name} ON {when} AS\nBEGIN\nSET NOCOUNT ON;\n{body}\nEND"


def _refuse(words: str, where: str) -> str:
    return f"IF ({where}) THROW 50002, '{words}', 1"


def _mine(column: str) -> str:
    """Whether the officer of a column of `inserted` is not the one whose login this is; jobs run under anybody's."""
    own = f"""SELECT 1 FROM officer f LEFT JOIN officer_login l ON l.officer_id = f.id AND l.login = ORIGINAL_LOGIN()
        WHERE f.id = i.{column} AND (l.officer_id IS NOT NULL OR f.username = 'system')"""
    return f"{_KEPT} AND EXISTS (SELECT 1 FROM inserted i WHERE NOT EXISTS ({own})"


_NOT_OPPOSITE: Final = """@reverses IS NOT NULL AND (@kind <> 'reversal'
    OR EXISTS (SELECT 1 FROM journal r WHERE r.number = @reverses AND r.reverses IS NOT NULL)
    OR (SELECT COUNT(*) FROM entry n WHERE n.journal = @number) <> (SELECT COUNT(*) FROM entry o WHERE o.journal = @reverses)
    OR EXISTS (SELECT 1 FROM entry o LEFT JOIN entry n ON n.journal = @number AND n.line = o.line
        AND n.account_id = o.account_id AND n.code = o.code AND n.pence = -o.pence
        WHERE o.journal = @reverses AND n.line IS NULL))"""
_NOT_SOUND: Final = """(@approval IS NOT NULL OR @authorised_by IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM approval_sound s WHERE s.request_id = @approval
        AND s.approved_by = COALESCE(@authorised_by, s.approved_by))"""


def _journal() -> str:
    """A payment is posted in the name of who took it, also by whoever finds it later; the login says who that was."""
    return _trigger(
        "journal_approved",
        "journal AFTER INSERT",
        "IF NOT EXISTS (SELECT 1 FROM inserted) RETURN",
        _refuse(ONE, "(SELECT COUNT(*) FROM inserted) > 1"),
        "DECLARE @number bigint, @posted_by bigint, @reverses bigint, @approval bigint, @authorised_by bigint, "
        "@kind nvarchar(20)",
        "SELECT @number = number, @posted_by = posted_by, @reverses = reverses, @approval = approval, "
        "@authorised_by = authorised_by, @kind = kind FROM inserted",
        _refuse(LOGIN, "EXISTS (SELECT 1 FROM inserted WHERE login <> ORIGINAL_LOGIN())"),
        _refuse(two_person.NOT_YOURS, f"{_mine('posted_by')} AND i.kind <> 'receipts')"),
        _refuse(
            LOADER,
            f"{_KEPT} AND @kind IN {views.LOADS} AND ISNULL(IS_ROLEMEMBER('rentbook_loader'), 0) <> 1 AND NOT ({_OWNER})",
        ),
        _refuse(OPPOSITE, _NOT_OPPOSITE),
        views.sums("@number", "@posted_by", "TRY_CAST"),
        views.void("@number", "@reverses"),
        _refuse(f"the journal {SECOND}", f"({_NOT_SOUND}) OR EXISTS ({views.unapproved('@number')})"),
    )


def _guard() -> str:
    return f"CREATE TRIGGER journal_guard_no_change ON journal_guard INSTEAD OF UPDATE, DELETE AS BEGIN THROW 50001, '{GUARD}', 1; END"


def _standing() -> tuple[str, ...]:
    """What tells which lines need a second officer stays what it is."""
    was = "SELECT 1 FROM deleted d WHERE d.id = i.id AND d.demonstration = 1"
    became = f"SELECT 1 FROM inserted i WHERE i.demonstration = 1 AND NOT EXISTS ({was})"
    both = "SELECT 1 FROM inserted i JOIN deleted d ON d.id = i.id"
    other = """(d.kind = 'control' AND i.kind <> 'control') OR (d.kind <> 'control' AND i.kind = 'control')
        OR (d.control_key IS NOT NULL AND (i.control_key IS NULL OR i.control_key <> d.control_key))"""
    return (
        _trigger(
            "landlord_stays_real",
            "landlord AFTER INSERT, UPDATE",
            _refuse(REAL, f"EXISTS ({became}) AND EXISTS (SELECT 1 FROM journal)"),
        ),
        _trigger(
            "account_stays_control",
            "account AFTER UPDATE",
            "IF NOT (UPDATE(kind) OR UPDATE(control_key)) RETURN",
            _refuse(CONTROL, f"EXISTS ({both} WHERE {other})"),
        ),
        _trigger(
            "receipt_keeps_journal",
            "receipt AFTER UPDATE",
            "IF NOT UPDATE(journal) RETURN",
            _refuse(RECEIPT, f"EXISTS ({both} WHERE i.journal <> d.journal)"),
        ),
    )


def _requests() -> tuple[str, ...]:
    both = "SELECT 1 FROM inserted i JOIN deleted d ON d.id = i.id"
    fixed = "EXISTS (SELECT i.kind, i.subject, i.subject_id, i.asked_by EXCEPT SELECT d.kind, d.subject, d.subject_id, d.asked_by)"
    names = ("payload", "digest", "summary", "reason", "total_pence", "largest_pence", "[count]", "chain")
    now, was = (", ".join(f"{row}.{name}" for name in names) for row in "id")
    content = f"EXISTS (SELECT {now} EXCEPT SELECT {was})"
    approved = "SELECT 1 FROM approval_event y WHERE y.request_id = i.id AND y.action = 'approved'"
    by_another = f"{approved} AND y.officer_id = i.decided_by AND y.digest = i.digest AND y.officer_id <> i.asked_by"
    asker = """SELECT 1 FROM officer f LEFT JOIN officer_login l ON l.officer_id = f.id AND l.login = ORIGINAL_LOGIN()
        WHERE f.id = i.asked_by AND (l.officer_id IS NOT NULL OR f.username = 'system')"""
    return (
        _trigger(
            "approval_request_asked",
            "approval_request AFTER INSERT",
            _refuse(OTHER, "EXISTS (SELECT 1 FROM inserted WHERE state <> 'waiting' OR decided_by IS NOT NULL)"),
            _refuse(two_person.NOT_YOURS, f"{_mine('asked_by')})"),
        ),
        _trigger(
            "approval_request_decided",
            "approval_request AFTER UPDATE",
            _refuse(DECIDED, f"EXISTS ({both} WHERE d.state NOT IN ('waiting', 'returned') OR {fixed})"),
            _refuse(DECIDED, f"EXISTS ({both} WHERE {content} AND EXISTS ({approved}))"),
            _refuse(two_person.NOT_YOURS, f"{_KEPT} AND EXISTS ({both} WHERE {content} AND NOT EXISTS ({asker}))"),
            _refuse(
                OTHER,
                f"EXISTS ({both} WHERE i.state = 'approved' AND (d.state <> 'waiting' OR NOT EXISTS ({by_another})))",
            ),
        ),
        f"CREATE TRIGGER approval_request_no_delete ON approval_request INSTEAD OF DELETE AS BEGIN THROW 50002, '{DECIDED}', 1; END",
    )


def _events() -> str:
    own = f"""SELECT 1 FROM approval_event s WHERE s.request_id = i.request_id AND s.action IN {_ASKED}
        AND (s.officer_id = i.officer_id OR (s.login = i.login AND {_KEPT}))"""
    waiting = """SELECT 1 FROM approval_request q WHERE q.id = i.request_id AND q.state = 'waiting'
        AND q.asked_by <> i.officer_id AND q.digest = i.digest"""
    before = (
        "SELECT 1 FROM approval_event s WHERE s.request_id = i.request_id AND s.action = 'approved' AND s.id <> i.id"
    )
    other = "SELECT 1 FROM approval_request q WHERE q.id = i.request_id AND q.asked_by <> i.officer_id"
    return _trigger(
        "approval_event_by_another",
        "approval_event AFTER INSERT",
        _refuse(LOGIN, "EXISTS (SELECT 1 FROM inserted WHERE login <> ORIGINAL_LOGIN())"),
        _refuse(two_person.NOT_YOURS, f"{_mine('officer_id')})"),
        _refuse(OTHER, f"EXISTS (SELECT 1 FROM inserted i WHERE i.action IN {_ASKED} AND EXISTS ({other}))"),
        _refuse(
            OTHER,
            f"""EXISTS (SELECT 1 FROM inserted i WHERE i.action = 'approved'
    AND (NOT EXISTS ({waiting}) OR EXISTS ({own}) OR EXISTS ({before})))""",
        ),
    )
