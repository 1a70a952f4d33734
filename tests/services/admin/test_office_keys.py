"""A new key by two officers, and everything sealed anew with it; what stays under an old key is said."""

import pytest
from sqlalchemy import select

from app.models.audit import AuditEntry
from app.models.db import Base
from app.models.landlord import Setting
from app.models.post_log import PostMailbox
from app.models.values import MailboxKind
from app.services.admin import office_keys
from app.services.approvals.commands import approve
from app.services.bacs import sealing
from app.services.core import keys, sealed
from app.services.core.errors import UserError
from app.services.core.session import Desk
from app.services.direct_debits.mandates.keeping import banks
from app.services.direct_debits.returns import reading
from app.services.documents import safe
from app.services.post_log.mailboxes import queries as mailboxes
from app.services.purchase_orders.suppliers.bank import keeping as suppliers
from app.services.reception_payments.bank import accounts
from app.services.reception_payments.visits.incidents import commands as incidents
from app.services.signing import keeping as signing
from tests.prepared import prepared

ABOUT = {
    "bank_detail": sealing.about,
    "mandate_bank": banks.about,
    "bank_report_item": reading.item_about,
    "supplier_bank": suppliers.about,
    "council_bank": accounts._about,
    "signing_certificate": signing.sealed_for,
    "visit_incident": incidents._about,
    "post_mailbox": mailboxes.about,
}
STAYS = {("document", "content"), ("signing_certificate", "content"), ("modulus_table", "content"), ("draft", "sealed")}


@pytest.fixture(autouse=True)
def _read_afresh():
    keys.forget()
    yield
    keys.forget()


@prepared
def manager(colleague):
    """The administrator of an office of three; `colleague`, a team leader, approves."""
    return Desk.sit_down(colleague.database, "manager", colleague.clock)


@pytest.fixture
def sealing_office(manager):
    """Five mailboxes with passwords, the key of a provider, and a kept file."""

    def fill(ctx):
        key = keys.current(ctx)
        for number in range(1, 6):
            ctx.session.add(
                PostMailbox(name=f"Box {number}", kind=MailboxKind.IMAP, address=f"box{number}@council.example")
            )
        ctx.session.flush()
        for row in ctx.session.scalars(select(PostMailbox)):
            row.sealed = key.seal(f"password {row.id}".encode(), mailboxes.about(row.id))
        ctx.session.add(Setting(key="notify.key", value=key.seal(b"made up", "notify.key").hex()))
        return safe.keep(ctx, "debit_run:1", b"the file", "application/octet-stream"), key.key_id

    return manager.do(fill)


def passwords(desk):
    def opened(ctx):
        rows = ctx.session.execute(select(PostMailbox.id, PostMailbox.sealed)).all()
        return [
            keys.unseal(ctx.session, value, mailboxes.about(row_id)).decode() == f"password {row_id}"
            for row_id, value in rows
        ], {keys.key_named(value) for _, value in rows}

    return desk.ask(opened)


def new_key(manager, colleague):
    asked = manager.do(office_keys.ask_new, "An officer who had it has left")
    assert colleague.do(approve, [asked.request_id]).done == (asked.request_id,)
    return manager.do(office_keys.make_new).key_id


@pytest.mark.parametrize("place", sealed.PLACES, ids=lambda place: place.table)
def test_every_place_seals_about_its_table_and_number(place):
    assert ABOUT[place.table](7) == f"{place.table}:7"


def test_every_column_of_bytes_is_renewed_or_known_to_stay():
    columns = {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.c
        if column.type.python_type is bytes
    }
    assert columns - STAYS == {(place.table, place.column) for place in sealed.PLACES}


