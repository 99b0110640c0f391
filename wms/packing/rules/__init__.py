"""The choices of packing: which box, whether the weight is plausible, whether a scan is its label."""
