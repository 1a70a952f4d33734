"""Read and written by python-docx and pyHanko; without its parts for HTML, schemas and objects."""

hiddenimports = ["lxml._elementpath", "lxml.etree"]
