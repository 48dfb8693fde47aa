"""The search language: a text becomes a tree, and the tree has a meaning on a record."""
