"""What is decided about places: when a house works, which places make sense, how far it is to walk."""
