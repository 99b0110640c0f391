"""Seed: fills an empty house with made-up goods, people and places, so that there is something to try."""
