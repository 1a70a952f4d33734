# ruff: noqa: S608  no value of a caller gets in: every part is written in this folder
"""The triggers of a SQLite file: it knows no logins, so two officers are told apart by their rows."""

from typing import Final

from app.models.migrations.guards import records, views, windows

LOGIN: Final = "the database itself writes the login"
SECOND: Final = "needs the approval of another officer"
OPPOSITE: Final = "a reversal is the exact opposite of its journal"
DECIDED: Final = "a decided request is not changed"
OTHER: Final = "another officer approves what was asked for"
REAL: Final = "a landlord with journals does not become a made-up one"
CONTROL: Final = "a control account stays one, and no other account becomes one"
RECEIPT: Final = "a receipt stays with its journal"
GUARD: Final = "journal_guard is append only"
CODE: Final = "a transaction code stays what it is"


def _refuse(words: str, where: str) -> str:
    return f"SELECT RAISE(ABORT, '{words}') WHERE {where};"


def _trigger(name: str, when: str, *steps: str) -> str:
    return f"CREATE TRIGGER {name} {when} BEGIN {' '.join(steps)} END"


_NOT_OPPOSITE: Final = """NEW.reverses IS NOT NULL AND (NEW.kind <> 'reversal'
    OR EXISTS (SELECT 1 FROM journal r WHERE r.number = NEW.reverses AND r.reverses IS NOT NULL)
    OR (SELECT COUNT(*) FROM entry n WHERE n.journal = NEW.number)
        <> (SELECT COUNT(*) FROM entry o WHERE o.journal = NEW.reverses)
    OR EXISTS (SELECT 1 FROM entry o LEFT JOIN entry n ON n.journal = NEW.number AND n.line = o.line
        AND n.account_id = o.account_id AND n.code = o.code AND n.pence = -o.pence
        WHERE o.journal = NEW.reverses AND n.line IS NULL))"""
_NOT_SOUND: Final = """(NEW.approval IS NOT NULL OR NEW.authorised_by IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM approval_sound s WHERE s.request_id = NEW.approval
        AND s.approved_by = COALESCE(NEW.authorised_by, s.approved_by))"""
_CONTENT: Final = ("payload", "digest", "summary", "reason", "total_pence", "largest_pence", "count", "chain")
_FIXED: Final = ("id", "kind", "subject", "subject_id", "asked_by")


def _changed(columns: tuple[str, ...]) -> str:
    return "(" + " OR ".join(f'NEW."{each}" IS NOT OLD."{each}"' for each in columns) + ")"


def triggers() -> tuple[str, ...]:
    """The triggers of migration 0041, in the order in which they are made."""
    kept = (text for each in records.RECORDS for text in records.on_file(each))
    return (*_journal(), *_guard(), *_standing(), *_accounts(), *_receipts(), *_requests(), *_events(), *kept)


def added() -> tuple[str, ...]:
    """Those of migration 0049."""
    return (*_entries(), *_codes(), *(text for each in windows.WINDOWS for text in windows.on_file(each)))


def _journal() -> tuple[str, ...]:
    return (
        _trigger(
            "journal_approved",
            "AFTER INSERT ON journal",
            _refuse(LOGIN, "NEW.login <> ''"),
            _refuse(OPPOSITE, _NOT_OPPOSITE),
            views.sums("NEW.number", "NEW.posted_by") + ";",
            views.void("NEW.number", "NEW.reverses") + ";",
            _refuse(f"the journal {SECOND}", f"{_NOT_SOUND} OR EXISTS ({views.unapproved('NEW.number')})"),
        ),
    )


def _guard() -> tuple[str, ...]:
    refuse = f"SELECT RAISE(ABORT, '{GUARD}');"
    standing = "EXISTS (SELECT 1 FROM journal_guard WHERE journal = NEW.journal AND family = NEW.family)"
    return (
        _trigger("journal_guard_no_update", "BEFORE UPDATE ON journal_guard", refuse),
        _trigger("journal_guard_no_delete", "BEFORE DELETE ON journal_guard", refuse),
        _trigger("journal_guard_no_replace", f"BEFORE INSERT ON journal_guard WHEN {standing}", refuse),
    )


def _standing() -> tuple[str, ...]:
    """What tells which lines need a second officer stays what it is."""
    became = "NEW.demonstration = 1 AND EXISTS (SELECT 1 FROM journal)"
    return (
        _trigger("landlord_made_up", "BEFORE INSERT ON landlord", _refuse(REAL, became)),
        _trigger(
            "landlord_stays_real", "BEFORE UPDATE ON landlord", _refuse(REAL, f"OLD.demonstration = 0 AND {became}")
        ),
    )


def _entries() -> tuple[str, ...]:
    """As migration 0002 made it, but after the row: SQLite copies what it inserts where a trigger comes before (decision 78).

    An entry that takes another's place has its journal and line, so that the journal is there too; what aborts is undone.
    """
    late = "EXISTS (SELECT 1 FROM journal WHERE number = NEW.journal)"
    refuse = "SELECT RAISE(ABORT, 'entry is append only');"
    return (_trigger("entry_no_replace", f"AFTER INSERT ON entry WHEN {late}", refuse),)


