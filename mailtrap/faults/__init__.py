"""Failing on purpose, pure: rules that turn the answer to an event into another one."""
