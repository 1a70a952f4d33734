"""What a profile accepts that it refused before, in sentences: a second officer looks at those."""

from __future__ import annotations

from collections.abc import Iterator

from app.services.reception_payments.files.layouts import Field, Layout, Negatives

NEW = "It is new: files are loaded by it that weren't before."


def widened(before: Layout | None, now: Layout) -> tuple[str, ...]:
    """What `now` takes that `before` refused, or reads otherwise so that more may come in."""
    return (NEW,) if before is None else tuple(_widened(before, now))


def _widened(before: Layout, now: Layout) -> Iterator[str]:
    if before.negatives is not now.negatives and now.negatives is not Negatives.REFUSED:
        yield "Negative lines are taken otherwise than before."
    if (before.amount, before.decimals, before.sign, before.minus_words, before.turned) != (
        now.amount,
        now.decimals,
        now.sign,
        now.minus_words,
        now.turned,
    ):
        yield "Amounts are read otherwise."
    yield from _kinds(before, now)
    if before.clean_up != now.clean_up:
        yield "References are cleaned otherwise, so that they may find other accounts."
    yield from _totals(before, now)
    if before.column(Field.CURRENCY) is not None and now.column(Field.CURRENCY) is None:
        yield "The currency isn't looked at any more."
    free = {each.field for each in now.columns if each.not_card} - {
        each.field for each in before.columns if each.not_card
    }
    if free:
        yield "A column isn't searched for card numbers any more."


def _kinds(before: Layout, now: Layout) -> Iterator[str]:
    if now.code and not before.code:
        yield f"Lines of any other kind go in, under {now.code}."
    elif now.code != before.code:
        yield f"Lines go in under {now.code or 'no code of their own'}, before under {before.code}."
    changed = sorted(set(now.codes) - set(before.codes))
    if changed:
        kinds = ", ".join(f"{word} under {code}" for word, code in changed[:5])
        yield f"Kinds of lines: {kinds}."
    over = sorted(set(now.passed_over) - set(before.passed_over))
    if over:
        yield f"Lines are passed over: {', '.join(over[:5])}."


def _totals(before: Layout, now: Layout) -> Iterator[str]:
    was, is_ = before.trailer, now.trailer
    if was.mark and not is_.mark:
        yield "The trailer isn't looked for any more."
        return
    if was.count_at and not is_.count_at:
        yield "The trailer's number of lines isn't compared any more."
    if was.total_at and not is_.total_at:
        yield "The trailer's total isn't compared any more."
