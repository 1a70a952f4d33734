"""How wide the columns of a table are: the arithmetic, in pixels by the place of the column."""

from __future__ import annotations


def wished(room: int, wishes: dict[int, int], needs: dict[int, int], stretch: int) -> dict[int, int]:
    """What each column asks for in this room, given what its words need: all of them whole where that can be.

    Where there is room for both each has its wish and more if it needs more; where there is room for the words alone
    what nobody needs is given up; else no column asks for more than it needs, and those that need more than their wish
    have what is over.
    """
    if sum(needs.values()) <= room:
        return shared(room, {at: max(wish, needs[at]) for at, wish in wishes.items()}, needs, stretch)
    least = {at: min(wish, needs[at]) for at, wish in wishes.items()}
    return shared(room, needs, least, stretch)


def shared(room: int, wishes: dict[int, int], floors: dict[int, int], stretch: int) -> dict[int, int]:
    """Widths that fill the room: what is left goes to the column that stretches, what lacks is taken from words."""
    lacking = sum(wishes.values()) - room
    if lacking <= 0:
        if stretch not in wishes:
            return wishes
        return wishes | {stretch: wishes[stretch] - lacking}
    give = {at: wish - floors[at] for at, wish in wishes.items()}
    most = sum(give.values())
    if most <= lacking:
        return {at: floors[at] for at in wishes}
    widths, taken, given = {}, 0, 0
    for at, wish in wishes.items():
        given += give[at]
        less = -(-given * lacking // most) - taken
        taken += less
        widths[at] = wish - less
    return widths
