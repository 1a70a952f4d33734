"""Works orders: on a property, to a target, completed, and recharged."""
