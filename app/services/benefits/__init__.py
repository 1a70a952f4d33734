"""Housing Benefit and Universal Credit: claims, awards, what is expected and what came."""
