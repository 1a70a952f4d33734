"""The sheet by which an item is passed on to whom it was meant for."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QCompleter, QWidget

from app.models.values import Subject
from app.services.post_log.sending.dto import ForwardForm, NewForward
from app.views.common.dialogs import Sheet
from app.views.common.fields import AreaField, ChoiceField, LineField, TickField
from app.views.common.parts import label
from app.views.common.theme import dress, scaled

_WIDE: Final = 560
"""Room for a sentence, in pixels at 100 per cent."""
_USUAL: Final = "This came to the rents team and is for you. Please answer the sender; we have closed it here."
_WHOLE: Final = "The e-mail goes with it as it came, with everything in it. The sender isn't written to."
_NOTED: Final = "What was noted of it and its documents go with it. The sender isn't written to."


class ForwardSheet(Sheet):
    """To whom an item is passed on, and with what words."""

    def __init__(self, parent: QWidget, form: ForwardForm, key: str) -> None:
        super().__init__(
            parent,
            f"Pass on {form.number}",
            primary="Pass it on",
            note=f"From {form.sender or 'nobody named'}: {form.subject_line}. It is closed by it.",
        )
        self._shown, self._key = form, key
        self.about = (Subject.POST_ITEM, form.item_id)
        self.to = LineField(254, placeholder="The team's e-mail address")
        earlier = QCompleter(list(form.earlier), self.to)
        self.to.setCompleter(earlier)
        if (popup := earlier.popup()) is not None:
            dress(popup)
        self.text = AreaField(2_000, height=110)
        self.text.set_value(_USUAL)
        self.box = ChoiceField([(box.address, box.mailbox_id) for box in form.boxes])
        self.outside = TickField("It may &leave the council")
        fields = self.form()
        fields.add("to", "&To", self.to)
        fields.add("text", "&Words", self.text)
        fields.add("mailbox", "&From", self.box)
        fields.add("outside", "Outside", self.outside, "Only where the sender expects it: what they wrote goes there.")
        self.body.addWidget(label(_WHOLE if form.message else _NOTED, "muted", wrap=True))
        self.begin_at(self.to)
        self.setMinimumWidth(scaled(_WIDE))

    def forward(self) -> NewForward:
        """What is to be done."""
        return NewForward(
            self._shown.item_id,
            int(self.box.value()),
            str(self.to.value()),
            str(self.text.value()),
            self._shown.version,
            outside=bool(self.outside.value()),
            key=self._key,
        )
