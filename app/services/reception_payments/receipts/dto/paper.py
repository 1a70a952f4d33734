"""What a receipt may be printed on, for the pages."""

from app.services.exports.receipt import ReceiptPaper

__all__ = ["ReceiptPaper"]
