"""What is decided about parcels: who takes them, and where they are."""
