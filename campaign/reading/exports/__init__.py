"""What the exports of customer systems have beyond our own lists."""
