"""The sheets and the columns of holds and of the cases behind them."""
