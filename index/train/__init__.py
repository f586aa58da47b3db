"""How the bundled encoder's weights are made. Serving never imports this package."""
