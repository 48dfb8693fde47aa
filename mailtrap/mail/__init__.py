"""What a message is, pure: raw octets in, what can be read out, and a list of defects."""
