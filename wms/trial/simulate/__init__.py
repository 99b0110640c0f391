"""Simulate: one shift from a file of orders to the trucks and back, by scans alone, on a clock of its own.

The workers see what their screen says and what lies before them, never a row. The same seed gives the same ledger.
"""
