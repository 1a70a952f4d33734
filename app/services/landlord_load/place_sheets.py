"""The sheets on places and people: properties, people, tenancies."""

from __future__ import annotations

from typing import Final

from app.services.imports.dto import Column, Kind, Layout
from app.services.landlord_load import words
from app.services.landlord_load.columns import ACCOUNT_NUMBERS, REF, TENANCY

PROPERTIES: Final = Layout(
    "Properties",
    (
        Column(
            "property_ref",
            Kind.CODE,
            required=True,
            length=REF,
            synonyms=(
                "property",
                "property reference",
                "property no",
                "property number",
                "prop ref",
                "propref",
                "asset ref",
            ),
            note="Your own reference of the property.",
            example=("P0001", "G0001"),
        ),
        Column(
            "uprn", Kind.CODE, length=12, synonyms=("uprn number",), note="Up to 12 digits.", example=("100000000001",)
        ),
        Column(
            "type",
            Kind.CHOICE,
            words=words.TYPES,
            synonyms=("property type", "prop type", "asset type"),
            note="Blank means dwelling.",
            example=("dwelling", "garage"),
        ),
        Column(
            "address_1",
            required=True,
            length=120,
            synonyms=("address", "address line 1", "addr1", "address1", "street", "line 1"),
            note="House or garage number and street.",
            example=("1 Example Road", "Garage 7, Example Court"),
        ),
        Column("address_2", length=120, synonyms=("address line 2", "addr2", "line 2", "locality", "district")),
        Column(
            "town",
            length=80,
            synonyms=("city", "address line 3", "address 3", "post town"),
            example=("Exampleton",) * 2,
        ),
        Column("postcode", length=10, synonyms=("post code", "zip", "pcode"), example=("ZZ1 1AA", "ZZ1 1AB")),
        Column(
            "bedrooms",
            Kind.COUNT,
            synonyms=("beds", "no of bedrooms", "number of bedrooms", "bed size"),
            example=("2",),
        ),
        Column(
            "area",
            length=60,
            synonyms=("estate", "patch", "ward", "neighbourhood", "housing area"),
            example=("North",) * 2,
        ),
        Column(
            "rent_group",
            length=80,
            synonyms=("rentgroup", "rent grp", "group"),
            note="Properties charged alike: one fund, one list of free weeks. A new name makes a new group.",
            example=("Housing", "Garages"),
        ),
        Column(
            "linked_tenancy",
            Kind.CODE,
            length=REF,
            synonyms=("linked tenancy ref", "dwelling tenancy", "linked tenancy reference"),
            note="Of a garage: the dwelling tenancy of the same tenant, which decides VAT.",
            example=("", "T00001"),
        ),
        Column(
            "near_dwelling",
            Kind.YES_NO,
            synonyms=("near the dwelling", "near home", "neardwelling", "adjacent"),
            note="Of a garage: yes if it is near that dwelling.",
            example=("", "yes"),
        ),
    ),
    synonyms=("property", "props", "assets", "stock", "units"),
    note="Everything that is or can be let, occupied or empty.",
)
PEOPLE: Final = Layout(
    "People",
    (
        Column(
            "person_ref",
            Kind.CODE,
            required=True,
            length=REF,
            synonyms=(
                "person",
                "person reference",
                "person no",
                "person id",
                "customer ref",
                "tenant ref",
                "contact ref",
            ),
            example=("H00001", "H00002"),
        ),
        Column("title", length=20, synonyms=("salutation", "prefix"), example=("Ms", "Mr")),
        Column(
            "first_name",
            length=80,
            synonyms=("forename", "first names", "forenames", "given name", "christian name"),
            example=("Ann", "Bob"),
        ),
        Column(
            "last_name",
            required=True,
            length=80,
            synonyms=("surname", "family name", "lastname"),
            note="The family name, or the name of an organisation.",
            example=("Example", "Sample"),
        ),
        Column(
            "date_of_birth",
            Kind.BIRTH_DATE,
            synonyms=("dob", "birth date", "d o b", "born"),
            note="With a year of four digits.",
            example=("01/04/1962",),
        ),
        Column("email", length=254, synonyms=("e mail", "email address"), example=("ann@example.org",)),
        Column(
            "mobile",
            length=30,
            synonyms=("mobile phone", "mobile no", "mobile number", "cell"),
            example=("07700 900001",),
        ),
        Column("phone", length=30, synonyms=("telephone", "home phone", "landline", "tel"), extra=True),
        Column("language", length=40, synonyms=("preferred language",), note="Where it isn't English.", extra=True),
        Column("format_need", Kind.CHOICE, words=words.FORMATS, synonyms=("format", "preferred format"), extra=True),
        Column("do_not_contact", Kind.YES_NO, synonyms=("no contact",), extra=True),
    ),
    synonyms=("person", "persons", "tenants", "customers", "contacts"),
    note="Tenants, joint tenants and leaseholders, each once.",
)
TENANCIES: Final = Layout(
    "Tenancies",
    (
        Column(
            "tenancy_ref",
            Kind.CODE,
            required=True,
            length=REF,
            synonyms=TENANCY.synonyms,
            note="Your own reference of the tenancy.",
            example=("T00001", "T00002"),
        ),
        Column(
            "property_ref",
            Kind.CODE,
            required=True,
            length=REF,
            synonyms=PROPERTIES.columns[0].synonyms,
            example=("P0001", "G0001"),
        ),
        Column(
            "tenure",
            Kind.CHOICE,
            required=True,
            words=words.TENURES,
            synonyms=("tenancy type", "tenure type"),
            example=("secure", "garage"),
        ),
        Column(
            "start_date",
            Kind.DATE,
            required=True,
            synonyms=("start", "tenancy start", "tenancy start date", "commencement date", "commenced", "from"),
            example=("06/04/2020", "07/09/2026"),
        ),
        Column(
            "end_date",
            Kind.DATE,
            synonyms=("end", "tenancy end", "tenancy end date", "termination date", "terminated", "to"),
            note="The last day of the tenancy; blank means live.",
        ),
        Column(
            "payment_reference",
            Kind.CODE,
            length=REF,
            synonyms=("payment ref", "pay ref", "payment no", "payment number", "rent ref", *ACCOUNT_NUMBERS),
            may_look_like_card=True,
            note="Kept exactly as it is. Blank: one is made.",
            example=("1000000017", "1000000025"),
        ),
        Column(
            "payment_method",
            Kind.CHOICE,
            words=words.PAYMENT_METHODS,
            synonyms=("pay method", "method of payment", "method", "paymethod"),
            example=("direct_debit", "cash"),
        ),
        Column(
            "people",
            Kind.CODES,
            required=True,
            length=REF,
            synonyms=("person refs", "person_refs", "tenants", "tenant refs", "joint tenants", "person ref", "person"),
            note="References of people, parted by ; with the one named first at the front.",
            example=("H00001;H00002", "H00001"),
        ),
    ),
    synonyms=("tenancy", "lettings", "agreements"),
    note="Live tenancies, and ended ones that still owe or are owed.",
)
