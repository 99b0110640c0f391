"""Counting: how many units really lie in a bin, asked of people who do not see what the book says."""
