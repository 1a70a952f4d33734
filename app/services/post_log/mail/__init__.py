"""E-mails read as untrusted files (.eml, .msg): what they say, what hangs on them, and the item of post that they become."""
