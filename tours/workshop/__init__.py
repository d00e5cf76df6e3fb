"""Where the staff brings tours in and publishes them."""
