"""A stand-in for the carrier platform: sells labels that no carrier takes, for practice, simulation and tests.

It speaks the platform's published interface, lives in a process and a store of its own, and imports nothing of ours.
The same seed and the same questions in the same order give the same numbers and prices.
"""
