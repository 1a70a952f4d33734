"""A file in which a garage's property still said which home it goes with: each letting says it afterwards, and nothing is lost."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.services.core import database as databases
from app.services.core import schema
from app.services.core.session import Database

PROPERTY = (
    "INSERT INTO property (id, ref, type, address_1, address_2, town, postcode, area, rent_group_id, linked_tenancy_id, "
    "near_dwelling, version) VALUES (:id, :ref, :type, :address, '', '', '', '', 1, NULL, :near, 3)"
)
TENANCY = (
    "INSERT INTO tenancy (id, ref, ref_key, property_id, tenure, start_on, end_on, payment_method, version) "
    "VALUES (:id, :ref, :ref, :place, :tenure, :start, :end, 'cash', 1)"
)


def build(session):
    """Home 1 of person 1; garage 2 near it, let to person 2, then twice to person 1; garage 3 that goes with none."""
    schema.migrate(session, "0017")
    run = session.execute
    run(text("INSERT INTO rent_group (id, code, name, fund, version) VALUES (1, 'GEN', 'General', 'hra', 1)"))
    for number in (1, 2):
        run(
            text(
                "INSERT INTO person (id, ref, title, first_name, last_name, email, mobile, phone, language, format_need, "
                "do_not_contact, contact_note, version) VALUES (:id, :ref, '', 'Alex', 'Sample', '', '', '', '', 'standard', "
                "0, '', 1)"
            ),
            {"id": number, "ref": f"N{number}"},
        )
    for number, ref, kind, near in ((1, "P1", "dwelling", 0), (2, "G2", "garage", 1), (3, "G3", "garage", 0)):
        run(text(PROPERTY), {"id": number, "ref": ref, "type": kind, "address": f"{number} Sample Close", "near": near})
    for number, place, tenure, start, end, person in (
        (1, 1, "secure", "2020-04-06", None, 1),
        (2, 2, "garage", "2019-04-01", "2021-03-28", 2),
        (3, 2, "garage", "2021-04-05", "2022-04-03", 1),
        (4, 2, "garage", "2022-04-04", None, 1),
        (5, 3, "garage", "2022-04-04", None, 1),
    ):
        row = {"id": number, "ref": f"T{number}", "place": place, "tenure": tenure, "start": start, "end": end}
        run(text(TENANCY), row)
        run(
            text("INSERT INTO tenant (tenancy_id, person_id, position) VALUES (:id, :who, 1)"),
            {"id": number, "who": person},
        )
    run(text("UPDATE property SET linked_tenancy_id = 1 WHERE id = 2"))
    schema.migrate(session)


def test_each_letting_of_the_same_people_goes_with_the_home(tmp_path):
    database = Database(databases.database_url(tmp_path / "older.db"))
    database.transact(build)

    def rows(statement):
        return database.read(lambda session: [tuple(row) for row in session.execute(text(statement))])

    assert rows("SELECT tenancy_id, home_id, near FROM garage_home ORDER BY tenancy_id") == [(3, 1, 1), (4, 1, 1)]
    assert rows("SELECT id, ref, type, address_1, version FROM property ORDER BY id") == [
        (1, "P1", "dwelling", "1 Sample Close", 3),
        (2, "G2", "garage", "2 Sample Close", 3),
        (3, "G3", "garage", "3 Sample Close", 3),
    ]
    assert rows("PRAGMA foreign_key_check") == []
    with pytest.raises(IntegrityError):
        database.transact(lambda session: session.execute(text("DELETE FROM property WHERE id = 1")))
    database.close()
