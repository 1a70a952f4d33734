"""Money that goes back to the card that paid it: asked for, approved by somebody else, sent and followed."""
