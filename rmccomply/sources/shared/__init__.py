"""What sources share: the answer that they read, words, values and tables."""
