"""Long fault runs (`make soak`): everything that can go wrong does, and then all must be there."""
