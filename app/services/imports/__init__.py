"""Reading what other people's files say: workbooks and text files, their columns, their values and their fingerprints."""
