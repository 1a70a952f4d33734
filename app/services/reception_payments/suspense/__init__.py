"""Suspense: money that came in for nobody's known account, until it is put where it belongs or goes back."""
