"""Migrations: how a database of any age comes to today's tables."""
