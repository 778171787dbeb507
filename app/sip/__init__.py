"""The SIP library: messages, transactions, dialogs and their stack, without I/O and without a clock."""
