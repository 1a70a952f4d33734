"""The documents and notes of the item that is shown."""

from app.models.values import PostChannel, Subject
from app.services.documents import queries as documents
from app.services.post_log import keeping
from app.services.post_log.answering.commands import answers
from app.services.post_log.dto import NewItem
from app.services.post_log.register import queries
from app.views.post_log.controller.notes import NotesController
from app.views.post_log.controller.papers import PapersController
from tests.views.desktop import wait


def arrived(office, accounts):
    def work(ctx):
        of = keeping.category(ctx, "general").id
        about = accounts["Testerton"]
        return keeping.log(ctx, NewItem(PostChannel.LETTER, "It", "Maria Testerton", category_id=of, account_id=about))

    return office.desk.do(work)


def test_the_letter_that_answered_is_among_the_documents(office, accounts, qtbot):
    item = arrived(office, accounts)
    office.desk.do(answers.acknowledge, [item])
    controller = PapersController(office)
    qtbot.addWidget(controller.widget)
    with qtbot.waitSignal(controller.counted) as counted:
        controller.show(item, office.desk.ask(queries.detail, item))
    assert counted.args == [1]
    wait(qtbot, lambda: not office.tasks.busy)
    with qtbot.waitSignal(controller.counted) as cleared:
        controller.clear()
    assert cleared.args == [0]
    controller.widget.attach_wanted.emit([])
    assert not office.tasks.busy, "nothing is attached where no item is shown"
    assert office.desk.ask(documents.listed, Subject.POST_ITEM, item)


def test_a_note_is_written_on_the_item(office, accounts, qtbot):
    item = arrived(office, accounts)
    controller = NotesController(office)
    qtbot.addWidget(controller.widget)
    with qtbot.waitSignal(controller.counted):
        controller.show(item, office.desk.ask(queries.detail, item))
    controller.widget.text.setPlainText("Rang twice, nobody there.")
    with qtbot.waitSignal(controller.counted, check_params_cb=lambda count: count == 1):
        controller.widget.add.click()
    wait(qtbot, lambda: not office.tasks.busy)
    assert controller.widget.text.toPlainText() == ""
