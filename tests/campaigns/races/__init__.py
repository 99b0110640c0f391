"""Races: many processes want the same stock over HTTP at the same moment; an independent judge reads the tables.

Each race is also run against twins that are broken on purpose, and the judge must catch them.
"""
