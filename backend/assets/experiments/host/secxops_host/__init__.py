"""What the Python sides of experiments have in common."""
