"""Returns: parcels that come back, looked at unit by unit, and where each unit goes."""
