"""What people, machines and the house do with orders: intake and holds, and what the floor works on for them."""

__all__: list[str] = []
