"""What others may ask about labels, parcels and trucks."""
