"""Shipping: rates and labels, each bought once; parcels to their truck; and where they are afterwards."""
