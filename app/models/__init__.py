"""Tables. No rules and no Qt; `values` is the one module that every layer may import."""
