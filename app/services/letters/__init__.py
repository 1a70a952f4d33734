"""Letters, e-mails and texts: templates, merging, the print queue, sending."""
