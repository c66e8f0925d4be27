"""The question in frozen values: territory, rep, accounts, contacts, channels, cadences."""
