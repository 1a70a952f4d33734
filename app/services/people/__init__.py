"""People: where they live, who speaks for them, what must be known of them."""
