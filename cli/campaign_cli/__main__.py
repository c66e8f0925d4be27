"""`python -m campaign_cli` is the same as `campaign`."""

from campaign_cli.main import main

if __name__ == "__main__":
    main()
