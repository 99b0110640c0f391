"""Printing: jobs, what became of each sheet, and the printers that they are for."""
