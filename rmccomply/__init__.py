"""rmccomply."""
