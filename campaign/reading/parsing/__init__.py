"""Bytes to rows of texts: encodings, separators, workbooks, where the headings stand."""
