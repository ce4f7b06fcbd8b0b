"""What clusters say of themselves: CAA, PowerHA, shared storage pools."""
