"""Demo: a warehouse to look around in, made from one number, with a day of orders and devices that are only played."""
