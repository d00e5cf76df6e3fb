"""Jobs that factories need, with their official codes and their six interest numbers."""
