"""The Post tab."""
