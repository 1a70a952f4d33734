"""The reporting views in words, for the page about them and for `rentbook report-views`."""
