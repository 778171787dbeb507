"""The dialogs: one record, one list or one question each."""