def test_a_new_key_takes_two_officers(manager, colleague):
    with pytest.raises(UserError, match="No second officer has agreed"):
        manager.do(office_keys.make_new)
    asked = manager.do(office_keys.ask_new, "Lost laptop")
    with pytest.raises(UserError, match="asked for already"):
        manager.do(office_keys.ask_new, "Once more")
    with pytest.raises(UserError, match="Nobody decides on what they asked for"):
        manager.do(approve, [asked.request_id])
    assert manager.ask(office_keys.page).request == asked.request_id
    colleague.do(approve, [asked.request_id])
    assert manager.ask(office_keys.page).allowed
    made = manager.do(office_keys.make_new).key_id
    page = manager.ask(office_keys.page)
    assert (page.rows[0].key_id, page.rows[0].newest, page.allowed) == (made, True, False)
    with pytest.raises(UserError, match="No second officer has agreed"):
        manager.do(office_keys.make_new)


def test_everything_is_sealed_anew_but_kept_files(manager, colleague, sealing_office):
    _, before = sealing_office
    after = new_key(manager, colleague)
    assert manager.ask(office_keys.page).rows[1].to_renew == 6
    assert office_keys.renew(manager).count == 6
    assert passwords(manager) == ([True] * 5, {after})
    newest, old = manager.ask(office_keys.page).rows
    assert dict(newest.seals) == {"Passwords of mailboxes": 5, "Keys of other services": 1}
    assert (old.key_id, dict(old.seals), old.to_renew) == (before, {"Kept files": 1}, 0)
    told = manager.ask(lambda ctx: ctx.session.scalars(select(AuditEntry.action)).all())
    assert {"made", "renewed"} <= set(told)


def test_what_was_cut_off_goes_on_where_it_was(manager, colleague, sealing_office, monkeypatch):
    after = new_key(manager, colleague)
    monkeypatch.setattr(office_keys, "_AT_ONCE", 2)
    place = next(each for each in sealed.PLACES if each.table == "post_mailbox")
    assert manager.do(office_keys.renew_some, place, 0) == sealed.Portion(2, 2)
    assert len(passwords(manager)[1]) == 2
    assert office_keys.renew(manager).count == 4
    assert passwords(manager) == ([True] * 5, {after})
    assert office_keys.renew(manager).count == 0


def test_what_was_altered_keeps_nothing_else_from_being_sealed_anew(manager, colleague, sealing_office):
    after = new_key(manager, colleague)

    def alter(ctx):
        first, second = ctx.session.scalars(select(PostMailbox).order_by(PostMailbox.id).limit(2))
        first.sealed, second.sealed = first.sealed[:-1] + bytes([first.sealed[-1] ^ 1]), b"never sealed"

    manager.do(alter)
    done = office_keys.renew(manager)
    assert (done.count, done.shut) == (4, (("Passwords of mailboxes", (1, 2)),))
    assert done.told.endswith("2 could not be opened, since they were altered: Passwords of mailboxes (1, 2).")
    held = dict(manager.ask(office_keys.page).rows[0].seals)
    assert held == {"Passwords of mailboxes": 3, "Keys of other services": 1}
    assert after == manager.ask(office_keys.page).rows[0].key_id


def test_a_desk_without_the_old_key_changes_nothing(manager, colleague, sealing_office, tmp_path):
    _, before = sealing_office
    after = new_key(manager, colleague)
    (tmp_path / "home" / "xdg_config_home" / "Rentbook" / "keys" / f"{before}.key").unlink()
    keys.forget()
    with pytest.raises(UserError, match="isn't kept at this desk"):
        office_keys.renew(manager)
    rows = {row.key_id: row for row in manager.ask(office_keys.page).rows}
    assert (rows[before].here, rows[before].to_renew, rows[after].seals) == (False, 6, ())


def test_each_key_goes_to_another_desk_by_its_own_file(manager, colleague, sealing_office, tmp_path):
    _, before = sealing_office
    new_key(manager, colleague)
    text = manager.do(keys.export_key, "four plain made-up words", before)
    (tmp_path / "home" / "xdg_config_home" / "Rentbook" / "keys" / f"{before}.key").unlink()
    keys.forget()
    assert manager.ask(keys.import_key, text, "four plain made-up words") == before
    assert office_keys.renew(manager).count == 6
