"""What the bank reports, and what it does here."""
