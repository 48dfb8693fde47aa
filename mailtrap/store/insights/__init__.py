"""Figures of a span of time: how much came, when, from whom, how fast, and what was wrong."""
