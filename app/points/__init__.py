"""The ledger of points and the rewards they earn."""
