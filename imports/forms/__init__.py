"""Files in words, and forms about them."""
