"""Repayment arrangements: agreed, kept, broken, completed."""
