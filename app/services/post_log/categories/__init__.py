"""The categories of post: what each is called, who gets it, how long it is kept; its service standard is policy."""
