"""Notice of a change of charges: how long it must be, when it counts as served, and the letters that give it."""
