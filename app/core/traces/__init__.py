"""What a database still holds of rows that were deleted, and how it goes too."""
