# ruff: noqa: S608  no value of a caller gets in: every part is written in this folder
"""What both engines read: which lines of a journal may need a second officer, and which approvals count."""

from typing import Final

LOADS: Final = "('opening', 'load', 'demonstration')"
"""Kinds of journal that bring a landlord's history in."""
_ASKED: Final = "('asked', 'asked again')"

_HARMLESS: Final = """(
    (c.kind = 'receipt' AND (j.kind = 'receipts' OR j.reverses IS NOT NULL))
    OR (c.kind = 'charge' AND (j.kind = 'charge_correction' OR j.reverses IS NOT NULL
        OR (j.kind = 'charge_run' AND (e.pence > 0 OR c.allows_negative = 1))))
    OR (c.code = 'WBK' AND (e.pence > 0 OR j.reverses IS NOT NULL))
    OR (c.control = 'refunds' AND j.reverses IS NOT NULL)
)"""
"""Payments, charges and what puts charges right; a written-off debt that money came in for; a refund that came back."""

_PLAIN: Final = """(
    (j.kind = 'charge_run' AND e.pence > 0 AND e.code IN (SELECT p.code FROM transaction_code p WHERE p.kind = 'charge'))
    OR (j.kind = 'receipts' AND e.code IN (SELECT p.code FROM transaction_code p WHERE p.kind = 'receipt')))"""
"""Harmless too, and found without looking anything up: nearly all lines of a week's charges are such."""

_CHARGED: Final = (
    """(c.kind = 'charge' AND e.pence > 0 AND c.allows_negative = 0 AND a.kind NOT IN ('recharge', 'court_costs'))"""
)
"""What is due on a rent account, whoever finds it; recharges and costs stand on accounts of their own."""

_MADE_UP: Final = """(j.idempotency_key LIKE 'demonstration:%'
    AND EXISTS (SELECT 1 FROM landlord n WHERE n.demonstration = 1))"""
"""The history of a made-up landlord; a database with journals never becomes one."""

_CARRIED: Final = """(c.kind = 'transfer' AND EXISTS (
    SELECT 1 FROM entry o
    JOIN account b ON b.id = o.account_id
    WHERE o.journal = e.journal AND o.line IN (e.line - 1, e.line + 1) AND o.code = e.code AND o.pence = -e.pence
    AND (b.tenancy_id = a.tenancy_id
        OR EXISTS (SELECT 1 FROM tenancy t WHERE t.id = a.tenancy_id AND t.before_id = b.tenancy_id)
        OR EXISTS (SELECT 1 FROM tenancy t WHERE t.id = b.tenancy_id AND t.before_id = a.tenancy_id))))"""
"""A balance that goes to another account of the same tenancy, or to the tenancy that follows it, in two lines beside each other."""

GUARDED_LINE: Final = f"""CREATE VIEW guarded_line AS
SELECT e.journal AS journal, e.line AS line, e.pence AS pence,
    CASE WHEN c.code = 'RSU' OR a.kind = 'control' THEN 'suspense'
        WHEN c.control = 'refunds' THEN 'refund'
        WHEN c.kind = 'write_off' AND c.code <> 'WON' THEN 'write_off'
        ELSE 'adjustment' END AS family
FROM journal j
JOIN entry e ON e.journal = j.number
JOIN transaction_code c ON c.code = e.code
JOIN account a ON a.id = e.account_id
WHERE j.kind NOT IN {LOADS}
AND NOT EXISTS (SELECT 1 FROM journal r WHERE r.number = j.reverses AND r.kind IN {LOADS})
AND NOT {_MADE_UP}
AND NOT {_PLAIN}
AND (c.code IN ('RSU', 'CTL') OR NOT {_HARMLESS})
AND ((j.reverses IS NULL AND c.code = 'RSU')
    OR (j.reverses IS NULL AND c.code = 'CTL' AND a.control_key = 'suspense' AND e.pence > 0)
    OR (a.kind <> 'control' AND c.code <> 'RSU'))
AND NOT {_CHARGED}
AND NOT {_CARRIED}"""
"""Each line that may need a second officer, with what it is: `adjustment` up to the officer's limits doesn't."""

APPROVAL_SOUND: Final = f"""CREATE VIEW approval_sound AS
SELECT q.id AS request_id, q.kind AS kind, q.subject AS subject, q.subject_id AS subject_id,
    q.total_pence AS total_pence, q.asked_by AS asked_by, y.officer_id AS approved_by
FROM approval_request q
JOIN approval_event y ON y.request_id = q.id AND y.action = 'approved'
WHERE q.state IN ('waiting', 'approved') AND y.officer_id <> q.asked_by AND y.digest = q.digest
AND EXISTS (SELECT 1 FROM approval_event s WHERE s.request_id = q.id AND s.action IN {_ASKED}
    AND s.officer_id = q.asked_by AND s.digest = q.digest AND s.id < y.id)
AND NOT EXISTS (SELECT 1 FROM approval_event s WHERE s.request_id = q.id AND s.action IN {_ASKED}
    AND (s.officer_id = y.officer_id
        OR (s.login = y.login AND s.login <> '' AND EXISTS (SELECT 1 FROM officer_login))))"""
