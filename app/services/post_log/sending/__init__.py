"""E-mail that goes out from the office's own mailboxes: answers in the thread, and post that is passed on."""
