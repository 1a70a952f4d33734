"""Which homes a letting of a garage goes with: kept with the letting, no longer with the property."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_LINK = "linked_tenancy_id"
_NEAR = "near_dwelling"


def upgrade() -> None:
    _garage_home()
    _carry_over()
    if op.get_bind().dialect.name == "sqlite":
        _make_property_anew()
    else:
        op.drop_index("ix_property_linked_tenancy_id", "property")
        op.drop_constraint("fk_property_linked_tenancy_id_tenancy", "property", type_="foreignkey")
        op.drop_column("property", _LINK)
        op.drop_column("property", _NEAR)


def _garage_home() -> None:
    op.create_table(
        "garage_home",
        sa.Column("tenancy_id", ID, nullable=False),
        sa.Column("home_id", ID, nullable=False),
        sa.Column("near", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["home_id"], ["tenancy.id"], name=op.f("fk_garage_home_home_id_tenancy")),
        sa.ForeignKeyConstraint(["tenancy_id"], ["tenancy.id"], name=op.f("fk_garage_home_tenancy_id_tenancy")),
        sa.PrimaryKeyConstraint("tenancy_id", "home_id", name=op.f("pk_garage_home")),
    )
    op.create_index(op.f("ix_garage_home_home_id"), "garage_home", ["home_id"])


def _carry_over() -> None:
    """The last letting of a garage, and earlier ones of the same people, go with the home that the garage went with.

    No other letting was without VAT because of it, so every week is charged as it would have been before.
    """
    op.execute(
        "INSERT INTO garage_home (tenancy_id, home_id, near) "
        "SELECT tenancy.id, property.linked_tenancy_id, property.near_dwelling FROM tenancy "
        "JOIN property ON property.id = tenancy.property_id "
        "WHERE property.linked_tenancy_id IS NOT NULL AND property.type <> 'dwelling' AND ("
        "EXISTS (SELECT 1 FROM tenant AS mine JOIN tenant AS theirs ON theirs.person_id = mine.person_id "
        "WHERE mine.tenancy_id = tenancy.id AND theirs.tenancy_id = property.linked_tenancy_id) "
        "OR NOT EXISTS (SELECT 1 FROM tenancy AS later WHERE later.property_id = tenancy.property_id "
        "AND later.start_on > tenancy.start_on))"
    )


def _make_property_anew() -> None:
    """SQLite drops no column that a foreign key names, and puts no other table in the place of one that others point to.

    So the rows wait in a table of their own while theirs is made without the columns. Until they are back, what points to
    them points nowhere; SQLite looks at that when the transaction ends.
    """
    op.execute("PRAGMA defer_foreign_keys = ON")
    op.execute(
        "CREATE TABLE property_kept AS SELECT id, ref, uprn, type, address_1, address_2, town, postcode, bedrooms, area, "
        "rent_group_id, load_id, version FROM property"
    )
    op.drop_table("property")
    _property()
    op.execute(
        "INSERT INTO property (id, ref, uprn, type, address_1, address_2, town, postcode, bedrooms, area, "
        "rent_group_id, load_id, version) SELECT * FROM property_kept ORDER BY id"
    )
    op.drop_table("property_kept")


def _property() -> None:
    op.create_table(
        "property",
        sa.Column("id", ID, nullable=False),
        sa.Column("ref", sa.Unicode(length=40), nullable=False),
        sa.Column("uprn", sa.Unicode(length=12), nullable=True),
        sa.Column("type", sa.Unicode(length=20), nullable=False),
        sa.Column("address_1", sa.Unicode(length=120), nullable=False),
        sa.Column("address_2", sa.Unicode(length=120), nullable=False),
        sa.Column("town", sa.Unicode(length=80), nullable=False),
        sa.Column("postcode", sa.Unicode(length=10), nullable=False),
        sa.Column("bedrooms", sa.Integer(), nullable=True),
        sa.Column("area", sa.Unicode(length=60), nullable=False),
        sa.Column("rent_group_id", ID, nullable=False),
        sa.Column("load_id", ID, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["load_id"], ["load_batch.id"], name=op.f("fk_property_load_id_load_batch")),
        sa.ForeignKeyConstraint(
            ["rent_group_id"], ["rent_group.id"], name=op.f("fk_property_rent_group_id_rent_group")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_property")),
        sa.UniqueConstraint("ref", name=op.f("uq_property_ref")),
    )
    op.create_index("ix_property_area", "property", ["area"], unique=False)
    op.create_index(op.f("ix_property_rent_group_id"), "property", ["rent_group_id"], unique=False)
