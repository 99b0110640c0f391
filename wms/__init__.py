"""Binwave's warehouse: one package per process, stacked in the order in which goods flow."""
