"""Bins: where things can be: warehouses, zones, bins, totes, docks and lanes, and how far it is between them."""
