"""The merchant's money with the platform: accounts, postings, settlements, payouts."""
