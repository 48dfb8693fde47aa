"""Inboxes: what they are called, what belongs in them, how long they stay."""
