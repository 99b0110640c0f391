"""What printers say and are told, as bytes in and facts out: no wire, no clock."""
