"""Codes: one table for whatever can be scanned, so that a scan can mean only one kind of thing."""
