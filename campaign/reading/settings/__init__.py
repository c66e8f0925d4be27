"""What campaign.toml and the stationery beside it say."""
