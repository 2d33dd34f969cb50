"""What the book's notebooks import: worked numbers, plots and living figures. No answer to any exercise."""
