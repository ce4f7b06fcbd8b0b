"""What several groups judge by: reasons, points of contact, verdicts."""
