"""What is decided about orders, purely."""
