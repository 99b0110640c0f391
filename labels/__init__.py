"""What is printed, described in millimetres and rendered to bytes by pure functions."""
