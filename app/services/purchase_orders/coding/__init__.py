"""Lines on a wrong code, and transfers to the right one."""
