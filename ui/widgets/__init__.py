"""The building blocks of pages and dialogs; they know nothing of telephony."""
