"""What others may ask about orders, their holds, and what this warehouse works on for them."""

__all__: list[str] = []
