"""The floor: one page and one scan for every dialogue. It knows the words of a dialogue, and no process."""
