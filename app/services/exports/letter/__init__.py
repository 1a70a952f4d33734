"""One letter in every form: PDF, large print, plain text, Word, and the plain markup of e-mails."""
