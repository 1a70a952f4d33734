"""Processes that begin at the same moment, each a copy of this one, which has loaded everything already."""

import json
import os
import select
import signal
import time
import traceback
import warnings

LONGEST = 300
"""Seconds after which a process counts as stuck."""


def at_once(count, work):
    """Do `work(number, wait)` in so many processes; what each gave back, in their order.

    Each calls `wait()` when it is ready: it returns once all are. A process that died, got stuck or raised gives a text.
    """
    ready, one_is_ready = os.pipe()
    all_are_ready, go = os.pipe()
    answers, children = [], []
    for number in range(count):
        answer, told = os.pipe()
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore", DeprecationWarning
            )  # Python 3.12 on: the copy needs nothing of other threads
            child = os.fork()
        if not child:
            os.close(go)
            os.close(answer)
            _live(number, work, (one_is_ready, all_are_ready), told)
        os.close(told)
        answers.append(answer)
        children.append(child)
    os.close(one_is_ready)
    for _ in range(count):
        os.read(ready, 1)
    os.close(go)
    found = [_heard(answer) for answer in _read_all(answers, children)]
    for child in children:
        os.waitpid(child, 0)
    for end in (ready, all_are_ready):
        os.close(end)
    return found


def _live(number, work, ends, told):
    """The life of a copy: nothing of pytest runs in it."""
    one_is_ready, all_are_ready = ends

    def wait():
        os.write(one_is_ready, b".")
        os.read(all_are_ready, 1)

    try:
        answer = json.dumps(work(number, wait))
    except BaseException:  # noqa: BLE001  it is told, and the process ends here whatever it was
        answer = json.dumps(traceback.format_exc())
    with os.fdopen(told, "w") as stream:
        stream.write(answer)
    os._exit(0)


def _read_all(answers, children):
    """What each wrote until it ended; those that are still there at the end of the time are killed."""
    parts = dict.fromkeys(answers, b"")
    open_, until = set(answers), time.monotonic() + LONGEST
    while open_ and time.monotonic() < until:
        for each in select.select(list(open_), [], [], 1)[0]:
            part = os.read(each, 65_536)
            parts[each] += part
            if not part:
                open_.remove(each)
    for answer, child in zip(answers, children, strict=True):
        if answer in open_:
            os.kill(child, signal.SIGKILL)
        os.close(answer)
    return [parts[answer] for answer in answers]


def _heard(answer):
    return json.loads(answer) if answer else "It died, or got stuck, and said nothing."
