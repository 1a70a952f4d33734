"""The pictures that a document may be (services/documents/checking.py)."""

hiddenimports = [f"PIL.{kind}ImagePlugin" for kind in ("Bmp", "Gif", "Jpeg", "Png", "Tiff", "WebP")]
