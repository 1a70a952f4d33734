"""What a sheet finds as an officer types: properties to let, people who are there, and somebody new."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.services.people.dto import Match
from app.services.people.matching import likely
from app.services.rent.rules import full_name
from app.services.tenancies.starting import queries
from app.services.tenancies.starting.dto import LetProperty, NewTenant
from app.views.common import formats
from app.views.common.effects import WorkSheet
from app.views.common.fields_pickers import Picked
from app.views.common.office import Office
from app.views.common.tasks import Task
from app.views.rent.starting.person import NewPersonSheet
from app.views.rent.starting.tenants import TenantsField


class Finder:
    """Looks for what is typed, off the GUI thread, and hands it on to the fields of a sheet.

    Attributes:
        sheet: it; set once it is made, before anything is typed.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._alike: Task | None = None
        self.sheet: WorkSheet

    def properties(self, text: str, then: Callable[[Sequence[Picked]], None]) -> None:
        """Properties by what is typed, each with who has it."""

        def show(found: Sequence[LetProperty]) -> None:
            then([Picked(each.property_id, each.address, f"{each.reference}  {each.standing}") for each in found])

        self._office.ask(self.sheet, queries.find_properties, text, then=show, refused=self.sheet.show_error)

    def people(self, text: str, then: Callable[[Sequence[Picked]], None]) -> None:
        """People by what is typed, each with where they live."""

        def show(found: Sequence[Match]) -> None:
            then([Picked(each.person_id, each.name, _facts(each)) for each in found])

        self._office.ask(self.sheet, queries.find_people, text, then=show, refused=self.sheet.show_error)

    def add_to(self, tenants: TenantsField) -> None:
        """Let the field name somebody new, once those who are alike have been looked at."""
        tenants.new_wanted.connect(lambda typed: self._add_person(tenants, typed))

    def _add_person(self, tenants: TenantsField, typed: str) -> None:
        sheet = NewPersonSheet(self.sheet, self._office.desk.clock.today, typed)

        def look(tenant: NewTenant) -> None:
            phone = tenant.mobile or tenant.phone
            self._alike = self._office.ask(
                sheet,
                likely,
                tenant.first_name,
                tenant.last_name,
                tenant.date_of_birth,
                phone,
                tenant.email,
                "",
                then=sheet.show_alike,
                refused=sheet.show_error,
                instead_of=self._alike,
            )

        def take(match: Match) -> None:
            _name(tenants, NewTenant(person_id=match.person_id), match.name, _facts(match))

        def make(tenant: NewTenant) -> None:
            born = f"born {formats.day(tenant.date_of_birth)}" if tenant.date_of_birth else ""
            reached = tenant.mobile or tenant.phone or tenant.email
            detail = ", ".join(part for part in ("New", born, reached) if part)
            _name(tenants, tenant, full_name(tenant.title, tenant.first_name, tenant.last_name), detail)

        sheet.alike_wanted.connect(look)
        sheet.chosen.connect(take)
        sheet.made.connect(make)
        sheet.open()


def _name(tenants: TenantsField, tenant: NewTenant, words: str, detail: str) -> None:
    tenants.picker.set_value(None)
    tenants.add(tenant, words, detail)
    tenants.picker.setFocus()


def _facts(match: Match) -> str:
    born = f"born {formats.day(match.date_of_birth)}" if match.date_of_birth else ""
    return "  ".join(part for part in (match.reference, born, match.address) if part)
