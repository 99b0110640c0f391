"""Stations: the tablets, benches and devices of the house, and how they are let in."""
