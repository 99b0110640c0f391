"""Server and workers are killed at random while clients go on: what was acknowledged is done, once, whatever dies."""
