"""SMTP, pure: octets in, events out, replies in. No socket, clock, log or randomness."""
