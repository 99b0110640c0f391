"""Tests mirror the source by path; `tests/stories` follows goods through the whole house."""
