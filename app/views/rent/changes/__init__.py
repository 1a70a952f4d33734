"""Bulk changes of charges: the register, the difference list, and the sheets that rehearse, give notice and apply."""
