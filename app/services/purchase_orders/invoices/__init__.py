"""Invoices: logged, matched, disputed, approved; credit notes and meters."""
