"""Mistakes of users, told in their words."""

from typing import Any


class UserError(Exception):
    """A mistake in the user's files or settings, in words. ``place``: where it is."""

    def __init__(self, message: str, place: "dict[str, Any] | None" = None) -> None:
        super().__init__(message)
        self.place = place
