"""Mail that leaves: reports to whoever sent a message, as a real mail system would send them."""
