"""Files of receipts as tests write them, and a short way to read and load one."""

from dataclasses import replace

from app.models.values import ReceiptChannel
from app.services.reception_payments.files import commands, jobs
from app.services.reception_payments.files.dto import NewLoad
from app.services.reception_payments.files.layouts import (
    AmountForm,
    ColumnAt,
    Field,
    Form,
    Layout,
    Negatives,
    Profile,
    Trailer,
)
from app.services.reception_payments.files.profiles.commands import keep
from app.services.reception_payments.files.profiles.dto import NewProfile
from app.services.reception_payments.files.reading import whole

PLAIN = Layout(
    channel=ReceiptChannel.BANK,
    headings=True,
    columns=(
        ColumnAt(Field.REFERENCE, heading="Reference"),
        ColumnAt(Field.AMOUNT, heading="Amount"),
        ColumnAt(Field.DATE, heading="Date"),
        ColumnAt(Field.PAYER, heading="Payer"),
        ColumnAt(Field.MARKER, heading="Number"),
    ),
    code="RBP",
)
REAL = replace(PLAIN, negatives=Negatives.REAL)
FIXED = Layout(
    channel=ReceiptChannel.AGENT,
    form=Form.FIXED,
    header_mark="H",
    trailer=Trailer("T", 2, 6, 8, 11),
    columns=(ColumnAt(Field.REFERENCE, 2, 10), ColumnAt(Field.DATE, 12, 8), ColumnAt(Field.AMOUNT, 20, 9)),
    date_format="%d%m%Y",
    amount=AmountForm.IMPLIED,
    code="RBR",
)
HEAD = "Reference,Amount,Date,Payer,Number\n"


def as_profile(layout, name="Test"):
    """A layout as a profile that is used."""
    return Profile("test", name, 0, layout)


def written(folder, text, name="receipts.csv", encoding="utf-8"):
    """A file with this text, its line ends as they are."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def read(folder, text, layout=PLAIN, typed=None, name="receipts.csv", known=None, encoding="utf-8"):
    """A file with this text, read by a layout."""
    return whole.read(written(folder, text, name, encoding), as_profile(layout), typed, known)


def said(file):
    """What is wrong with a file: the line, and the sentence; each says what to do."""
    assert all(each.hint for each in file.mistakes)
    return [(each.row, each.message) for each in file.mistakes]


def kept(desk, layout=PLAIN, name="Bank file"):
    """A profile of the office."""
    return desk.do(keep, NewProfile(name, layout))


def load(desk, folder, text, profile="Bank file", typed=None, name="receipts.csv"):
    """A file with this text, read by a profile and loaded."""
    file = jobs.read_file(desk, written(folder, text, name), profile, typed)
    return desk.do(commands.load, NewLoad(file))


def pence(file):
    """The amounts of a file's payments."""
    return [line.pence for line in file.lines]
