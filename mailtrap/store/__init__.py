"""Keeping what was caught: messages, attempts and sessions."""
