"""Channels: where orders come from. Files of shops for now, each turned into the same drafts of orders."""
