"""What is decided about waves: which orders ride together, in which order a walk stops, how long it takes."""
