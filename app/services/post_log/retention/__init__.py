"""How long the content of post is kept: what is due for deletion, deleted once a second officer has approved it."""
