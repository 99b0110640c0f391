"""The addresses that the stand-in answers: the platform's own, and a few for whoever plays with it."""
