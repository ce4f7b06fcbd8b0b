"""What the SARIF formats share."""
