"""A prepared load into the database: set-based, in the order that foreign keys ask for, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Table as SqlTable
from sqlalchemy import bindparam, insert, select, update

from app.models.accounts import Account
from app.models.arrangements import Arrangement
from app.models.charges import Charge
from app.models.diary import Note
from app.models.holds import Flag
from app.models.imports import LoadLine
from app.models.landlord import Landlord
from app.models.people import Person, Tenant
from app.models.properties import Property, RentGroup
from app.models.tenancies import GarageHome, Tenancy
from app.models.values import FormatNeed, Fund, PaymentMethod, PropertyType
from app.services.core import audit
from app.services.core.chunks import in_chunks
from app.services.core.context import Context
from app.services.imports.dto import Table
from app.services.imports.values import fold
from app.services.landlord_load import extras
from app.services.landlord_load.dto import AccountKey
from app.services.landlord_load.preparing import Prepared
from app.services.landlord_load.rows import CHUNK, RowDicts, chunked, row_dicts
from app.services.landlord_load.rules.accounts import UNGROUPED
from app.services.landlord_load.rules.charging import plan_charges
from app.services.landlord_load.rules.places import garage_homes, is_email
from app.services.landlord_load.rules.sheet import key, keys
from app.services.rent.references import new_reference


class Writer:
    """Writes one load. `accounts` says afterwards which account each key is."""

    def __init__(self, ctx: Context, prepared: Prepared, load_id: int) -> None:
        self._ctx = ctx
        self._prepared = prepared
        self._tables = prepared.tables
        self._load_id = load_id
        self._groups: dict[str, tuple[int, Fund]] = {
            name: (group.id, group.fund) for name, group in prepared.known.groups.items()
        }
        self._properties = {place: fact.id for place, fact in prepared.known.properties.items()}
        self._group_of = {place: fact.rent_group_id for place, fact in prepared.known.properties.items()}
        self._people = {place: fact.id for place, fact in prepared.known.people.items()}
        self._tenancies = {place: fact.id for place, fact in prepared.known.tenancies.items()}
        self.accounts: dict[AccountKey, int] = {place: fact.id for place, fact in prepared.known.accounts.items()}

    def write(self) -> None:
        """Everything but the ledger."""
        self._write_groups()
        self._write_properties()
        self._write_people()
        self._write_tenancies()
        self._write_accounts()
        self._write_charges()
        self._write_extras()
        self._write_lines()

    def _write_groups(self) -> None:
        for folded, group in self._prepared.groups.items():
            row = RentGroup(code=group.code, name=group.name, fund=group.fund)
            self._ctx.session.add(row)
            self._ctx.session.flush()
            self._groups[folded] = row.id, group.fund

    def _write_properties(self) -> None:
        table = self._tables.get("Properties")
        if table is None:
            return
        groups = [self._groups[fold(name or UNGROUPED)][0] for name in table.columns["rent_group"]]
        self._insert(
            Property,
            (
                {
                    "ref": row["property_ref"],
                    "uprn": row["uprn"],
                    "type": row["type"] or PropertyType.DWELLING,
                    "address_1": row["address_1"],
                    "address_2": row["address_2"] or "",
                    "town": row["town"] or "",
                    "postcode": (row["postcode"] or "").upper(),
                    "bedrooms": row["bedrooms"],
                    "area": row["area"] or "",
                    "rent_group_id": group,
                    "load_id": self._load_id,
                }
                for row, group in zip(row_dicts(table), groups, strict=True)
            ),
        )
        self._properties |= self._ids(Property)
        self._group_of |= zip(map(key, table.columns["property_ref"]), groups, strict=True)

    def _write_people(self) -> None:
        table = self._tables.get("People")
        if table is None:
            return
        self._insert(
            Person,
            (
                {
                    "ref": row["person_ref"],
                    "title": row["title"] or "",
                    "first_name": row["first_name"] or "",
                    "last_name": row["last_name"],
                    "date_of_birth": row["date_of_birth"],
                    "email": row["email"] if row["email"] and is_email(row["email"]) else "",
                    "mobile": row["mobile"] or "",
                    "phone": row["phone"] or "",
                    "language": row["language"] or "",
                    "format_need": row["format_need"] or FormatNeed.STANDARD,
                    "do_not_contact": row["do_not_contact"] or False,
                    "contact_note": "",
                    "load_id": self._load_id,
                }
                for row in row_dicts(table)
            ),
        )
        self._people |= self._ids(Person)

    def _write_tenancies(self) -> None:
        table = self._tables.get("Tenancies")
        if table is not None:
            homes = keys(table, "property_ref")
            self._insert(
                Tenancy,
                (
                    {
                        "ref": row["tenancy_ref"],
                        "ref_key": key(row["tenancy_ref"]),
                        "property_id": self._properties[home or ""],
                        "tenure": row["tenure"],
                        "start_on": row["start_date"],
                        "end_on": row["end_date"],
                        "payment_method": row["payment_method"] or PaymentMethod.OTHER,
                        "load_id": self._load_id,
                    }
                    for row, home in zip(row_dicts(table), homes, strict=True)
                ),
            )
            self._tenancies |= self._ids(Tenancy)
            self._insert(Tenant, self._tenants(table))
        self._link_garages()

    def _tenants(self, table: Table) -> Iterator[dict[str, Any]]:
        for place, people in zip(keys(table, "tenancy_ref"), table.columns["people"], strict=True):
            for position, person in enumerate(dict.fromkeys(key(person) for person in people), 1):
                tenancy = self._tenancies[place or ""]
                yield {"tenancy_id": tenancy, "person_id": self._people[person], "position": position}

    def _link_garages(self) -> None:
        self._insert(
            GarageHome,
            (
                {"tenancy_id": self._tenancies[letting], "home_id": self._tenancies[home], "near": near}
                for letting, home, near in garage_homes(self._tables, self._prepared.lettings)
            ),
        )

    def _write_accounts(self) -> None:
        funds = dict(self._groups.values())
        homes = self._prepared.lettings.homes
        groups = {account: self._group_of[homes[account[0]]] for account in self._prepared.accounts}
        self._insert(
            Account,
            (
                {
                    "kind": new.kind,
                    "tenancy_id": self._tenancies[new.tenancy],
                    "rent_group_id": groups[account],
                    "fund": funds[groups[account]],
                    "payment_reference": new.reference,
                    "reference_key": new.reference and key(new.reference),
                    "name": new.name,
                    "control_key": None,
                    "ledger_code": None,
                    "opened_on": new.opened_on,
                    "closed_on": new.closed_on,
                    "balance_pence": 0,
                }
                for account, new in self._prepared.accounts.items()
            ),
        )
        places = {tenancy_id: place for place, tenancy_id in self._tenancies.items()}
        statement = select(Account.id, Account.tenancy_id, Account.kind).where(Account.tenancy_id.is_not(None))
        for row in self._ctx.session.execute(statement):
            self.accounts.setdefault((places[row.tenancy_id], row.kind), row.id)
        self._make_references()

    def _make_references(self) -> None:
        scheme = self._ctx.session.scalar(select(Landlord.reference_scheme)) or "mod11"
        taken = self._prepared.known.references.keys() | {
            key(new.reference) for new in self._prepared.accounts.values() if new.reference
        }
        made = [
            {"row_id": self.accounts[account], "reference": new_reference(scheme, self.accounts[account], taken)}
            for account, new in self._prepared.accounts.items()
            if new.reference is None
        ]
        target: SqlTable = Account.__table__  # type: ignore[assignment]
        statement = update(target).where(target.c.id == bindparam("row_id"))
        values: dict[str, Any] = dict.fromkeys(("payment_reference", "reference_key"), bindparam("reference"))
        self._run(statement.values(values), made)

    def _write_charges(self) -> None:
        table = self._tables.get("Charges")
        if table is None:
            return
        known = self._prepared.known
        new, ended = plan_charges(table, known, self._prepared.lettings, self.accounts)
        target: SqlTable = Charge.__table__  # type: ignore[assignment]
        statement = update(target).where(target.c.id == bindparam("row_id"))
        values = {"to_on": bindparam("end"), "version": target.c.version + 1}
        self._run(statement.values(values), [{"row_id": charge.id, "end": charge.to_on} for charge in ended])
        self._insert(
            Charge,
            (
                {
                    "account_id": self.accounts[charge.account],
                    "code": charge.code,
                    "amount_pence": charge.amount_pence,
                    "from_on": charge.from_on,
                    "to_on": charge.to_on,
                    "load_id": self._load_id,
                }
                for charge in new
            ),
        )

    def _write_extras(self) -> None:
        lettings, officer, today = self._prepared.lettings, self._ctx.officer.id, self._ctx.clock.today()
        for name, model, make in (
            ("Arrangements", Arrangement, extras.arrangement),
            ("Flags", Flag, lambda row: extras.flag(row, today)),
            ("Notes", Note, lambda row: extras.note(row, officer)),
        ):
            table = self._tables.get(name)
            if table is None:
                continue
            places = keys(table, "tenancy_ref")
            words = table.columns.get("account", [None] * len(table))
            accounts = [
                self.accounts[place or "", lettings.kind(place or "", word)]
                for place, word in zip(places, words, strict=True)
            ]
            rows = zip(row_dicts(table), accounts, strict=True)
            about = "subject_id" if model is Note else "account_id"
            self._insert(model, ({**make(row), about: at, "load_id": self._load_id} for row, at in rows))

    def _write_lines(self) -> None:
        lines = sorted((*line, sheet) for sheet, found in self._prepared.prints.items() for line in found)
        self._insert(
            LoadLine,
            (
                {"fingerprint": print_, "occurrence": time_, "sheet": sheet, "load_id": self._load_id}
                for print_, time_, sheet in lines
            ),
            audited=False,
        )

    def _insert(self, model: Any, rows: RowDicts, *, audited: bool = True) -> None:
        """Insert rows a few thousand at a time, with one audit entry for them all."""
        table: SqlTable = model.__table__
        count = 0
        for chunk in chunked(rows):
            self._ctx.cancel.check()
            self._ctx.session.execute(insert(table), chunk)
            count += len(chunk)
            self._ctx.progress(count, 0, f"Writing {table.name.replace('_', ' ')}")
        if count and audited:
            audit.record_bulk(self._ctx, table.name, "insert", rows=count, load=self._load_id)

    def _run(self, statement: Any, rows: Sequence[dict[str, Any]]) -> None:
        for chunk in in_chunks(rows, CHUNK):
            self._ctx.session.connection().execute(statement, list(chunk))

    def _ids(self, model: Any) -> dict[str, int]:
        statement = select(model.ref, model.id).where(model.load_id == self._load_id)
        return {key(row.ref): row.id for row in self._ctx.session.execute(statement)}
