"""Prints and ends."""
print("hello")