"""Each request that another officer approved as it was asked; while it is carried out it still waits."""

VIEWS: Final = (GUARDED_LINE, APPROVAL_SOUND)


def sums(journal: str, officer: str, cast: str = "CAST") -> str:
    """Write down what of a journal may need a second officer, and whether it does, by the limits of whoever posts it.

    `cast` reads pounds from a text: SQL Server may try it on other policies first, so there it may fail.
    """
    alone = f"""COALESCE((SELECT MAX({cast}(p.value AS DECIMAL(19, 2))) * 100 FROM policy_value p
        WHERE p."key" = 'suspense.alone_up_to'), 0)"""
    return f"""INSERT INTO journal_guard (journal, family, debit_pence, credit_pence, needed)
SELECT w.journal, w.family, w.debit, w.credit,
    CASE WHEN w.family = 'suspense' THEN CASE WHEN w.debit + w.credit > {alone} THEN 1 ELSE 0 END
        WHEN w.family <> 'adjustment' THEN 1
        WHEN w.debit > 0 AND (w.debit > COALESCE(d.batch_pence, 0) OR w.largest_debit > COALESCE(d.line_pence, 0)) THEN 1
        WHEN w.credit > 0 AND (w.credit > COALESCE(k.batch_pence, 0) OR w.largest_credit > COALESCE(k.line_pence, 0)) THEN 1
        ELSE 0 END
FROM (SELECT g.journal, g.family,
        SUM(CASE WHEN g.pence > 0 THEN g.pence ELSE 0 END) AS debit,
        SUM(CASE WHEN g.pence < 0 THEN -g.pence ELSE 0 END) AS credit,
        MAX(g.pence) AS largest_debit, MAX(-g.pence) AS largest_credit
    FROM guarded_line g WHERE g.journal = {journal} GROUP BY g.journal, g.family) w
LEFT JOIN officer_limit d ON d.officer_id = {officer} AND d.kind = 'adjustment_debit'
LEFT JOIN officer_limit k ON k.officer_id = {officer} AND k.kind = 'adjustment_credit'"""


def void(journal: str, reverses: str) -> str:
    """The same of a receipt that is void: somebody else says that the money was given back."""
    return f"""INSERT INTO journal_guard (journal, family, debit_pence, credit_pence, needed)
SELECT {journal}, 'receipt', r.pence, 0, 1 FROM receipt r WHERE r.journal = {reverses}"""


def unapproved(journal: str) -> str:
    """What of a journal needs an approval that it hasn't: none is named, it is of something else, or it is used up.

    Whoever asked doesn't post it either, but for a refund, which was approved account by account.
    """
    by_asker = f"""EXISTS (SELECT 1 FROM approval_event z WHERE z.request_id = j.approval AND z.action IN {_ASKED}
            AND z.login = j.login AND z.login <> '' AND EXISTS (SELECT 1 FROM officer_login))"""
    return f"""SELECT 1 FROM journal_guard g JOIN journal j ON j.number = g.journal
WHERE g.journal = {journal} AND g.needed = 1 AND NOT EXISTS (
    SELECT 1 FROM approval_sound s WHERE s.request_id = j.approval
    AND ((g.family = 'refund' AND s.kind = 'refund')
        OR (s.asked_by <> j.posted_by AND NOT {by_asker} AND (
            (g.family = 'adjustment' AND s.kind IN ('adjustment_debit', 'adjustment_credit',
                'adjustment_reversal_debit', 'adjustment_reversal_credit', 'recharge', 'recharge_credit'))
            OR (g.family = 'write_off' AND s.kind IN ('write_off', 'write_off_outside', 'write_back'))
            OR (g.family = 'suspense' AND s.kind IN ('suspense', 'suspense_back'))
            OR (g.family = 'receipt' AND s.kind = 'receipt_void' AND EXISTS (
                SELECT 1 FROM receipt r WHERE r.id = s.subject_id AND r.journal = j.reverses)))))
    AND NOT EXISTS (SELECT u.family FROM journal_guard u JOIN journal o ON o.number = u.journal
        WHERE o.approval = j.approval AND u.family = g.family
        AND NOT EXISTS (SELECT 1 FROM journal v WHERE v.reverses = o.number)
        GROUP BY u.family
        HAVING SUM(u.debit_pence) > COALESCE(s.total_pence, 0) OR SUM(u.credit_pence) > COALESCE(s.total_pence, 0)))"""
