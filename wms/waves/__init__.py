"""Waves: which orders are picked together, in which runs and by which walk."""
