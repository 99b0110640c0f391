"""Desk: pages over several processes: the start page, search, history."""
