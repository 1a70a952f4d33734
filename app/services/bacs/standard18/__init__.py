"""Standard 18, the file that Bacs takes: written, and read back (bacs.md 1).

VOL1, HDR1, HDR2, UHL1, the data records, their contra records, EOF1, EOF2, UTL1; labels of 80 characters, data of 100 (106 where
each record has its own day), in ASCII, each record ended by CR LF.
"""
