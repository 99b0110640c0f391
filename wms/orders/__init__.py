"""Orders: what customers bought, whether it may go on, and what this warehouse works on for it."""
