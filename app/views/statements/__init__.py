"""Runs of statements: asked for, rehearsed, made, carried on, reprinted."""
