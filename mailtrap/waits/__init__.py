"""Waiting for messages, for attempts, or for nothing to come; and what to say when it failed."""
