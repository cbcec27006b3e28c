"""What the service keeps: frozen values that services and adapters pass to each other."""
