"""Writers: one family of modules a format; each turns an edition into an artifact."""
