"""How the program and its database are: the doctor, and the bundle that goes to whoever helps."""