def _codes() -> tuple[str, ...]:
    """By its code is it told which line needs a second officer."""
    refuse = f"SELECT RAISE(ABORT, '{CODE}');"
    standing = "EXISTS (SELECT 1 FROM transaction_code WHERE code = NEW.code)"
    return (
        _trigger(
            "transaction_code_stays",
            "BEFORE UPDATE OF code, kind, control, allows_negative ON transaction_code",
            refuse,
        ),
        _trigger("transaction_code_no_delete", "BEFORE DELETE ON transaction_code", refuse),
        _trigger("transaction_code_no_replace", f"BEFORE INSERT ON transaction_code WHEN {standing}", refuse),
    )


def _accounts() -> tuple[str, ...]:
    """No account takes the place of another, nor goes; one without a reference is put out of its place by no other key."""
    referred = "NEW.kind = 'control' AND NEW.reference_key IS NOT NULL"
    return (
        _trigger(
            "account_stays_control",
            "BEFORE UPDATE OF id, kind, control_key, reference_key ON account",
            _refuse(CONTROL, "NEW.id <> OLD.id OR (OLD.kind = 'control') <> (NEW.kind = 'control')"),
            _refuse(CONTROL, "OLD.control_key IS NOT NULL AND NEW.control_key IS NOT OLD.control_key"),
            _refuse(CONTROL, referred),
        ),
        _trigger(
            "account_no_replace",
            "BEFORE INSERT ON account",
            _refuse(CONTROL, f"({referred}) OR EXISTS (SELECT 1 FROM account WHERE id = NEW.id)"),
        ),
        _trigger("account_no_delete", "BEFORE DELETE ON account", f"SELECT RAISE(ABORT, '{CONTROL}');"),
    )


def _receipts() -> tuple[str, ...]:
    """A receipt goes neither by itself nor for another one with a key of its own: its journal would be no receipt's."""
    slip = "slip = NEW.slip AND slip <> '' AND NEW.slip <> '' AND state <> 'void' AND NEW.state <> 'void'"
    book = "book_number = NEW.book_number AND book_number <> '' AND state <> 'void' AND NEW.state <> 'void'"
    keys = (
        "entry_key = NEW.entry_key",
        "desk_id = NEW.desk_id AND number = NEW.number",
        f"desk_id = NEW.desk_id AND taken_on = NEW.taken_on AND {slip}",
        book,
    )
    other = " OR ".join(f"EXISTS (SELECT 1 FROM receipt WHERE {key} AND id <> NEW.id)" for key in keys)
    return (
        _trigger(
            "receipt_keeps_journal",
            "BEFORE UPDATE OF id, journal, entry_key, desk_id, number, taken_on, slip, book_number, state ON receipt",
            _refuse(RECEIPT, f"NEW.id <> OLD.id OR NEW.journal <> OLD.journal OR {other}"),
        ),
        _trigger(
            "receipt_no_replace",
            "BEFORE INSERT ON receipt",
            _refuse(RECEIPT, f"EXISTS (SELECT 1 FROM receipt WHERE id = NEW.id) OR {other}"),
        ),
        _trigger("receipt_no_delete", "BEFORE DELETE ON receipt", f"SELECT RAISE(ABORT, '{RECEIPT}');"),
    )


def _requests() -> tuple[str, ...]:
    approved = "SELECT 1 FROM approval_event y WHERE y.request_id = NEW.id AND y.action = 'approved'"
    by_another = (
        f"{approved} AND y.officer_id = NEW.decided_by AND y.digest = NEW.digest AND y.officer_id <> NEW.asked_by"
    )
    return (
        _trigger(
            "approval_request_asked",
            "BEFORE INSERT ON approval_request",
            _refuse(OTHER, "NEW.state <> 'waiting' OR NEW.decided_by IS NOT NULL"),
            _refuse(DECIDED, "EXISTS (SELECT 1 FROM approval_request WHERE id = NEW.id)"),
        ),
        _trigger(
            "approval_request_decided",
            "BEFORE UPDATE ON approval_request",
            _refuse(DECIDED, f"OLD.state NOT IN ('waiting', 'returned') OR {_changed(_FIXED)}"),
            _refuse(DECIDED, f"{_changed(_CONTENT)} AND EXISTS ({approved})"),
            _refuse(OTHER, f"NEW.state = 'approved' AND (OLD.state <> 'waiting' OR NOT EXISTS ({by_another}))"),
        ),
        _trigger(
            "approval_request_no_delete",
            "BEFORE DELETE ON approval_request",
            f"SELECT RAISE(ABORT, '{DECIDED}');",
        ),
    )


def _events() -> tuple[str, ...]:
    asked = "action IN ('asked', 'asked again')"
    own = f"SELECT 1 FROM approval_event WHERE request_id = NEW.request_id AND officer_id = NEW.officer_id AND {asked}"
    waiting = """SELECT 1 FROM approval_request q WHERE q.id = NEW.request_id AND q.state = 'waiting'
        AND q.asked_by <> NEW.officer_id AND q.digest = NEW.digest"""
    other = "SELECT 1 FROM approval_request q WHERE q.id = NEW.request_id AND q.asked_by <> NEW.officer_id"
    before = "SELECT 1 FROM approval_event WHERE request_id = NEW.request_id AND action = 'approved'"
    return (
        _trigger(
            "approval_event_by_another",
            "BEFORE INSERT ON approval_event",
            _refuse(LOGIN, "NEW.login <> ''"),
            _refuse(OTHER, f"NEW.{asked} AND EXISTS ({other})"),
            _refuse(
                OTHER, f"NEW.action = 'approved' AND (NOT EXISTS ({waiting}) OR EXISTS ({own}) OR EXISTS ({before}))"
            ),
        ),
    )
