"""Houses that are broken on purpose: the same routes, policy and server, but something is wrong with what they do."""
