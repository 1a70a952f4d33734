"""What officers keep of people: how they are reached, where they live, who speaks for them, flags, consents."""
