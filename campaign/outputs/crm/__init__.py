"""Activity files for customer systems: Salesforce, HubSpot, Dynamics."""
