"""Seed: fills an empty house with made-up goods, people and places, so that there is something to try.

Everything follows from one number, secrets too, and is done by the actions that people and machines use.
"""

from wms.trial.seed.filling import Filled, NotEmpty, fill

__all__ = ["Filled", "NotEmpty", "fill"]
