"""The checks of the refund gate that look at who is paid, where, and what shows it (rules.md 2.9). Pure functions."""

from __future__ import annotations

from app.models.values import DetailState, NameCheck, Payee, Verdict
from app.services.adjustments.refunds import rules
from app.services.adjustments.refunds.dto import PAYEES, Check
from app.services.adjustments.refunds.facts import Facts
from app.services.adjustments.refunds.saying import clear, stop


def payee(facts: Facts) -> Check:
    """In what right the payee is paid: tenant, one of several, agent, executor or somebody else."""
    rights, payee = facts.rights, facts.asked.payee
    who = PAYEES[payee]
    if payee in {Payee.TENANT, Payee.JOINT_TENANT}:
        return _tenant(facts)
    if payee is Payee.AGENT:
        if rights.acts:
            return clear("payee", f"{who}: {', '.join(rights.acts)}.")
        return stop(
            "payee", "Nobody is recorded who may act for the tenant.", "Record their authority with the person."
        )
    if payee is Payee.EXECUTOR:
        if not rights.died:
            return stop("payee", "The tenant chosen isn't recorded as having died.", "Record the death first.")
        todo = "See the will, the grant or a letter of all who inherit, and waive this saying what was seen."
        return stop("payee", "The tenant has died: it is paid to the estate.", todo, may_waive=True)
    todo = "Say what right they have to it, and waive this with that reason."
    return stop("payee", f"{facts.asked.payee_name} is no tenant of this account.", todo, may_waive=True)


def _tenant(facts: Facts) -> Check:
    rights = facts.rights
    if not rights.holds:
        return stop("payee", "The person chosen doesn't hold this tenancy.", "Choose one of its tenants.")
    if rights.died:
        return stop("payee", "The tenant chosen has died.", "Choose the executor as the payee.")
    if rights.tenants == 1:
        return clear("payee", "The only tenant is paid.")
    todo = "See that the bank account is a joint one, or that all tenants have signed, and waive this saying which."
    return stop("payee", f"{rights.tenants} people hold the tenancy, and one is paid.", todo, may_waive=True)


def evidence(facts: Facts) -> Check:
    """A document shows what was asked for."""
    count = facts.asked.evidence
    if count:
        return clear("evidence", "One document is with it." if count == 1 else f"{count} documents are with it.")
    return stop("evidence", "No document shows what was asked for.", "Attach the tenant's request or letter.")


def bank(facts: Facts) -> Check:
    """The bank details are the payee's or the account's, in force, and pass the modulus check."""
    if not rules.needs_bank(facts.asked.method):
        return clear("bank", "It isn't paid to a bank account.")
    bank = facts.bank
    if bank is None:
        return stop("bank", "No bank details are chosen.", "Choose them, or ask the tenant for them.")
    if not facts.bank_is_theirs:
        said = f"The {bank.masked.words} was kept for somebody else than {facts.asked.payee_name}."
        return stop("bank", said, "Choose the payee's own details, or ask for them.")
    if bank.state is DetailState.PROPOSED:
        return stop("bank", f"The {bank.masked.words} waits for a second officer.", "Have that request answered.")
    if bank.state is not DetailState.IN_FORCE:
        return stop("bank", f"The {bank.masked.words} isn't used any more.", "Choose the details in force.")
    if bank.verdict is Verdict.INVALID:
        said = f"The {bank.masked.words} doesn't fit its sort code by the weight table, which was old."
        todo = "Compare both with a bank statement and waive this saying so, or ask for the number again."
        return stop("bank", said, todo, may_waive=True)
    passed = (
        "passes the modulus check" if bank.verdict is Verdict.VALID else "is of the right form; no rule says more of it"
    )
    return clear("bank", f"The {bank.masked.words} {passed}.")


def name(facts: Facts) -> Check:
    """The name on the bank account was proved: Confirmation of Payee, or a bank statement."""
    if not rules.needs_bank(facts.asked.method):
        return clear("name", "It isn't paid to a bank account.")
    if facts.bank is None:
        return clear("name", "It is checked with the bank details.")
    match facts.name_check:
        case NameCheck.MATCH:
            return clear("name", f"The bank has the name {facts.bank.payee_name}.")
        case NameCheck.STATEMENT:
            return clear("name", f"A bank statement shows the name {facts.bank.payee_name}.")
        case NameCheck.CLOSE_MATCH:
            said = f"The bank has another name than {facts.bank.payee_name}: {facts.bank.check_note}."
            return stop("name", said, "Ask the tenant, and waive this with the answer.", may_waive=True)
        case NameCheck.NO_MATCH:
            said = f"The bank doesn't know the name {facts.bank.payee_name} on that account."
            return stop("name", said, "Ask for the bank details again.")
        case _:
            todo = "Ask for Confirmation of Payee, or see a bank statement, and record the result."
            return stop("name", "The name on the bank account isn't checked.", todo)


def new_details(facts: Facts) -> Check:
    """Something was paid to the bank account before, and nobody else has it."""
    bank = facts.bank
    if bank is None or not rules.needs_bank(facts.asked.method):
        return clear("new_details", "No bank details are chosen that could be new.")
    said = [f"Nothing was ever paid to the {bank.masked.words}."] if bank.is_new else []
    if bank.elsewhere:
        others = "another payee has" if bank.elsewhere == 1 else f"{bank.elsewhere} other payees have"
        said.append(f"{others[0].upper()}{others[1:]} the same bank account.")
    if not said:
        return clear("new_details", f"The {bank.masked.words} was paid before.")
    todo = "Ring the tenant on the number that was known before, and waive this saying so."
    return stop("new_details", " ".join(said), todo, may_waive=True)


def same(facts: Facts) -> Check:
    """No earlier refund is like it."""
    if not facts.same:
        return clear("same", "No refund of the last months is like it.")
    todo = "Look at it, and waive this saying why it isn't the same again."
    return stop("same", " ".join(facts.same), todo, may_waive=True)
