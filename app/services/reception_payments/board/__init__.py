"""The daily board: for each channel what was receipted, what is at the bank, in transit, and not explained."""
