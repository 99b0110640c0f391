"""Pickers and the desk at one house, in any order, for as long as somebody has patience."""
