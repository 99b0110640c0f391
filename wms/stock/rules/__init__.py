"""What is decided about stock: what a move may do and adds up to, and which bins a promise is of."""
