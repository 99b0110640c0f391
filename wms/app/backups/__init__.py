"""Backups: a folder with a copy of everything that was written down, and what proves that it is whole."""
