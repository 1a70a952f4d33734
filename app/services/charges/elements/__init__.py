"""Dated elements of an account or a property: set from a day on, ended from a day, and what that does to charged weeks."""
