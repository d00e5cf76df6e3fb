"""What happens live, above the tours: nothing is registered here yet."""
