"""The whole question in integers, with what is fixed of a campaign that has begun."""
